// "Find them yourself": mark words, keep the marks in this browser, save them for
// `kochu agree`, compare them with the editors'. Nothing is sent anywhere.
(() => {
  const FORMAT = "kochu-marks/1";
  const root = document.querySelector(".km");
  const $ = (query) => root.querySelector(query);
  const make = (tag, options = {}, ...children) => {
    const { data = {}, ...rest } = options;
    const node = Object.assign(document.createElement(tag), rest);
    Object.assign(node.dataset, data);
    node.append(...children);
    return node;
  };

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
  const dock = $(".km-dock");
  const typing = $(".km-typing form");
  const fields = dock.elements;
  const name = $("input[name=annotator]");
  const types = new Set([...fields.type.options].map((option) => option.value));
  const severities = new Set([...fields.severity.options].map((option) => option.value));

  let marks = [];
  let chosen = null; // { address, start, end, mark: the one that is being changed }
  let compared = null;
  let asked = "all";

  const said = $(".km-said");
  const say = (words) => { said.textContent = words; };
  const count = (n) => `${n} mark${n === 1 ? "" : "s"}`;
  const words = ({ address, start, end }) => lines.get(address).points.slice(start, end).join("");
  const quote = (mark) => make("span", { lang: root.querySelector(".km-words").lang, textContent: `「${words(mark)}」` });
  const label = (slug) => slug.replace("/", ": ").replaceAll("-", " ");
  const kind = (mark) => [mark.type && label(mark.type), mark.severity].filter(Boolean).join(", ") || "no type";
  const order = (a, b) => {
    const [x, y] = [a, b].map((mark) => [...lines.keys()].indexOf(mark.address));
    return x - y || a.start - b.start || a.end - b.end;
  };

  // -- what is kept -------------------------------------------------------------------------

  const NAME = `kochu-marks:${root.dataset.text}`;
  const file = () => ({ format: FORMAT, text: root.dataset.text, annotator: name.value.trim(), marks });
  function keep() {
    try {
      if (marks.length || name.value) localStorage.setItem(NAME, JSON.stringify(file()));
      else localStorage.removeItem(NAME);
    } catch { /* Pages from a folder may not be allowed to keep anything. */ }
  }

  // Give what is wrong with a file of marks, or nothing.
  function wrong(data) {
    if (data?.format !== FORMAT || !Array.isArray(data.marks)) return `this is no file of marks (${FORMAT})`;
    if (data.text !== root.dataset.text) return `these are marks of another text, “${data.text}”`;
    const bad = data.marks.findIndex((mark) => {
      const line = lines.get(mark?.address);
      const whole = Number.isInteger(mark?.start) && Number.isInteger(mark?.end);
      return !line || !whole || mark.start < 0 || mark.end <= mark.start || mark.end > line.points.length
        || !types.has(mark.type ?? "") || !severities.has(mark.severity ?? "");
    });
    return bad < 0 ? "" : `its mark ${bad + 1} does not fit this text`;
  }
  function take(data) {
    name.value = data.annotator || "";
    marks = data.marks.map(({ address, start, end, type = "", severity = "", note = "" }) =>
      ({ address, start, end, type, severity, note: String(note) })).sort(order);
  }

  // -- drawing ---------------------------------------------------------------------------------

  // Cut a sentence at all borders, and give every piece the classes of what covers it.
  function draw(address) {
    const { box, points } = lines.get(address);
    const here = (list, className) => list.filter((m) => m.address === address).map((m) => ({ ...m, className }));
    const extra = new Set(compared?.extra);
    const spans = [
      ...marks.filter((m) => m.address === address)
        .map((m) => ({ ...m, className: compared ? (extra.has(m) ? "km-extra" : "km-agreed") : "km-own" })),
      ...here(compared?.missed || [], "km-missed"),
      ...here(chosen ? [chosen] : [], "km-now"),
    ];
    const cuts = [...new Set([0, points.length, ...spans.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
    box.replaceChildren(...cuts.slice(1).map((end, i) => {
      const start = cuts[i];
      const classes = spans.filter((s) => s.start <= start && end <= s.end).map((s) => s.className);
      const text = points.slice(start, end).join("");
      return classes.length ? make("mark", { className: [...new Set(classes)].join(" "), textContent: text }) : text;
    }));
  }

  function list() {
    $(".km-list").replaceChildren(...marks.map((mark, i) => make("li", {},
      make("button", { type: "button", className: "km-link", data: { km: "edit", at: i } }, `${mark.address} `, quote(mark)),
      ` ${kind(mark)}`, mark.note ? ` · ${mark.note} ` : " ",
      make("button", { type: "button", className: "km-link", ariaLabel: `Remove ${words(mark)}`, textContent: "Remove",
        data: { km: "drop", at: i } }))));
    $(".km-mine").hidden = false;
    $(".km-none").hidden = marks.length > 0;
    $(".km-count").textContent = count(marks.length);
  }

  function refresh() {
    if (compared) compare();
    for (const address of lines.keys()) draw(address);
    list();
    keep();
  }

  // -- choosing words ------------------------------------------------------------------------------

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

  function choose(span, mark = null) {
    const before = chosen;
    chosen = span && { ...span, mark };
    if (before) draw(before.address);
    dock.hidden = !chosen;
    if (!chosen) return;
    $(".km-chosen").replaceChildren(`${chosen.address} `, quote(chosen));
    fields.type.value = mark?.type ?? "";
    fields.severity.value = mark?.severity ?? "";
    fields.note.value = mark?.note ?? "";
    $("[data-km=remove]").hidden = !mark;
    $(".km-dock [type=submit]").textContent = mark ? "Change" : "Mark";
  }

  // The smallest of one's own marks around a place.
  const markAt = ({ address, start }) => marks
    .filter((mark) => mark.address === address && mark.start <= start && start <= mark.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];

  document.addEventListener("selectionchange", () => {
    const span = selected();
    if (!span) return;
    if (span.start < span.end) choose(span, marks.find((m) => m.address === span.address && m.start === span.start && m.end === span.end));
    else if (chosen && !chosen.mark && lineOf(document.activeElement)) choose(null);
  });
  root.addEventListener("click", ({ target }) => {
    const span = lineOf(target) && selected();
    const mark = span && span.start === span.end && target.closest("mark") && markAt(span);
    if (mark) choose(mark, mark);
  });
  // While the form is used the browser hides the selection, so the page shows it.
  dock.addEventListener("focusin", () => chosen && draw(chosen.address));

  root.addEventListener("beforeinput", (event) => { if (lineOf(event.target)) event.preventDefault(); });
  root.addEventListener("drop", (event) => event.preventDefault());
  // What an input method wrote in spite of that is taken back.
  root.addEventListener("input", ({ target }) => lineOf(target) && draw(lineOf(target).dataset.address));
  root.addEventListener("keydown", (event) => {
    const box = lineOf(event.target);
    if (event.key === "Escape" && chosen) {
      const span = chosen;
      choose(null);
      select(span);
    } else if (box && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const mark = !chosen && markAt(selected());
      if (mark) choose(mark, mark);
      if (chosen) fields.type.focus();
      else say("Select words first: hold Shift and use the arrow keys.");
    }
  });

  dock.addEventListener("submit", (event) => {
    event.preventDefault();
    const { address, start, end, mark } = chosen;
    const made = { address, start, end, type: fields.type.value, severity: fields.severity.value, note: fields.note.value.trim() };
    marks = [...marks.filter((m) => m !== mark), made].sort(order);
    choose(null);
    refresh();
    say(`${mark ? "Changed" : "Marked"} ${address} 「${words(made)}」: ${kind(made)}. ${count(marks.length)}.`);
    select({ address, start: end, end });
  });

  typing.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = typing.elements.address.value;
    const wanted = typing.elements.words.value.trim();
    const text = lines.get(address).points.join("");
    let at = -1;
    for (let n = Number(typing.elements.which.value); wanted && n > 0; n--) {
      at = text.indexOf(wanted, at + 1);
      if (at < 0) break;
    }
    if (at < 0 || !wanted) { say(`Sentence ${address} has no such words.`); return; }
    const start = [...text.slice(0, at)].length;
    choose({ address, start, end: start + [...wanted].length });
    fields.type.focus();
  });

  // -- comparing --------------------------------------------------------------------------------------

  const CHOICES = {
    all: ["all caveats", () => true],
    medium: ["caveats of high and medium confidence", (m) => m.confidence !== "low"],
    high: ["caveats of high confidence", (m) => m.confidence === "high"],
    major: ["major and critical caveats", (m) => m.severity === "major" || m.severity === "critical"],
  };
  const given = () => (window.kochuOurs || {})[root.dataset.text];
  // An excerpt does not print every sentence.
  const ours = (what) => given()[what].filter((note) => lines.has(note.address));
  const link = (note) => make("a", { href: root.dataset.root + note.uri, textContent: `${note.label} ${note.title}` });

  // The editors' marks come when they are asked for; a script tag works from a folder too.
  const fetched = () => (given() ? Promise.resolve() : new Promise((done, failed) => {
    document.head.append(make("script", { src: root.dataset.ours, onload: done, onerror: failed }));
  }));

  const table = (rows) => make("table", { className: "km-table" },
    make("thead", {}, make("tr", {}, ...["Spans", "Matched", "Precision", "Recall", "F1"].map((h) => make("th", { scope: "col", textContent: h })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, make("th", { scope: "row", textContent: row.name }),
      ...[row.matched, ...[row.precision, row.recall, row.f1].map((x) => x.toFixed(2))].map((x) => make("td", { textContent: x }))))));

  const group = (title, className, items) => make("details", { open: true, className },
    make("summary", { textContent: `${title} (${items.length})` }), make("ol", {}, ...items));

  function compare() {
    const first = ours("marks").filter(CHOICES[asked][1]);
    compared = window.kochuCompare.compare(first, marks);
    const { pairs, missed, extra } = compared;
    const others = ours("marks").concat(ours("remarks"));
    const also = (mark) => {
      const near = others.filter((note) => window.kochuCompare.overlaps(mark, note));
      return near.length ? [" · we say of these words: ", ...near.flatMap((note, i) => [i ? ", " : "", link(note)])] : [];
    };
    const choice = make("select", { name: "against" },
      ...Object.entries(CHOICES).map(([value, [text]]) => make("option", { value, textContent: text, selected: value === asked })));
    choice.addEventListener("change", () => {
      asked = choice.value;
      refresh();
      $("select[name=against]").focus();
      say(summary());
    });
    const pairOrder = [...pairs].sort((a, b) => order(a[0], b[0]));
    $(".km-result").replaceChildren(
      make("h2", { textContent: "Compared with the editors", tabIndex: -1 }),
      make("p", {}, make("label", {}, "Compare with ", choice)),
      make("p", { textContent: summary() }),
      table(compared.rows),
      make("p", { textContent: `Of ${pairs.length} overlapping pairs, ${compared.dimension} agree in dimension, ${compared.type} in type, ${compared.severity} in severity.` }),
      group("Agreement", "km-agreement", pairOrder.map(([we, you]) => make("li", {}, `${you.address} `, quote(you), ` ${kind(you)} · ours: `, quote(we), ` ${kind(we)}, `, link(we)))),
      group("Extra: you marked, we did not", "km-more", [...extra].sort(order).map((you) => make("li", {}, `${you.address} `, quote(you), ` ${kind(you)}`, ...also(you)))),
      group("Missed: we marked, you did not", "km-less", [...missed].sort(order).map((we) => make("li", {}, `${we.address} `, quote(we), ` ${kind(we)}, `, link(we)))));
  }
  const summary = () => `You marked ${marks.length} places, the editors ${compared.pairs.length + compared.missed.length}: `
    + `${compared.pairs.length} agree, ${compared.missed.length} missed, ${compared.extra.length} extra.`;

  const actions = {
    compare: async (button) => {
      if (compared) compared = null;
      else {
        try { await fetched(); } catch { say("The editors' marks could not be loaded."); return; }
        compare();
      }
      button.ariaPressed = String(Boolean(compared));
      $(".km-result").hidden = !compared;
      root.classList.toggle("km-comparing", Boolean(compared));
      refresh();
      say(compared ? summary() : "The editors' marks are hidden again.");
      if (compared) $(".km-result h2").focus();
    },
    save: () => {
      const blob = new Blob([`${JSON.stringify(file(), null, 1)}\n`], { type: "application/json" });
      const who = name.value.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "my";
      const anchor = make("a", { href: URL.createObjectURL(blob), download: `${who}-marks.json` });
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
      say(`Saved ${count(marks.length)} as ${anchor.download}.`);
    },
    print: () => print(),
    forget: () => {
      if (!marks.length || !confirm(`Delete all ${count(marks.length)}?`)) return;
      marks = [];
      choose(null);
      refresh();
      say("All marks are deleted.");
    },
    cancel: () => { const span = chosen; choose(null); select(span); },
    remove: () => { drop(chosen.mark); },
    drop: (button) => { drop(marks[button.dataset.at]); },
    edit: (button) => {
      const mark = marks[button.dataset.at];
      choose(mark, mark);
      draw(mark.address);
      lines.get(mark.address).box.scrollIntoView({ block: "center" });
      fields.type.focus({ preventScroll: true });
    },
  };
  function drop(mark) {
    marks = marks.filter((m) => m !== mark);
    choose(null);
    refresh();
    say(`Removed 「${words(mark)}」. ${count(marks.length)}.`);
    select({ ...mark, start: mark.end });
  }
  root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-km]");
    if (button) actions[button.dataset.km](button);
  });
  name.addEventListener("change", keep);
  $("input[type=file]").addEventListener("change", async ({ target }) => {
    const [given] = target.files;
    target.value = "";
    if (!given) return;
    let data = null;
    try { data = JSON.parse(await given.text()); } catch { /* Said below. */ }
    const fault = wrong(data);
    if (fault) { say(`${given.name}: ${fault}.`); return; }
    if (marks.length && !confirm(`Put the marks of ${given.name} in the place of ${count(marks.length)}?`)) return;
    take(data);
    choose(null);
    refresh();
    say(`Opened ${count(marks.length)} from ${given.name}.`);
  });

  try {
    const kept = JSON.parse(localStorage.getItem(NAME));
    if (kept && !wrong(kept)) take(kept);
  } catch { /* Nothing was kept, or it is no longer readable. */ }
  for (const part of root.querySelectorAll(".km-tools, .km-typing")) part.hidden = false;
  root.classList.add("km-js");
  refresh();
})();
