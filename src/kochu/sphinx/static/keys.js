// Keys and the tools of the sentence that is being read. Single letters can be switched
// off in the list of keys, and never act while something is being typed.
((kochu) => {
  const { units, el, state } = kochu;
  let on = kochu.store.get("kochu-keys") !== "off";
  const box = document.querySelector('#kochu-help input[name="keys"]');
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    if (on) kochu.store.remove("kochu-keys");
    else kochu.store.set("kochu-keys", "off");
  });

  // -- tools ------------------------------------------------------------------
  const labels = new Map([...document.querySelectorAll('.kochu-bar input[name="versions"]')]
    .map((input) => [input.value, input.parentElement.textContent.trim()]));
  const tools = el("div", { className: "kochu-tools", role: "group", ariaLabel: "This sentence" },
    ...[...labels].map(([value, label]) => el("button", {
      type: "button", className: "kochu-button", textContent: label, data: { do: "version", n: value.split(":")[0] },
    })),
    el("button", { type: "button", className: "kochu-button", textContent: "Words", data: { do: "words" } }),
    el("button", { type: "button", className: "kochu-button", textContent: "Copy", data: { do: "copy" } }));

  kochu.actions.version = (button) => {
    const shown = button.closest(".kochu-unit").classList.toggle(`show-${button.dataset.n}`);
    button.ariaPressed = String(shown);
    kochu.place(button.closest(".kochu-unit"));
  };
  kochu.onActivate((unit) => {
    for (const button of tools.querySelectorAll("[data-n]")) {
      button.ariaPressed = String(unit.classList.contains(`show-${button.dataset.n}`));
    }
    const notesBox = kochu.notesOf(unit);
    if (tools.parentElement === unit) return;
    if (notesBox) notesBox.before(tools);
    else unit.append(tools);
  });

  // -- moving ------------------------------------------------------------------
  const current = () => kochu.active || kochu.unitAt(80) || units[0];

  function go(unit) {
    if (!unit) return;
    kochu.closeWord();
    kochu.activate(unit);
    const sentence = kochu.sentenceOf(unit);
    sentence.tabIndex = -1;
    sentence.focus({ preventScroll: true });
    if (kochu.turnTo(unit)) return;
    const { top, bottom } = sentence.getBoundingClientRect();
    if (top < kochu.bar.getBoundingClientRect().bottom + 8 || bottom > innerHeight * 0.7) {
      scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
      kochu.place(unit);
    }
  }
  const sentence = (by) => {
    const at = units.indexOf(current());
    go(units[kochu.active ? Math.max(0, Math.min(units.length - 1, at + by)) : at]);
  };

  const notes = (unit) => [...unit.querySelectorAll(".kochu-note")].filter(
    (note) => state.kinds.some((kind) => note.classList.contains(`k-${kind}`)));

  function note(by) {
    let unit = current();
    const chosen = unit.querySelector(".kochu-note.chosen");
    kochu.widen(unit);
    let list = notes(unit);
    let at = list.indexOf(chosen) + (chosen || by > 0 ? by : 0);
    if (!chosen && by < 0) at = -1;
    while (at < 0 || at >= list.length) {
      unit = units[units.indexOf(unit) + by];
      if (!unit) return;
      list = notes(unit);
      at = by > 0 ? 0 : list.length - 1;
      if (!list.length) at = -1;
    }
    go(unit);
    kochu.open(list[at], { focus: true });
  }

  function around(by) {
    const list = [...current().querySelectorAll(".kochu-note.covering")];
    const at = list.findIndex((x) => x.classList.contains("chosen"));
    if (list.length) kochu.open(list[(at + by + list.length) % list.length], { focus: true });
  }

  let line = null;
  const keys = {
    j: () => sentence(1),
    k: () => sentence(-1),
    n: () => note(1),
    p: () => note(-1),
    "]": () => around(1),
    "[": () => around(-1),
    t: () => { go(current()); tools.querySelector("[data-n]")?.click(); },
    f: () => kochu.cycle("furigana"),
    d: () => kochu.cycle("density"),
    c: () => kochu.copySentence(current(), false),
    C: () => kochu.copySentence(current(), true),
    g: () => { line = ""; kochu.say("Go to line …"); },
    "/": () => document.querySelector("input[name=q]")?.focus(),
    "?": () => kochu.actions.help(),
  };

  function escape() {
    const unit = kochu.active;
    if (!unit) return;
    const inside = unit.contains(document.activeElement);
    kochu.closeWord();
    kochu.widen(unit);
    const details = kochu.notesOf(unit);
    if (details && getComputedStyle(details).position !== "absolute" && state.density !== "full") details.open = false;
    if (inside) go(unit);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    if (target.closest("input, textarea, select, [contenteditable], dialog, [popover]")) return;
    const inText = target.matches("[data-sentence], .kochu-wordbox");
    let work;
    if (key === "Escape") work = escape;
    else if (line !== null && /^[0-9]$/.test(key)) work = () => { line += key; kochu.say(`Go to line ${line}`); };
    else if (line !== null && key === "Enter") {
      const wanted = line;
      work = () => go(units.find((u) => u.dataset.address.split(".")[0] === wanted));
    } else if (inText && key === "Enter") {
      work = () => {
        const unit = current();
        const details = kochu.notesOf(unit);
        const first = unit.querySelector(".kochu-wordbox summary") || details?.querySelector("summary");
        if (details) kochu.openBox(details);
        first?.focus();
      };
    } else if (inText && key === "ArrowRight") work = () => kochu.step(current(), 1);
    else if (inText && key === "ArrowLeft") work = () => kochu.step(current(), -1);
    else if (on && keys[key]) work = keys[key];
    else if (on && /^[1-7]$/.test(key)) work = () => kochu.toggleKind(kochu.kinds[key - 1]);
    if (!work) return;
    if (line !== null && !/^[0-9]$/.test(key) && key !== "g") line = null;
    event.preventDefault();
    work();
  });

  kochu.show();
  if (kochu.active) kochu.reactivate();
})(window.kochu);
