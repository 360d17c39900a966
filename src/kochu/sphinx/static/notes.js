// Sentences and their notes: which sentence is read, which note is chosen.
((kochu) => {
  const { units } = kochu;
  const wide = matchMedia("(min-width: 75em)");
  // Whether notes stand beside the text, and so may come and go without moving it.
  const beside = () => wide.matches && kochu.state.density === "marked"
    && kochu.state.writing === "horizontal" && !(kochu.state.versions.length && kochu.state.beside === "on");
  const byAddress = new Map([...document.querySelectorAll("[data-sentence]")].map((s) => [s.dataset.sentence, s]));
  const sentences = new Map(units.map((u) => [u, byAddress.get(u.dataset.address)]));
  const unitsByAddress = new Map(units.map((u) => [u.dataset.address, u]));
  kochu.sentenceOf = (unit) => sentences.get(unit);
  kochu.unitOf = (sentence) => unitsByAddress.get(sentence.dataset.sentence);
  kochu.shown = (note) => note.getClientRects().length > 0;

  const keyOf = (note) => note.id.replace(/^note-/, "") || note.dataset.key;
  kochu.keyOf = keyOf;

  let lit = null;
  function light(key) {
    if (key === lit) return;
    lit = key;
    for (const run of document.querySelectorAll(".kochu-run.lit")) run.classList.remove("lit");
    if (!key) return;
    for (const run of document.querySelectorAll(`[data-annotations~="${CSS.escape(key)}"]`)) run.classList.add("lit");
  }

  // The margin beside a sentence: moved up when it would end below the screen.
  function place(unit) {
    const box = kochu.notesOf(unit);
    if (!box || !beside()) return;
    box.style.setProperty("--shift", "0px");
    const base = (unit.querySelector(".kochu-base") || unit).getBoundingClientRect();
    const { height } = box.getBoundingClientRect();
    const room = innerHeight - 16 - base.top - height;
    const most = Math.min(0, kochu.bar.getBoundingClientRect().bottom + 12 - base.top);
    box.style.setProperty("--shift", `${Math.round(Math.max(most, Math.min(0, room)))}px`);
  }

  kochu.place = place;

  // Vertical lines run to the left in a box of their own.
  kochu.turnTo = (unit) => {
    const box = document.querySelector(".kochu-text");
    if (kochu.state.writing !== "vertical") return false;
    box.scrollLeft += sentences.get(unit).getBoundingClientRect().right - box.getBoundingClientRect().right + 48;
    return true;
  };

  const watchers = [];
  kochu.onActivate = (watcher) => watchers.push(watcher);
  kochu.reactivate = () => { for (const watcher of watchers) watcher(kochu.active); };

  function activate(unit) {
    if (kochu.active === unit) return;
    const old = kochu.active;
    if (old) {
      old.classList.remove("active");
      old.parentElement.classList.remove("current");
      kochu.widen(old);
      kochu.closeWord?.();
      if (kochu.state.density !== "full" && kochu.notesOf(old)) kochu.notesOf(old).open = false;
    }
    kochu.active = unit;
    if (!unit) return;
    unit.classList.add("active");
    unit.parentElement.classList.add("current");
    const box = kochu.notesOf(unit);
    if (box && (beside() || kochu.state.writing === "vertical")) kochu.openBox(box);
    kochu.reactivate();
    place(unit);
  }

  // A sentence that was asked for stays the current one until the reader has scrolled on
  // from it; where the asking itself scrolls, from where that ends.
  let held = null;
  kochu.activate = (unit) => {
    held = { from: null };
    activate(unit);
  };
  const settled = () => {
    if (!held || held.from !== null) return;
    held.from = scrollY;
    if (kochu.active) place(kochu.active);
  };
  addEventListener("scrollend", settled, { passive: true });
  const holds = () => {
    if (!held) return false;
    if (!("onscrollend" in window)) settled();
    if (held.from === null || Math.abs(scrollY - held.from) < innerHeight / 4) return true;
    held = null;
    return false;
  };

  kochu.widen = (unit) => {
    const box = kochu.notesOf(unit);
    if (!box) return;
    box.classList.remove("narrowed");
    for (const x of box.querySelectorAll(".kochu-here")) x.remove();
    for (const x of box.querySelectorAll(".covering")) x.classList.remove("covering");
    for (const x of box.querySelectorAll("[data-copy]")) x.remove();
    for (const x of box.querySelectorAll(".kochu-note[open]")) if (kochu.state.density !== "full") x.open = false;
    for (const x of box.querySelectorAll(".chosen")) x.classList.remove("chosen");
    light(null);
  };

  // A note on several places stands once in the file; here it comes where it is asked for.
  function noteFor(unit, key) {
    const box = kochu.notesOf(unit);
    const own = document.getElementById(`note-${key}`);
    if (!own || own.parentElement === box) return own;
    let copy = box.querySelector(`[data-copy="${CSS.escape(key)}"]`);
    if (!copy) {
      copy = own.cloneNode(true);
      copy.removeAttribute("id");
      copy.dataset.copy = copy.dataset.key = key;
      for (const x of copy.querySelectorAll("[id]")) x.removeAttribute("id");
      const line = box.querySelector(`.kochu-elsewhere a[href="#note-${CSS.escape(key)}"]`);
      if (line) line.parentElement.before(copy);
      else box.append(copy);
    }
    return copy;
  }

  // Long prose is on the page where it was written until its note is opened.
  async function bring(note) {
    const link = note.querySelector(".kochu-more > a");
    if (!link || note.matches(".k-context") || note.dataset.whole) return;
    note.dataset.whole = "yes";
    const html = await kochu.contentOf(link);
    if (!html) return;
    const prose = document.createElement("div");
    prose.className = "kochu-prose";
    prose.innerHTML = html;
    prose.querySelector(".kochu-note-title")?.remove();
    link.parentElement.replaceWith(prose);
    place(note.closest(".kochu-unit"));
  }
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches(".kochu-note")) bring(target);
  }, true);
  // Where all notes are open from the start, no opening tells of it.
  const bringAll = async () => {
    if (kochu.state.density !== "full") return;
    for (const note of document.querySelectorAll(".kochu-note[open]")) await bring(note);
  };

  // A chosen note is lit in the text, all its words; it need not be open.
  function pick(note, { open, focus }) {
    const box = note.closest(".kochu-notes");
    for (const other of box.querySelectorAll(".kochu-note.chosen")) {
      other.classList.remove("chosen");
      if (other !== note && kochu.state.density !== "full") other.open = false;
    }
    kochu.openBox(box);
    if (open) note.open = true;
    note.classList.add("chosen");
    light(keyOf(note));
    place(box.parentElement);
    if (focus) note.firstElementChild.focus({ preventScroll: true });
    bringIntoView(box, note);
  }
  kochu.open = (note, { focus = false } = {}) => pick(note, { open: true, focus });

  // Only as far as it must, and never sideways. In the margin the box scrolls and the page stays.
  function bringIntoView(box, part) {
    if (getComputedStyle(box).position !== "static") {
      const { top, bottom } = part.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      if (top < frame.top || bottom > frame.bottom) box.scrollTop += top - frame.top - 8;
      return;
    }
    const { top, bottom } = part.getBoundingClientRect();
    const ceiling = kochu.bar.getBoundingClientRect().bottom + 8;
    // The sentence that is explained stays in sight where both have room.
    const sentence = kochu.sentenceOf(box.parentElement).getBoundingClientRect();
    const most = Math.max(0, Math.min(sentence.top, top) - ceiling);
    if (top < ceiling) scrollBy({ top: top - ceiling, behavior: "instant" });
    else if (bottom > innerHeight) scrollBy({ top: Math.min(bottom - innerHeight + 8, Math.max(most, top - innerHeight * 0.7)), behavior: "instant" });
  }
  kochu.bringIntoView = bringIntoView;

  // The notes over some words of a sentence, the narrowest first; one alone opens.
  kochu.choose = (unit, keys, words, { focus = false } = {}) => {
    kochu.activate(unit);
    const box = kochu.notesOf(unit);
    if (!box) return [];
    kochu.widen(unit);
    const notes = keys.map((key) => noteFor(unit, key)).filter((x) => x && x.matches(
      kochu.state.kinds.map((kind) => `.k-${kind}`).join(",") || "none"));
    if (!notes.length) return [];
    const here = document.createElement("p");
    here.className = "kochu-here";
    here.innerHTML = `On <span class="kochu-quote" lang="ja"></span> <button type="button" class="kochu-button" data-do="widen"></button>`;
    here.children[0].textContent = `「${words}」`;
    here.children[1].textContent = "all notes on the sentence";
    box.firstElementChild.after(here, ...notes);
    for (const note of notes) note.classList.add("covering");
    box.classList.add("narrowed");
    kochu.openBox(box);
    pick(notes[0], { open: notes.length === 1, focus });
    return notes;
  };
  // Pointing at a note in a list, or reaching it by keyboard, shows which words it is about.
  const about = ({ target }) => {
    const part = target.closest?.('.kochu-note > summary, .kochu-elsewhere > a[href^="#note-"]');
    const chosen = kochu.active?.querySelector(".kochu-note.chosen");
    light(part ? part.hash?.slice(6) || keyOf(part.parentElement) : chosen ? keyOf(chosen) : null);
  };
  document.addEventListener("pointerover", about, { passive: true });
  document.addEventListener("focusin", about);

  kochu.actions.widen = (button) => { const u = button.closest(".kochu-unit"); kochu.widen(u); place(u); };

  document.addEventListener("click", (event) => {
    const { target } = event;
    const summary = target.closest(".kochu-note > summary");
    if (summary) {
      event.preventDefault();
      const note = summary.parentElement;
      kochu.activate(note.closest(".kochu-unit"));
      if (note.open && note.classList.contains("chosen")) {
        note.open = false;
        note.classList.remove("chosen");
        light(null);
      } else kochu.open(note);
      return;
    }
    const link = target.closest('a[href^="#note-"]');
    if (link) {
      const unit = link.closest(".kochu-unit") || kochu.unitOf(link.closest("[data-sentence]"));
      const note = noteFor(unit, link.hash.slice(6));
      if (note) {
        event.preventDefault();
        kochu.activate(unit);
        note.classList.add("covering");
        kochu.open(note, { focus: true });
      }
      return;
    }
    const sentence = target.closest("[data-sentence]");
    if (!sentence || target.closest("a")) return;
    const unit = kochu.unitOf(sentence);
    if (!getSelection().isCollapsed) return;
    const run = target.closest(".kochu-run");
    const keys = run ? run.dataset.annotations.split(" ") : [];
    const notes = kochu.choose(unit, keys, run ? run.textContent : "");
    if (!run) kochu.activate(unit);
    document.dispatchEvent(new CustomEvent("kochu:tap", {
      detail: { unit, sentence, notes, x: event.clientX, y: event.clientY },
    }));
  });

  // Which sentence is at the reading line, a third of the way down.
  let waiting = 0;
  addEventListener("scroll", () => {
    if (waiting || !beside()) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (holds()) return;
      const chosen = kochu.active && kochu.active.querySelector(".chosen");
      const line = innerHeight / 3;
      if (chosen) {
        const { top, bottom } = kochu.active.getBoundingClientRect();
        if (bottom > 80 && top < innerHeight - 80) return;
      }
      const unit = kochu.unitAt(line);
      if (unit) activate(unit);
    });
  }, { passive: true });

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const unit = target.closest(".kochu-unit") || (target.dataset.sentence && kochu.unitOf(target));
    if (target.matches(".kochu-note")) {
      kochu.activate(unit);
      kochu.open(target);
    } else if (unit) kochu.activate(unit);
    if (unit) kochu.turnTo(unit);
  }

  kochu.onChange(() => {
    bringAll();
    const unit = kochu.active;
    if (!unit) return;
    kochu.widen(unit);
    kochu.active = null;
    kochu.activate(unit);
    kochu.turnTo(unit);
  });
  kochu.root.classList.add("kochu-ready");
  addEventListener("hashchange", reveal);
  reveal();
  bringAll();
  if (!kochu.active && beside()) activate((scrollY && kochu.unitAt(innerHeight / 3)) || units[0]);
})(window.kochu);
