// What a comparison found, laid out; and the editors' marks, when they are asked for.
window.kochuResult = ({ root, lines, make, quote, kind, order }) => {
  const CHOICES = {
    all: ["all caveats", () => true],
    medium: ["caveats of high and medium confidence", (m) => m.confidence !== "low"],
    high: ["caveats of high confidence", (m) => m.confidence === "high"],
    major: ["major and critical caveats", (m) => m.severity === "major" || m.severity === "critical"],
  };
  let asked = "all";
  let found = null;

  const given = () => (window.kochuOurs || {})[root.dataset.text];
  // An excerpt does not print every sentence.
  const ours = (what) => given()[what].filter((note) => lines.has(note.address));

  // A script tag, and no request: pages from a folder may not ask for files.
  const fetch = () => (given() ? Promise.resolve() : new Promise((done, failed) => {
    document.head.append(make("script", { src: root.dataset.ours, onload: done, onerror: failed }));
  }));

  function compare(marks) {
    found = window.kochuCompare.compare(ours("marks").filter(CHOICES[asked][1]), marks);
    return found;
  }
  const places = (n) => `${n} place${n === 1 ? "" : "s"}`;
  const summary = () => `You marked ${places(found.pairs.length + found.extra.length)}, `
    + `the editors ${found.pairs.length + found.missed.length}: `
    + `${found.pairs.length} agree, ${found.missed.length} missed, ${found.extra.length} extra.`;

  const link = (note) => make("a", { href: root.dataset.root + note.uri, textContent: `${note.label} ${note.title}` });
  const cell = (tag, textContent, more = {}) => make(tag, { textContent, ...more });
  const table = (rows) => make("table", { className: "km-table" },
    make("thead", {}, make("tr", {}, ...["Spans", "Matched", "Precision", "Recall", "F1"]
      .map((head) => cell("th", head, { scope: "col" })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, cell("th", row.name, { scope: "row" }), cell("td", row.matched),
      ...[row.precision, row.recall, row.f1].map((share) => cell("td", share.toFixed(2)))))));
  const group = (title, className, items) => make("details", { open: true, className },
    make("summary", { textContent: `${title} (${items.length})` }), make("ol", {}, ...items));

  // An extra mark may touch words of which the editors have something to say.
  function also(mark) {
    const near = [...ours("marks"), ...ours("remarks")].filter((note) => window.kochuCompare.overlaps(mark, note));
    return near.length ? [" · we say of these words: ", ...near.flatMap((note, i) => [i ? ", " : "", link(note)])] : [];
  }

  function choice(changed) {
    const options = Object.entries(CHOICES)
      .map(([value, [textContent]]) => make("option", { value, textContent, selected: value === asked }));
    const select = make("select", { name: "against" }, ...options);
    select.addEventListener("change", () => { asked = select.value; changed(); });
    return make("p", {}, make("label", {}, "Compare with ", select));
  }

  // `changed` is called when the reader asks for another part of the editors' marks.
  function draw(place, changed) {
    const { pairs, missed, extra, rows, dimension, type, severity } = found;
    const agreed = [...pairs].sort((a, b) => order(a[0], b[0])).map(([we, you]) => make("li", {},
      `${you.address} `, quote(you), ` ${kind(you)} · ours: `, quote(we), ` ${kind(we)}, `, link(we)));
    const more = [...extra].sort(order).map((you) => make("li", {}, `${you.address} `, quote(you), ` ${kind(you)}`, ...also(you)));
    const less = [...missed].sort(order).map((we) => make("li", {}, `${we.address} `, quote(we), ` ${kind(we)}, `, link(we)));
    place.replaceChildren(
      make("h2", { textContent: "Compared with the editors", tabIndex: -1 }),
      choice(changed),
      make("p", { textContent: summary() }),
      table(rows),
      make("p", { textContent: `Of ${pairs.length} overlapping pairs, ${dimension} agree in dimension, `
        + `${type} in type, ${severity} in severity.` }),
      group("Agreement", "km-agreement", agreed),
      group("Extra: you marked, we did not", "km-more", more),
      group("Missed: we marked, you did not", "km-less", less));
  }

  return { fetch, compare, draw, summary };
};
