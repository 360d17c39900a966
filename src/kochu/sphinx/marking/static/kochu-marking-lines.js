// The sentences of a text to be marked, and what is selected in them.
window.kochuLines = (root) => {
  // Each sentence is a text field that takes no text: so the keys, the screen reader and
  // the telephone select words in it as they do in any other.
  const lines = new Map();
  for (const box of root.querySelectorAll(".km-words[data-address]")) {
    const { address } = box.dataset;
    lines.set(address, { box, points: [...box.textContent] });
    Object.assign(box, { contentEditable: "true", role: "textbox", spellcheck: false, inputMode: "none" });
    box.setAttribute("aria-readonly", "true");
    box.setAttribute("aria-label", `Sentence ${address}`);
  }
  const lineOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".km-words[data-address]");

  function offset(box, node, at) {
    const range = document.createRange();
    range.selectNodeContents(box);
    range.setEnd(node, at);
    return [...range.toString()].length;
  }

  // The words selected in the sentence where the selection began; a mark never leaves it.
  function selected() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
    const box = lineOf(anchorNode);
    if (!box) return null;
    const { address } = box.dataset;
    const from = offset(box, anchorNode, anchorOffset);
    let to = from;
    if (lineOf(focusNode) === box) to = offset(box, focusNode, focusOffset);
    else if (focusNode) to = box.compareDocumentPosition(focusNode) & 4 ? lines.get(address).points.length : 0;
    return { address, start: Math.min(from, to), end: Math.max(from, to) };
  }

  function select({ address, start, end }) {
    const { box } = lines.get(address);
    const range = document.createRange();
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data];
      const unit = (n) => points.slice(0, n - at).join("").length;
      if (start >= at && start <= at + points.length) range.setStart(node, unit(start));
      if (end >= at && end <= at + points.length) range.setEnd(node, unit(end));
      at += points.length;
    }
    box.focus();
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
  }

  // Nothing can be written; what an input method wrote in spite of that is taken back.
  root.addEventListener("beforeinput", (event) => { if (lineOf(event.target)) event.preventDefault(); });
  root.addEventListener("drop", (event) => event.preventDefault());
  root.addEventListener("input", ({ target }) => {
    const box = lineOf(target);
    if (box) box.textContent = lines.get(box.dataset.address).points.join("");
    box?.dispatchEvent(new CustomEvent("km-redraw", { bubbles: true }));
  });

  return { lines, lineOf, selected, select };
};
