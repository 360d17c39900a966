// The boxes of notes under the sentences: open or folded, what they tell of, which kinds they show.
((kochu) => {
  const { state } = kochu;
  kochu.notesOf = (unit) => unit.querySelector(":scope > .kochu-notes");

  // How many notes of each kind a sentence has, found once.
  const boxes = kochu.units.map((unit) => kochu.notesOf(unit)).filter(Boolean).map((box) => {
    const numbers = {};
    for (const part of box.children) {
      const kind = kochu.kinds.find((name) => part.classList.contains(`k-${name}`));
      if (!kind) continue;
      numbers[kind] = (numbers[kind] || 0) + (part.matches(".kochu-named") ? part.querySelectorAll("a").length : 1);
    }
    return { box, words: box.firstElementChild.firstChild, numbers, told: null };
  });
  const count = () => {
    for (const entry of boxes) {
      const n = state.kinds.reduce((sum, kind) => sum + (entry.numbers[kind] || 0), 0);
      if (n === entry.told) continue;
      entry.told = n;
      // The text itself: for another child browsers look again at every selector that counts.
      entry.words.data = n === 1 ? "1 note" : `${n} notes`;
      entry.box.classList.toggle("bare", n === 0);
    }
  };

  // What is chosen is written on a box when it opens and not on the whole page: to look
  // again at every note of a long text takes browsers a tenth of a second.
  const sift = (box) => {
    const { severity, confidence } = state;
    const without = kochu.kinds.filter((kind) => !state.kinds.includes(kind)).join(" ");
    for (const [name, value] of Object.entries({ without, severity, confidence })) {
      if (box.dataset[name] !== value) box.dataset[name] = value;
    }
  };
  kochu.openBox = (box) => {
    sift(box);
    box.open = true;
  };
  // Those that the browser opens, at a click or for what it has found inside.
  document.addEventListener("click", ({ target }) => {
    const summary = target.closest?.(".kochu-notes > summary");
    if (summary) sift(summary.parentElement);
  }, true);
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches(".kochu-notes")) sift(target);
  }, true);

  kochu.sort = () => {
    count();
    for (const { box } of boxes) if (box.open) sift(box);
  };

  // Folded from here on; the file has them open for readers without scripts.
  let folded = null;
  const fold = () => {
    const open = state.density === "full";
    if (folded === !open) return;
    folded = !open;
    for (const details of document.querySelectorAll(".kochu-note, .kochu-notes")) details.open = open;
    for (const details of document.querySelectorAll(".kochu-version")) details.open = true;
    kochu.sort();
  };
  fold();
  kochu.onChange(fold);
  addEventListener("beforeprint", () => {
    folded = null;
    for (const details of document.querySelectorAll(".kochu-notes, .kochu-note")) details.open = true;
    kochu.sort();
  });
  addEventListener("afterprint", fold);
})(window.kochu);
