// Words: what a word means here, where its sentence can be seen, and no list to fetch
// until the first word is asked for.
((kochu) => {
  let table = null;
  let asked = null;
  kochu.words = (id, data) => { table = data; };

  // The script beside the pages, since a page opened from a folder may not fetch.
  kochu.loadWords = () => {
    asked ??= new Promise((done) => {
      const script = document.createElement("script");
      const root = kochu.root.dataset.content_root || "./";
      script.src = `${root}_words/${kochu.bar.dataset.text}.js`;
      script.onload = () => done(table);
      script.onerror = () => done(null);
      document.head.append(script);
    });
    return asked;
  };

  const FIELDS = ["kind", "lemma", "reading", "level", "gloss", "part", "note", "imitate", "warning", "at"];
  const row = (index) => Object.fromEntries(FIELDS.map((name, i) => [name, table.rows[index][i]]));
  kochu.wordRow = row;

  // All that stands at an offset: the longest word, its parts, the patterns around it.
  const at = (address, offset) => (table.places[address] || [])
    .filter(([start, end]) => start <= offset && offset < end)
    .map(([start, end, index]) => ({ start, end, index, ...row(index) }))
    .sort((a, b) => (a.kind === "pattern") - (b.kind === "pattern") || (b.end - b.start) - (a.end - a.start));

  kochu.wordsOf = (address) => (table.places[address] || []).map(([start, end, index]) => ({ start, end, index, ...row(index) }));

  const el = (tag, options = {}, ...children) => {
    const { data = {}, ...rest } = options;
    const node = Object.assign(document.createElement(tag), rest);
    Object.assign(node.dataset, data);
    node.append(...children.filter(Boolean));
    return node;
  };
  kochu.el = el;

  function card(word, address, open) {
    const mine = kochu.mine.has(word.lemma);
    const places = word.at.filter((x) => x !== address);
    const level = word.level === "beyond" ? "beyond N1" : word.level;
    return el("details", { className: "kochu-card", open },
      el("summary", { className: "kochu-card-head" },
        el("b", { lang: "ja", className: "kochu-lemma", textContent: word.lemma }),
        word.kind === "word" && word.reading !== word.lemma && el("span", { lang: "ja", textContent: word.reading }),
        el("span", { className: "kochu-facts", textContent: `${word.kind === "pattern" ? "pattern" : word.part} · ${level}` }),
        el("span", { className: "kochu-gloss" }, ...kochu.inLanguages(word.gloss))),
      !word.imitate && el("p", { className: "kochu-warn" }, el("b", { textContent: "Do not imitate. " }), ...kochu.inLanguages(word.warning)),
      word.kind === "pattern" && el("p", { className: "kochu-facts" }, el("span", { lang: "ja", textContent: word.reading }),
        word.part && ": ", ...kochu.inLanguages(word.part)),
      word.note && el("p", {}, ...kochu.inLanguages(word.note)),
      places.length > 0 && el("p", { className: "kochu-facts" }, "Also in ",
        ...places.slice(0, 12).flatMap((x, i) => [i ? ", " : "", el("a", { href: `#s${x.replace(".", "-")}`, textContent: x })]),
        places.length > 12 ? ` and ${places.length - 12} more` : ""),
      el("button", {
        type: "button", className: "kochu-button kochu-keep", data: { do: "keep", index: word.index },
        ariaPressed: String(mine), textContent: mine ? "★ kept" : "☆ keep",
      }));
  }

  const glow = window.Highlight ? new Highlight() : null;
  if (glow) CSS.highlights.set("kochu-word", glow);

  kochu.closeWord = () => {
    for (const box of document.querySelectorAll(".kochu-wordbox")) box.remove();
    for (const ruby of document.querySelectorAll("ruby.told")) ruby.classList.remove("told");
    glow?.clear();
    kochu.wordAt = null;
  };

  // The panel stands first among the sentence's notes: beside it or under it, never over it.
  function panel(unit) {
    let box = kochu.notesOf(unit);
    if (!box) {
      box = el("details", { className: "kochu-notes" }, el("summary", { textContent: "Words" }));
      unit.append(box);
    }
    box.classList.remove("bare");
    const place = el("div", { className: "kochu-wordbox" });
    box.firstElementChild.after(place);
    kochu.openBox(box);
    return place;
  }

  kochu.showWords = (unit, found, focus = false) => {
    kochu.closeWord();
    if (!found.length) return;
    const sentence = kochu.sentenceOf(unit);
    const address = unit.dataset.address;
    kochu.activate(unit);
    const box = panel(unit);
    box.append(...found.map((word, i) => card(word, address, i === 0)));
    const { start, end } = found[0];
    const range = kochu.rangeOf(sentence, start, end);
    glow?.add(range);
    for (const ruby of sentence.querySelectorAll("ruby")) if (range.intersectsNode(ruby)) ruby.classList.add("told");
    kochu.wordAt = { unit, start, end };
    kochu.place(unit);
    if (focus) {
      box.tabIndex = -1;
      box.focus({ preventScroll: true });
    }
    if (getComputedStyle(box.parentElement).position === "static") kochu.bringIntoView(box.parentElement, box);
    else box.parentElement.scrollTop = 0;
  };

  kochu.wordsAt = async (unit, offset, focus) => {
    if (!(await kochu.loadWords())) return;
    kochu.showWords(unit, at(unit.dataset.address, offset), focus);
  };

  document.addEventListener("kochu:tap", ({ detail }) => {
    kochu.closeWord();
    const offset = kochu.offsetAt(detail.sentence, detail.x, detail.y);
    if (offset >= 0) kochu.wordsAt(detail.unit, offset);
  });

  // All words of a sentence as a list.
  kochu.actions.words = async (button) => {
    const unit = button.closest(".kochu-unit");
    if (!(await kochu.loadWords())) return;
    const seen = new Set();
    const found = kochu.wordsOf(unit.dataset.address).filter(({ index }) => !seen.has(index) && seen.add(index));
    kochu.showWords(unit, found, true);
    glow?.clear();
    for (const ruby of document.querySelectorAll("ruby.told")) ruby.classList.remove("told");
  };

  // ← and → walk the words; Enter tells.
  kochu.step = async (unit, by) => {
    if (!(await kochu.loadWords())) return;
    const words = kochu.wordsOf(unit.dataset.address).filter((word) => word.kind === "word");
    if (!words.length) return;
    const here = kochu.wordAt && kochu.wordAt.unit === unit ? kochu.wordAt.start : -1;
    const next = by > 0 ? words.find((w) => w.start > here) || words[0]
      : words.findLast((w) => w.start < here) || words[words.length - 1];
    kochu.showWords(unit, at(unit.dataset.address, next.start));
    kochu.say(`${next.lemma}: ${next.gloss}`);
  };
})(window.kochu);
