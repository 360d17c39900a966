// Without this script every note is open and every link works. With it, notes fold
// away until they are asked for, so that the text can be read as a text.

const folded = () => document.querySelectorAll("details.kochu-notes");

function reveal(id) {
  const target = id && document.getElementById(decodeURIComponent(id));
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  target.scrollIntoView({ block: "nearest" });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const box of folded()) box.open = false;
  reveal(location.hash.slice(1));
});
window.addEventListener("hashchange", () => reveal(location.hash.slice(1)));
window.addEventListener("beforeprint", () => {
  for (const box of folded()) box.open = true;
});
