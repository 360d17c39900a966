// Words of several languages in one text: a screen reader needs to know which voice to
// take, a browser which face. The build says so in pages; scripts say it here.
((kochu) => {
  const JAPANESE = /[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]/;
  const RUSSIAN = /[\u0400-\u04ff]/;
  // The build sets Chinese, which no sign tells from Japanese, between these two.
  const FROM = "\ue000";
  const TO = "\ue001";

  // The pieces of a text, each in its language; `marks` are stretches to be marked as found.
  kochu.inLanguages = (text, marks = []) => {
    const found = [];
    let chinese = false;
    let last = null;
    let at = 0;
    for (const sign of text) {
      const here = at;
      at += sign.length;
      if (sign === FROM || sign === TO) { chinese = sign === FROM; continue; }
      const han = JAPANESE.test(sign) && (chinese ? "zh" : "ja");
      const language = han || (RUSSIAN.test(sign) ? "ru" : "");
      const mark = marks.some(([start, end]) => start <= here && here < end);
      if (!last || last.language !== language || last.mark !== mark) found.push(last = { language, mark, words: "" });
      last.words += sign;
    }
    return found.map(({ language, mark, words }) => {
      if (!language && !mark) return words;
      const node = document.createElement(mark ? "mark" : "span");
      if (language) node.lang = language;
      node.textContent = words;
      return node;
    });
  };
})(window.kochu ??= {});
