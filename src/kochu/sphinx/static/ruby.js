// Readings. In the file they are text between the words, right without any script; but
// text there breaks find, copying and links to words, and is heard as a second word.
// From here on the style sheet shows them, and a screen reader has them as descriptions.
((kochu) => {
  kochu.readings = (root) => {
    for (const rt of root.querySelectorAll("ruby > rt:not([data-rt])")) {
      const reading = rt.textContent;
      rt.dataset.rt = reading;
      rt.textContent = "";
      rt.parentElement.setAttribute("aria-description", reading);
    }
    for (const rp of root.querySelectorAll("ruby > rp")) rp.remove();
  };
  kochu.readings(document);
})(window.kochu ??= {});
