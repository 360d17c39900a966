// What the page shows, decided before the first paint so that nothing jumps: the
// address wins, then what was remembered on this device, then the default.
window.kochu = ((root, script) => {
  const versions = script.dataset.versions.split(" ").filter(Boolean);
  const kinds = ["caveat", "good", "context", "claim", "language", "name", "term"];
  const choices = {
    furigana: ["all", "n5", "n4", "n3", "n2", "n1", "tap", "none"],
    density: ["marked", "calm", "full"],
    writing: ["horizontal", "vertical"],
    face: ["serif", "sans"],
    severity: ["all", "major"],
    confidence: ["all", "medium", "high"],
    beside: ["on", "off"],
    changes: ["on", "off"],
  };
  const named = (...names) => names.filter((name) => versions.includes(name));
  const last = versions.slice(-1);
  const presets = {
    reader: { kinds: ["caveat", "context", "language"] },
    learner: { kinds: ["language", "context", "term"], furigana: "n4" },
    ir: { kinds: ["context", "claim", "name"], versions: named("fluent") },
    mt: { kinds: ["caveat", "good"], versions: last, furigana: "none" },
    teacher: { kinds, versions: named("close", "fluent"), density: "full" },
    plain: { kinds: [], density: "calm", furigana: "none" },
  };

  const state = { versions: [], kinds: presets.reader.kinds.slice() };
  for (const name in choices) state[name] = choices[name][0];

  function take(query) {
    const preset = presets[query.get("view")];
    if (preset) adopt(preset);
    if (query.has("layers")) {
      const asked = query.get("layers").split(/[ ,+]+/);
      state.versions = versions.filter((name) => asked.includes(name));
      state.kinds = kinds.filter((name) => asked.includes(name));
    }
    for (const name in choices) {
      if (choices[name].includes(query.get(name))) state[name] = query.get(name);
    }
  }

  function adopt(preset) {
    for (const name in choices) state[name] = preset[name] || choices[name][0];
    state.kinds = (preset.kinds || []).slice();
    state.versions = (preset.versions || []).slice();
  }

  // The shortest address that brings this view back.
  function query() {
    const found = new URLSearchParams();
    const layers = [...state.versions, ...state.kinds].join(",");
    if (layers !== presets.reader.kinds.join(",")) found.set("layers", layers);
    for (const name in choices) {
      if (state[name] !== choices[name][0]) found.set(name, state[name]);
    }
    return found.toString().replaceAll("%2C", ",");
  }

  function apply() {
    for (const name in choices) root.dataset[name] = state[name];
    // One attribute a kind: a browser then looks again at the words of this kind alone.
    for (const kind of kinds) root.toggleAttribute(`data-with-${kind}`, state.kinds.includes(kind));
    const numbers = state.versions.map((name) => versions.indexOf(name) + 1);
    if (numbers.length) root.dataset.versions = numbers.join(" ");
    else delete root.dataset.versions;
  }

  // Browsers may forbid storage, above all for pages opened from a folder.
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* not kept */ } },
    remove: (key) => { try { localStorage.removeItem(key); } catch { /* was not kept */ } },
  };

  const kept = store.get("kochu-view");
  take(new URLSearchParams(kept === null ? "" : kept));
  take(new URLSearchParams(location.search));
  root.classList.add("kochu-js");
  apply();
  return { root, state, choices, kinds, presets, versionNames: versions, adopt, query, apply, store };
})(document.documentElement, document.currentScript);
