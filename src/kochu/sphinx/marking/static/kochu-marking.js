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

  const { lines, lineOf, selected, select } = window.kochuLines(root);
  const dock = $(".km-dock");
  const typing = $(".km-typing form");
  const fields = dock.elements;
  const name = $("input[name=annotator]");
  const types = new Set([...fields.type.options].map((option) => option.value));
  const severities = new Set([...fields.severity.options].map((option) => option.value));

  let marks = [];
  let chosen = null; // { address, start, end, mark: the one that is being changed }
  let shown = false; // whether the chosen words are drawn as such
  let compared = null;

  const said = $(".km-said");
  let silence = 0;
  const say = (words) => {
    said.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 6000);
  };
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
      ...here(shown ? [chosen] : [], "km-now"),
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

  function undraw() {
    if (!shown) return;
    shown = false;
    draw(chosen.address);
  }

  function choose(span, mark = null) {
    undraw();
    chosen = span && { ...span, mark };
    dock.hidden = !chosen;
    if (!chosen) return;
    $(".km-chosen").replaceChildren(`${chosen.address} `, quote(chosen));
    fields.type.value = mark?.type ?? "";
    fields.severity.value = mark?.severity ?? "";
    fields.note.value = mark?.note ?? "";
    $("[data-km=remove]").hidden = !mark;
    $(".km-dock [type=submit]").textContent = mark ? "Change" : "Mark";
  }

  // Back into the text, with nothing selected, or the form would come again.
  function leave() {
    const { address, end } = chosen;
    choose(null);
    select({ address, start: end, end });
  }

  // The smallest of one's own marks around a place.
  const markAt = ({ address, start }) => marks
    .filter((mark) => mark.address === address && mark.start <= start && start <= mark.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];

  const pick = (span) => choose(span, marks.find((m) => m.address === span.address && m.start === span.start && m.end === span.end));
  document.addEventListener("selectionchange", () => {
    const span = selected();
    if (!span) return;
    if (span.start < span.end) pick(span);
    else if (chosen && !chosen.mark && lineOf(document.activeElement)) choose(null);
  });
  root.addEventListener("click", ({ target }) => {
    const span = lineOf(target) && selected();
    const mark = span && span.start === span.end && target.closest("mark") && markAt(span);
    if (mark) choose(mark, mark);
    else if (chosen?.mark && span && span.start === span.end) choose(null);
  });
  // While the form is used the browser hides the selection, so the page shows it; but no
  // longer than that, since drawing a sentence undoes what is selected in it.
  dock.addEventListener("focusin", () => {
    shown = true;
    draw(chosen.address);
  });
  for (const event of ["pointerdown", "focusin"]) {
    root.addEventListener(event, ({ target }) => lineOf(target) && undraw());
  }

  root.addEventListener("km-redraw", ({ target }) => draw(target.dataset.address));
  root.addEventListener("keydown", (event) => {
    const box = lineOf(event.target);
    if (event.key === "Escape" && chosen) {
      leave();
    } else if (box && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const span = selected();
      const mark = span.start === span.end && markAt(span);
      if (mark) choose(mark, mark);
      else if (span.start < span.end) pick(span);
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

  const result = window.kochuResult({ root, lines, make, quote, kind, order });
  function compare() {
    compared = result.compare(marks);
    result.draw($(".km-result"), () => {
      refresh();
      $("select[name=against]").focus();
      say(result.summary());
    });
  }

  const actions = {
    compare: async (button) => {
      if (compared) compared = null;
      else {
        try { await result.fetch(); } catch { say("The editors' marks could not be loaded."); return; }
        compare();
      }
      button.ariaPressed = String(Boolean(compared));
      $(".km-result").hidden = !compared;
      $(".km-legend").hidden = !compared;
      refresh();
      say(compared ? result.summary() : "The editors' marks are hidden again.");
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
    open: () => $("input[type=file]").click(),
    print: () => print(),
    forget: () => {
      if (!marks.length || !confirm(`Delete all ${count(marks.length)}?`)) return;
      marks = [];
      choose(null);
      refresh();
      say("All marks are deleted.");
    },
    cancel: leave,
    remove: () => { drop(chosen.mark); },
    drop: (button) => { drop(marks[button.dataset.at]); },
    edit: (button) => {
      const mark = marks[button.dataset.at];
      choose(mark, mark);
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
  refresh();
})();
