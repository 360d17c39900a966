// Citing: a sentence with its address, the edition in the forms that libraries read.
((kochu) => {
  const edition = JSON.parse(document.getElementById("kochu-edition").textContent);

  // The address as it was published, if the edition says where; else where it lies now.
  const link = (id) => {
    const here = location.href.split(/[?#]/)[0];
    const file = here.split("/").pop();
    return `${edition.url ? new URL(file, edition.url).href : here}#${id}`;
  };

  kochu.citation = (unit, readings = false) => {
    const sentence = kochu.sentenceOf(unit);
    const words = readings ? kochu.withReadings(sentence) : kochu.sentenceText(sentence);
    return `「${words.trim()}」 (${unit.dataset.address}, ${edition.cite}, ${link(sentence.id)})`;
  };
  kochu.copySentence = (unit, readings) => kochu.copy(
    kochu.citation(unit, readings), `${unit.dataset.address} copied with its citation`);

  kochu.actions.copy = (button) => kochu.copySentence(button.closest(".kochu-unit"), false);
  kochu.actions.cite = () => document.getElementById("kochu-cite").showModal();
  kochu.actions.copytext = (button) => kochu.copy(
    button.closest("section").querySelector("pre, blockquote").textContent.trim(), "Copied");
})(window.kochu);
