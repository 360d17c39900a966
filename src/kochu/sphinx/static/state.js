// The bar: shows the state, changes it, keeps it in the address and, if asked, on the device.
((kochu) => {
  const { state, choices, root, store } = kochu;
  const bar = document.querySelector(".kochu-bar");
  const boxes = document.querySelectorAll(".kochu-bar :is(input, select), .kochu-dialog input");
  kochu.bar = bar;
  kochu.units = [...document.querySelectorAll(".kochu-unit")];
  // A long text is laid out where it is looked at; the rest waits.
  const long = kochu.units.length > 400;
  root.classList.toggle("kochu-lengthy", long);

  // The first sentence that reaches below a line of the screen, without laying out all above it.
  kochu.unitAt = (y) => {
    const lineOf = (unit) => unit.closest(".kochu-line") || unit;
    let [low, high] = [0, kochu.units.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lineOf(kochu.units[middle]).getBoundingClientRect().bottom > y) high = middle;
      else low = middle + 1;
    }
    return kochu.units.slice(low).find((u) => u.getBoundingClientRect().bottom > y);
  };

  const listeners = [];
  kochu.onChange = (listener) => listeners.push(listener);

  kochu.say = (words) => {
    const place = bar.querySelector(".kochu-said");
    place.textContent = words;
    clearTimeout(kochu.silence);
    kochu.silence = setTimeout(() => { place.textContent = ""; }, 2500);
  };

  function show() {
    for (const box of boxes) {
      const { name, value } = box;
      if (name === "kinds") box.checked = state.kinds.includes(value);
      else if (name === "versions") box.checked = state.versions.includes(value.split(":")[1]);
      else if (name === "remember") box.checked = store.get("kochu-view") !== null;
      else if (box.type === "checkbox" && choices[name]) box.checked = state[name] === "on";
      else if (box.type === "radio") box.checked = state[name] === value;
      else if (choices[name]) box.value = state[name];
    }
  }

  let addressing = 0;
  // Whatever changes above the sentence being read, it stays where it is on the screen.
  kochu.change = (work) => {
    const unit = kochu.active || kochu.unitAt(80);
    const before = unit && unit.getBoundingClientRect().top;
    work();
    // All that is written before anything is measured: a long text is styled once, not twice.
    kochu.sort();
    kochu.apply();
    if (unit && scrollY > 0) scrollBy({ top: unit.getBoundingClientRect().top - before, behavior: "instant" });
    show();
    const query = kochu.query();
    if (store.get("kochu-view") !== null) store.set("kochu-view", query);
    const address = (query ? `?${query}` : location.pathname) + location.hash;
    // A new address makes browsers look at every link again; in a long text, behind the next picture.
    clearTimeout(addressing);
    if (long) addressing = setTimeout(() => history.replaceState(null, "", address), 0);
    else history.replaceState(null, "", address);
    for (const listener of listeners) listener();
  };

  const toggled = (list, value, on, order) => order.filter((x) => (x === value ? on : list.includes(x)));

  bar.addEventListener("change", ({ target }) => {
    const { name, value, checked } = target;
    if (name === "remember") {
      if (checked) store.set("kochu-view", kochu.query());
      else store.remove("kochu-view");
      return;
    }
    kochu.change(() => {
      if (name === "kinds") state.kinds = toggled(state.kinds, value, checked, kochu.kinds);
      else if (name === "versions") {
        state.versions = toggled(state.versions, value.split(":")[1], checked, kochu.versionNames);
      } else if (target.type === "checkbox") state[name] = checked ? "on" : "off";
      else state[name] = value;
    });
  });

  kochu.toggleKind = (kind) => kochu.change(() => {
    state.kinds = toggled(state.kinds, kind, !state.kinds.includes(kind), kochu.kinds);
  });
  kochu.cycle = (name, only = choices[name]) => kochu.change(() => {
    state[name] = only[(only.indexOf(state[name]) + 1) % only.length];
  });

  kochu.copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // From a folder, or without permission, the old way still works.
      const box = document.createElement("textarea");
      box.value = text;
      (document.querySelector("dialog[open]") || document.body).append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    kochu.say(said);
  };

  const actions = {
    help: () => document.getElementById("kochu-help").showModal(),
    link: () => kochu.copy(location.href, "Link copied"),
  };
  kochu.actions = actions;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do], [data-preset]");
    if (!button) return;
    if (button.dataset.preset) kochu.change(() => kochu.adopt(kochu.presets[button.dataset.preset]));
    else actions[button.dataset.do]?.(button);
  });

  // Menus open under their buttons; the browser would put them in the middle.
  for (const menu of bar.querySelectorAll("[popover]")) {
    menu.addEventListener("beforetoggle", ({ newState }) => {
      const button = bar.querySelector(`[popovertarget="${menu.id}"]`);
      if (newState !== "open") return;
      const { left, bottom } = button.getBoundingClientRect();
      menu.style.top = `${bottom + 4}px`;
      menu.style.left = `${Math.max(8, Math.min(left, innerWidth - 352))}px`;
      menu.style.maxHeight = `${innerHeight - bottom - 16}px`;
    });
  }

  show();
  kochu.show = show;
  root.classList.toggle("kochu-remembered", store.get("kochu-view") !== null);
})(window.kochu);
