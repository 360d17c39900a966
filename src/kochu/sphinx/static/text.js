// The words of a sentence: readings, offsets, ranges.
((kochu) => {
  // In vertical lines a number of two digits stands upright in the room of one sign.
  kochu.combine = () => {
    if (kochu.state.writing !== "vertical" || kochu.combined) return;
    kochu.combined = true;
    for (const sentence of document.querySelectorAll("[data-sentence]")) {
      for (const node of kochu.wordNodes(sentence)) {
        for (let rest = node, at; (at = rest.data.search(/(?<![0-9])[0-9]{2}(?![0-9])/)) >= 0;) {
          const number = rest.splitText(at);
          rest = number.splitText(2);
          const span = document.createElement("span");
          span.className = "kochu-tcy";
          number.replaceWith(span);
          span.append(number);
        }
      }
    }
  };
  document.querySelector(".kochu-text").addEventListener("wheel", (event) => {
    const box = event.currentTarget;
    if (kochu.state.writing !== "vertical" || event.deltaX || event.ctrlKey || event.target.closest(".kochu-notes")) return;
    const before = box.scrollLeft;
    box.scrollLeft -= event.deltaY;
    if (box.scrollLeft !== before) event.preventDefault();
  }, { passive: false });

  const isWords = (node) => !node.parentElement.closest("rt, [role=doc-noteref]");

  // The text nodes of a sentence that hold its words.
  kochu.wordNodes = (sentence) => {
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (isWords(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT),
    });
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };

  kochu.sentenceText = (sentence) => kochu.wordNodes(sentence).map((n) => n.data).join("");

  // 国防(こくぼう) in plain text.
  kochu.withReadings = (sentence) => {
    let text = "";
    for (const node of kochu.wordNodes(sentence)) {
      text += node.data;
      const ruby = node.parentElement.closest("ruby");
      const nodes = ruby && kochu.wordNodes(ruby);
      if (ruby && nodes[nodes.length - 1] === node) text += `(${ruby.querySelector("rt").dataset.rt})`;
    }
    return text;
  };

  // Offsets count code points, as the build does.
  const points = (text) => [...text].length;

  kochu.rangeOf = (sentence, start, end) => {
    const range = document.createRange();
    let at = 0;
    for (const node of kochu.wordNodes(sentence)) {
      const length = points(node.data);
      const unit = (offset) => [...node.data].slice(0, offset - at).join("").length;
      if (start >= at && start < at + length) range.setStart(node, unit(start));
      if (end > at && end <= at + length) {
        range.setEnd(node, unit(end));
        return range;
      }
      at += length;
    }
    return range;
  };

  // The offset in its sentence of the sign under a point of the screen, or -1.
  kochu.offsetAt = (sentence, x, y) => {
    let node;
    let unit;
    if (document.caretPositionFromPoint) {
      const caret = document.caretPositionFromPoint(x, y);
      [node, unit] = caret ? [caret.offsetNode, caret.offset] : [];
    } else {
      const caret = document.caretRangeFromPoint(x, y);
      [node, unit] = caret ? [caret.startContainer, caret.startOffset] : [];
    }
    let at = 0;
    for (const text of kochu.wordNodes(sentence)) {
      if (text === node) {
        // The caret falls on the nearer side of a sign; the sign under the point counts.
        const range = document.createRange();
        const before = Math.max(0, unit - 1);
        range.setStart(text, before);
        range.setEnd(text, Math.min(text.length, before + 1));
        const box = range.getBoundingClientRect();
        const inside = x >= box.left && x < box.right && y >= box.top && y < box.bottom;
        return at + points(text.data.slice(0, inside ? before : Math.min(unit, text.length - 1)));
      }
      at += points(text.data);
    }
    return -1;
  };

  kochu.combine();
  kochu.onChange(kochu.combine);
})(window.kochu);
