// The search page: characters, readings and rōmaji, in the text first.
((kochu) => {
  const input = document.querySelector(".kochu-search input");
  const place = document.querySelector(".kochu-hits");
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const LIMIT = 60;
  let data = null;

  kochu.search = (found) => { data = prepare(found); };

  // {国防|こくぼう}相 gives the words, the kana line, and where each kana stands.
  function takeApart(marked) {
    let base = "";
    let kana = "";
    const map = [];
    for (const [, words, reading, plain] of marked.matchAll(/\{([^|{}]*)\|([^|{}]*)\}|([^{]+)/g)) {
      if (plain !== undefined) {
        for (let i = 0; i < plain.length; i += 1) map.push([base.length + i, base.length + i + 1]);
        base += plain;
        kana += plain;
      } else {
        for (let i = 0; i < reading.length; i += 1) map.push([base.length, base.length + words.length]);
        base += words;
        kana += reading;
      }
    }
    return { base, kana, map };
  }

  function prepare({ sentences, words, notes }) {
    return {
      sentences: sentences.map(([url, address, lang, marked, versions]) => {
        const parts = takeApart(marked);
        const kana = kochu.foldText(parts.kana);
        return {
          url, address, lang, ...parts, text: kochu.foldText(parts.base), kanaFold: kana, roman: kochu.romaji(kana.folded),
          versions: versions.map(([label, language, text]) => ({ label, language, text, fold: kochu.foldText(text).folded })),
        };
      }),
      words: words.map(([uri, lemma, reading, gloss, imitate, at]) => ({
        uri, lemma, reading, gloss, imitate, at,
        fold: kochu.foldText(`${lemma} ${reading} ${gloss}`).folded, roman: kochu.romaji(kochu.foldText(reading).folded).text,
      })),
      notes: notes.map(([layer, url, heading, text]) => ({
        layer, url, heading, text, head: kochu.foldText(heading).folded, fold: kochu.foldText(`${heading} ${text}`).folded,
      })),
    };
  }

  // Where a term stands in a sentence, as stretches of the base text; null if nowhere.
  function inSentence(s, term) {
    const found = [];
    const seek = (text, what, add) => {
      for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) add(at, at + what.length - 1);
    };
    seek(s.text.folded, term.folded, (a, b) => found.push([s.text.map[a], s.text.map[b] + 1]));
    const kana = (a, b) => { const from = s.kanaFold.map[a]; const to = s.kanaFold.map[b]; found.push([s.map[from][0], s.map[to][1]]); };
    if (term.kana && !found.length) seek(s.kanaFold.folded, term.folded, kana);
    if (term.roman && !found.length) seek(s.roman.text, term.roman, (a, b) => kana(s.roman.map[a], s.roman.map[b]));
    const versions = s.versions.filter((v) => v.fold.includes(term.folded));
    return found.length || versions.length ? { found, versions } : null;
  }

  function terms(query) {
    return query.trim().split(/\s+/).filter(Boolean).map((word) => {
      const { folded } = kochu.foldText(word);
      const roman = /^[a-z'-]{3,}$/.test(folded) ? kochu.looseRomaji(folded) : "";
      return { folded, kana: /^[\u3041-\u309fー]+$/.test(folded), roman };
    });
  }

  function run(query) {
    const asked = terms(query);
    const hits = { text: [], words: [], notes: [] };
    for (const s of data.sentences) {
      const each = asked.map((term) => inSentence(s, term));
      if (each.every(Boolean)) hits.text.push({ s, spans: each.flatMap((x) => x.found), versions: new Set(each.flatMap((x) => x.versions)) });
    }
    hits.words = data.words.filter((w) => asked.every((t) => w.fold.includes(t.folded) || (t.roman && w.roman.includes(t.roman))));
    hits.notes = data.notes.filter((n) => asked.every((t) => n.fold.includes(t.folded)))
      .sort((a, b) => asked.every((t) => b.head.includes(t.folded)) - asked.every((t) => a.head.includes(t.folded)));
    return { asked, hits };
  }

  // Nothing found: the sentences that share most pairs of signs with what was asked.
  function nearest(query) {
    const pairs = (text) => new Set([...text].slice(1).map((c, i) => [...text][i] + c));
    const wanted = pairs(kochu.foldText(query.replace(/\s+/g, "")).folded);
    if (!wanted.size) return [];
    const score = (text) => { const own = pairs(text); let n = 0; for (const p of wanted) n += own.has(p); return n / wanted.size; };
    return data.sentences.map((s) => ({ s, spans: [], versions: new Set(), score: Math.max(score(s.text.folded), score(s.kanaFold.folded), ...s.versions.map((v) => score(v.fold))) }))
      .filter((hit) => hit.score >= 0.5).sort((a, b) => b.score - a.score).slice(0, 5);
  }

  const el = (tag, options = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), options);
    node.append(...children);
    return node;
  };

  const marked = (text, spans, language) => el("span", language ? { lang: language } : {}, ...kochu.inLanguages(text, spans));

  const spansIn = (text, asked) => {
    const { folded, map } = kochu.foldText(text);
    const found = [];
    for (const { folded: what } of asked) {
      for (let at = folded.indexOf(what); at >= 0; at = folded.indexOf(what, at + what.length)) found.push([map[at], map[at + what.length]]);
    }
    return found;
  };

  // The words around the first hit, since a note may be long.
  function excerpt(text, asked) {
    const first = Math.min(...spansIn(text, asked).map(([start]) => start), text.length);
    const from = first === text.length ? 0 : Math.max(0, first - 60);
    const cut = text.slice(from, from + 220);
    return el("span", {}, from ? "… " : "", marked(cut, spansIn(cut, asked), ""), from + 220 < text.length ? " …" : "");
  }

  const link = (url, ...children) => el("a", { href: new URL(url, root).href }, ...children);

  function sentenceHit({ s, spans, versions }, asked) {
    const lines = [...versions].map((v) => el("p", { className: "kochu-hit-version" }, el("small", {}, `${v.label}: `),
      marked(v.text, spansIn(v.text, asked), v.language)));
    return el("li", { className: "kochu-hit" }, el("p", {}, link(s.url, s.address), " ", marked(s.base, spans, s.lang)), ...lines);
  }
  const wordHit = (w) => el("li", { className: "kochu-hit" }, el("p", {},
    el("b", { lang: "ja" }, w.lemma), " ", el("span", { lang: "ja" }, w.reading), " ", ...kochu.inLanguages(w.gloss),
    `${w.imitate ? "" : " (do not imitate)"} · in `,
    ...w.at.flatMap((x, i) => [i ? ", " : "", link(`${w.uri}#s${x.replace(".", "-")}`, x)])));
  const noteHit = (n, asked) => el("li", { className: "kochu-hit" },
    el("p", {}, el("small", {}, `${n.layer} `), link(n.url, marked(n.heading || n.url, spansIn(n.heading || n.url, asked), ""))),
    el("p", { className: "kochu-hit-version" }, excerpt(n.text, asked)));

  function group(title, hits, draw) {
    if (!hits.length) return [];
    const shown = hits.slice(0, LIMIT).map(draw);
    const more = hits.length > LIMIT ? [el("p", {}, `and ${hits.length - LIMIT} more`)] : [];
    return [el("h2", {}, `${title} (${hits.length})`), el("ul", {}, ...shown), ...more];
  }

  function draw() {
    const query = input.value;
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    try { history.replaceState(null, "", address); } catch { /* a folder may have no history */ }
    if (!data || !query.trim()) { place.replaceChildren(); return; }
    const { asked, hits } = run(query);
    const none = !hits.text.length && !hits.words.length && !hits.notes.length;
    const close = none ? nearest(query) : [];
    place.replaceChildren(
      ...(none ? [el("p", {}, `Nothing has “${query}”.`)] : []),
      ...group("Nearest sentences", close, (hit) => sentenceHit(hit, asked)),
      ...group("In the text", hits.text, (hit) => sentenceHit(hit, asked)),
      ...group("Words", hits.words, wordHit),
      ...group("Notes and pages", hits.notes, (hit) => noteHit(hit, asked)));
  }

  input.value = new URLSearchParams(location.search).get("q") || "";
  input.form.addEventListener("submit", (event) => { event.preventDefault(); draw(); });
  let timer = 0;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(draw, 120); });
  const script = document.createElement("script");
  script.src = new URL("_search/data.js", root).href;
  script.onload = draw;
  document.head.append(script);
  input.focus();
})(window.kochu);
