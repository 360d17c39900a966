// Exercises: keep answers, save and restore them, check practice. The page works
// without this script as a printed sheet does; nothing here sends anything anywhere.

const KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc";
const DASH = new RegExp(`(?<=[${KANA}])[\\u002d\\u2010-\\u2015\\u2212\\u2500\\u301c~](?=[${KANA}]|$)`, "gu");
const DROPPED = /[\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}\p{Pc}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}]/u;
const KEPT = "%&@#*/";

// The same rules as kochu/exercises/normalize.py, where the reasons stand.
function normalize(answer, kana) {
  let text = answer.replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, "").normalize("NFKC").toLowerCase();
  text = text.replace(DASH, "ー").replace(/(.)\u3005/gu, "$1$1");
  text = text.replace(/(.)([\u309d\u309e\u30fd\u30fe])/gu, (_, first, mark) => {
    const plain = [...first.normalize("NFD")][0];
    return first + (plain + ("\u309e\u30fe".includes(mark) ? "\u3099" : "")).normalize("NFC");
  });
  text = text.replace(/(?<=\p{Nd})\.(?=\p{Nd})/gu, "#.#");
  text = [...text].filter((c) => KEPT.includes(c) || !DROPPED.test(c)).join("");
  if (kana) text = text.replace(/[\u3041-\u3096]/gu, (c) => String.fromCodePoint(c.codePointAt(0) + 0x60));
  return text;
}

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
const sha = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

async function stretch(answer, salt, rounds) {
  const code = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", code.encode(answer), "PBKDF2", false, ["deriveBits"]);
  const options = { name: "PBKDF2", hash: "SHA-256", salt: code.encode(salt), iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(options, key, 256));
}

async function open(key, data) {
  const plain = new Uint8Array(data.length);
  for (let block = 0; block * 32 < data.length; block++) {
    const stream = await sha(join(key, Uint8Array.of(0, 0, block >> 8, block & 255)));
    for (let i = 0; i < 32 && block * 32 + i < data.length; i++) {
      plain[block * 32 + i] = data[block * 32 + i] ^ stream[i];
    }
  }
  return new TextDecoder().decode(plain);
}

async function recognise(sealed, answer) {
  const stretched = await stretch(answer, sealed.salt, sealed.rounds);
  const row = sealed.rows.find(([mark]) => mark === hex(stretched.slice(0, 12)));
  return row ? JSON.parse(await open(await sha(stretched), unhex(row[1]))) : null;
}

// -- answers -------------------------------------------------------------------------

const make = (tag, options = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), options);
  node.append(...children);
  return node;
};

// The controls of an exercise, by question.
function controls(exercise) {
  const found = new Map();
  for (const control of exercise.querySelectorAll("input[name], select[name], textarea[name]")) {
    const question = control.name.split("/").pop();
    found.set(question, [...(found.get(question) || []), control]);
  }
  return found;
}

function read(group) {
  const [first] = group;
  if (first.type === "radio") return group.find((c) => c.checked)?.value ?? null;
  if (first.type === "checkbox") {
    const marked = group.filter((c) => c.checked).map((c) => c.value);
    return marked.length ? marked : null;
  }
  if (first.dataset.value) {
    const placed = group.filter((c) => c.value).sort((a, b) => a.value - b.value);
    const distinct = new Set(placed.map((c) => c.value)).size;
    return distinct === group.length ? placed.map((c) => c.dataset.value) : null;
  }
  return first.value.trim() ? first.value : null;
}

function write(group, answer) {
  const [first] = group;
  const list = Array.isArray(answer) ? answer : [answer];
  if (first.type === "radio" || first.type === "checkbox") {
    for (const control of group) control.checked = list.includes(control.value);
  } else if (first.dataset.value) {
    for (const control of group) {
      const place = list.indexOf(control.dataset.value);
      control.value = place < 0 ? "" : String(place + 1);
    }
  } else {
    first.value = typeof answer === "string" ? answer : "";
  }
}

function gather(exercises) {
  const answers = {};
  for (const exercise of exercises) {
    const given = {};
    for (const [question, group] of controls(exercise)) {
      const answer = read(group);
      if (answer !== null) given[question] = answer;
    }
    if (Object.keys(given).length) answers[exercise.dataset.exercise] = given;
  }
  return answers;
}

function spread(exercises, answers) {
  for (const exercise of exercises) {
    const given = answers[exercise.dataset.exercise] || {};
    for (const [question, group] of controls(exercise)) write(group, given[question] ?? "");
  }
}

// -- checking ------------------------------------------------------------------------

// Cleared first and set a moment later, so that the same message is read out again.
function say(node, text) {
  node.textContent = "";
  setTimeout(() => { node.textContent = text; }, 30);
}

async function checkQuestion(sealed, group) {
  const answer = read(group);
  if (answer === null) return { share: null, why: [], door: null };
  if (Array.isArray(answer)) {
    const many = group[0].type === "checkbox";
    const found = await recognise(sealed, (many ? [...answer].sort() : answer).join(" "));
    if (found || !many) return found || { share: 0, why: [] };
    const wrong = await Promise.all(answer.map((value) => recognise(sealed, `!${value}`)));
    return { share: 0, why: wrong.flatMap((one) => (one ? one.why : [])) };
  }
  const typed = group[0].type === "text";
  const found = await recognise(sealed, typed ? normalize(answer, sealed.kana) : answer);
  return found || { share: typed && sealed.open ? -1 : 0, why: [] };
}

const VERDICTS = { 1: "✓ Right.", 0.5: "½ Half right.", 0: "✗ Not yet.", "-1": "? Not on the list.", null: "– Not answered." };

async function check(exercise, sealed, status) {
  let right = 0;
  let asked = 0;
  const doors = [];
  for (const old of exercise.querySelectorAll(".kx-feedback")) old.remove();
  for (const [question, group] of controls(exercise)) {
    if (!sealed.questions[question]) continue;
    asked += 1;
    const result = await checkQuestion(sealed.questions[question], group);
    if (result.share === 1) right += 1;
    if (result.door) doors.push(unhex(result.door));
    const last = group[group.length - 1];
    const place = last.closest(".kx-options, .kx-chunks, .kx-answer, .kx-stimulus") || last;
    // Gaps stand in running text, so their verdicts below it must say which one they mean.
    const which = place.classList.contains("kx-stimulus") ? `${last.getAttribute("aria-label")}: ` : "";
    const verdict = make("strong", { textContent: which + VERDICTS[result.share] });
    const box = make("div", { className: `kx-feedback kx-share-${String(result.share).replace(".", "")}` }, verdict);
    for (const why of result.why) box.append(make("div", { innerHTML: why }));
    if (result.share === -1) {
      box.append(make("div", { textContent: "Another wording may be right too; compare, or ask your teacher." }));
    }
    const earlier = place.nextElementSibling?.classList.contains("kx-feedback");
    if (earlier && place.classList.contains("kx-stimulus")) {
      let tail = place.nextElementSibling;
      while (tail.nextElementSibling?.classList.contains("kx-feedback")) tail = tail.nextElementSibling;
      tail.after(box);
    } else {
      place.after(box);
    }
  }
  if (asked && doors.length === asked && sealed.feedback) {
    const html = await open(await sha(join(...doors)), unhex(sealed.feedback));
    const whole = make("div", { className: "kx-feedback kx-whole", innerHTML: html });
    status.after(whole);
  }
  const rest = right === asked ? "" : " Change what is not right yet and check again; the hints may help.";
  say(status, `${right} of ${asked} right.${rest}`);
}

function addCheck(exercise) {
  const data = exercise.querySelector("script.kx-seal");
  if (!data) return;
  const sealed = JSON.parse(data.textContent);
  if (!Object.keys(sealed.questions).length) return;
  const status = make("p", { className: "kx-status" });
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  const button = make("button", { type: "button", textContent: "Check", className: "kx-check" });
  const title = exercise.querySelector("h1, h2, h3, h4")?.firstChild?.textContent || "";
  button.setAttribute("aria-label", `Check: ${title}`);
  if (!globalThis.crypto?.subtle) {
    button.disabled = true;
    status.textContent = "This browser cannot check answers on a page opened this way; hand them in instead.";
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await check(exercise, sealed, status);
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
  data.before(button, status);
}

// -- a set: keep, save, restore, clear -----------------------------------------------

const HONEST =
  "Practice answers are scrambled in this page, so that nobody reads them by accident. That stops no one who wants " +
  "them: a choice falls to trying, a short answer to a word list, in seconds. What counts for a mark is checked by your teacher.";
const KEPT_HERE =
  "Your answers stay in this browser until you clear them; on a shared computer, save them and clear. " +
  "Instead of your name you may give the number your teacher gave you.";

function setUp(head) {
  const name = head.dataset.set;
  const exercises = [...document.querySelectorAll(`.kx-exercise[data-set="${name}"]`)];
  const place = `kochu-answers:${location.pathname}:${name}`;
  const status = make("p", { className: "kx-status" });
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  const who = make("input", { type: "text", id: `kx-name-${name}`, maxLength: 80, autocomplete: "off" });
  const count = make("span", { className: "kx-count" });

  const state = () => ({ name: who.value, answers: gather(exercises) });
  const answered = () => {
    const done = Object.keys(gather(exercises)).length;
    count.textContent = `${done} of ${exercises.length} begun`;
  };
  const keep = () => {
    answered();
    try {
      localStorage.setItem(place, JSON.stringify(state()));
    } catch {
      say(status, "This browser keeps nothing for this page; save your answers before you leave.");
    }
  };
  const take = (found) => {
    who.value = typeof found.name === "string" ? found.name : "";
    spread(exercises, found.answers && typeof found.answers === "object" ? found.answers : {});
    answered();
  };

  const save = make("button", { type: "button", textContent: "Save answers" });
  save.addEventListener("click", () => {
    const saved = { format: "kochu-answers/1", set: name, ...state() };
    const blob = new Blob([JSON.stringify(saved, null, 1)], { type: "application/json" });
    const safe = who.value.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 40) || "answers";
    const link = make("a", { href: URL.createObjectURL(blob), download: `${name}-${safe}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    const bad = exercises.filter((e) => [...controls(e).values()].some((g) => g[0].dataset.value && g.some((c) => c.value) && !read(g)));
    say(status, bad.length ? "Saved; but an order has a number missing or twice, so it is not in the file." : "Saved. Hand this file in.");
  });

  const file = make("input", { type: "file", accept: ".json,application/json", id: `kx-file-${name}` });
  file.addEventListener("change", async () => {
    try {
      const found = JSON.parse(await file.files[0].text());
      if (found.format !== "kochu-answers/1") throw new Error("format");
      take(found);
      keep();
      say(status, found.set === name ? "Restored." : `Restored what fits; the file is of the set “${found.set}”.`);
    } catch {
      say(status, "This is no file of answers; choose one that you saved here.");
    }
    file.value = "";
  });

  const clear = make("button", { type: "button", textContent: "Clear" });
  clear.addEventListener("click", () => {
    if (!confirm("Remove your answers from this page and this browser?")) return;
    take({});
    try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
    for (const old of document.querySelectorAll(`.kx-exercise[data-set="${name}"] .kx-feedback`)) old.remove();
    say(status, "Cleared.");
  });

  const practice = exercises.some((e) => e.querySelector("script.kx-seal"));
  head.append(
    make("p", { className: "kx-note", textContent: (practice ? HONEST + " " : "") + KEPT_HERE }),
    make("div", { className: "kx-tools" },
      make("label", { htmlFor: who.id, textContent: "Name or number " }), who, save,
      make("label", { htmlFor: file.id, textContent: "Restore from a file ", className: "kx-file" }, file), clear, count),
    status,
  );
  head.setAttribute("role", "region");
  head.setAttribute("aria-label", "Your answers");
  try {
    take(JSON.parse(localStorage.getItem(place) || "{}"));
  } catch {
    take({});
  }
  for (const exercise of exercises) {
    exercise.addEventListener("input", keep);
    exercise.addEventListener("change", keep);
    addCheck(exercise);
  }
  who.addEventListener("input", keep);
}

if (typeof document !== "undefined") {
  for (const head of document.querySelectorAll('.kx-set[data-part="head"]')) setUp(head);
}
// For the tests, which run these rules beside Python's.
if (typeof module !== "undefined") module.exports = { normalize, recognise, open, sha, unhex, join };
