// What scrolls sideways, a wide table or a long line of code, can be reached by keyboard.
(() => {
  const mark = () => {
    for (const box of document.querySelectorAll("article :is(pre, .table-wrapper)")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      if (scrolls && !box.hasAttribute("tabindex")) box.tabIndex = 0;
      else if (!scrolls && !box.matches("dialog *")) box.removeAttribute("tabindex");
    }
  };
  let waiting = 0;
  addEventListener("resize", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(mark); });
  mark();
})();
