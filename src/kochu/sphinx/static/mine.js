// "My words": kept in this browser, taken away as a table or for Anki.
((kochu) => {
  const { store, el } = kochu;
  const NAME = "kochu-words";
  let kept = [];
  try { kept = JSON.parse(store.get(NAME)) || []; } catch { kept = []; }

  const counter = kochu.bar.querySelector(".kochu-count");
  const save = () => {
    if (kept.length) store.set(NAME, JSON.stringify(kept));
    else store.remove(NAME);
    counter.textContent = kept.length;
  };
  counter.textContent = kept.length;
  kochu.mine = { has: (lemma) => kept.some((word) => word.lemma === lemma) };

  kochu.actions.keep = (button) => {
    const word = kochu.wordRow(Number(button.dataset.index));
    const unit = button.closest(".kochu-unit");
    if (kochu.mine.has(word.lemma)) kept = kept.filter((x) => x.lemma !== word.lemma);
    else {
      const address = unit ? unit.dataset.address : word.at[0];
      const sentence = document.querySelector(`[data-sentence="${address}"]`);
      kept.push({
        lemma: word.lemma, reading: word.reading, gloss: word.gloss, level: word.level, part: word.part,
        warning: word.imitate ? "" : `Do not imitate. ${word.warning}`.trim(),
        address, sentence: kochu.sentenceText(sentence), marked: kochu.withReadings(sentence),
      });
    }
    save();
    const has = kochu.mine.has(word.lemma);
    button.ariaPressed = String(has);
    button.textContent = has ? "★ kept" : "☆ keep";
  };

  const COLUMNS = ["lemma", "reading", "gloss", "level", "part", "warning", "sentence", "address"];
  const clean = (value) => String(value).replace(/[\t\r\n]+/g, " ");

  const tsv = () => [COLUMNS, ...kept.map((w) => COLUMNS.map((c) => w[c]))].map((r) => r.map(clean).join("\t")).join("\n") + "\n";

  // Anki's own text format: front, back, tags; its header lines say how to read it.
  const html = (text) => clean(text).replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const anki = () => ["#separator:tab", "#html:true", "#tags column:4", "#columns:Front\tBack\tSentence\tTags",
    ...kept.map((w) => [
      html(w.lemma),
      `${html(w.reading)}<br>${html(w.gloss)}${w.warning ? `<br><b>${html(w.warning)}</b>` : ""}`,
      `${html(w.marked)} (${w.address})`,
      ["kochu", w.level, ...(w.warning ? ["do-not-imitate"] : [])].join(" "),
    ].join("\t"))].join("\n") + "\n";

  function download(name, text) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const dialog = document.getElementById("kochu-mine");
  function draw() {
    const body = dialog.querySelector("tbody");
    body.replaceChildren(...kept.map((w, i) => el("tr", {},
      el("td", { lang: "ja", textContent: w.lemma }),
      el("td", { lang: "ja", textContent: w.reading }),
      el("td", {}, ...kochu.inLanguages(w.gloss), w.warning && el("span", { className: "kochu-warn" }, " ", ...kochu.inLanguages(w.warning))),
      el("td", {}, el("a", { href: `#s${w.address.replace(".", "-")}`, textContent: w.address })),
      el("td", {}, el("button", { type: "button", className: "kochu-button", data: { do: "drop", at: i },
        ariaLabel: `Remove ${w.lemma}`, textContent: "×" })))));
    dialog.classList.toggle("empty", !kept.length);
  }
  kochu.actions.mine = () => { draw(); dialog.showModal(); };
  kochu.actions.drop = (button) => { kept.splice(Number(button.dataset.at), 1); save(); draw(); };
  kochu.actions.tsv = () => download("my-words.tsv", tsv());
  kochu.actions.anki = () => download("my-words.anki.txt", anki());
  kochu.actions.forget = () => { kept = []; save(); draw(); };
})(window.kochu);
