// Long lists: choose rows by verdict and the like, and by words they hold.
(() => {
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  for (const form of document.querySelectorAll(".kochu-choose")) {
    // What opens below a row goes with it.
    const rows = [];
    for (const row of form.nextElementSibling.querySelectorAll("tbody tr")) {
      if (row.matches(".kochu-more")) rows.at(-1).push(row);
      else rows.push([row]);
    }
    const texts = rows.map((parts) => plain(parts.map((row) => row.textContent).join(" ")));
    const told = form.querySelector("output");

    const choose = () => {
      const values = [...new FormData(form)];
      const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
      const marks = values.filter(([name, value]) => name !== "words" && value).map(([name, value]) => `is-${name}-${value}`);
      let shown = 0;
      rows.forEach((parts, i) => {
        const fits = marks.every((mark) => parts[0].classList.contains(mark)) && words.every((word) => texts[i].includes(word));
        for (const row of parts) row.hidden = !fits;
        shown += fits;
      });
      told.textContent = shown === rows.length ? `${shown} entries` : `${shown} of ${rows.length}`;
    };

    form.addEventListener("input", choose);
    form.addEventListener("reset", () => setTimeout(choose));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    // A browser that comes back to the page may have kept what was chosen.
    choose();
    addEventListener("pageshow", choose);
  }
})();
