// Kana into rōmaji and all spellings into one, so that つ and ツ, Ōsaka and osaka meet.
((kochu) => {
  const TABLE = {
    きゃ: "kya", きゅ: "kyu", きょ: "kyo", しゃ: "sha", しゅ: "shu", しょ: "sho", ちゃ: "cha", ちゅ: "chu", ちょ: "cho",
    にゃ: "nya", にゅ: "nyu", にょ: "nyo", ひゃ: "hya", ひゅ: "hyu", ひょ: "hyo", みゃ: "mya", みゅ: "myu", みょ: "myo",
    りゃ: "rya", りゅ: "ryu", りょ: "ryo", ぎゃ: "gya", ぎゅ: "gyu", ぎょ: "gyo", じゃ: "ja", じゅ: "ju", じょ: "jo",
    びゃ: "bya", びゅ: "byu", びょ: "byo", ぴゃ: "pya", ぴゅ: "pyu", ぴょ: "pyo", ふぁ: "fa", ふぃ: "fi", ふぇ: "fe",
    ふぉ: "fo", てぃ: "ti", でぃ: "di", とぅ: "tu", どぅ: "du", うぃ: "wi", うぇ: "we", うぉ: "wo", ゔぁ: "va", ゔぃ: "vi",
    ゔぇ: "ve", ゔぉ: "vo", しぇ: "she", じぇ: "je", ちぇ: "che", つぁ: "tsa",
  };
  const ROWS = {
    "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも",
    r: "らりるれろ", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ",
  };
  for (const [head, row] of Object.entries(ROWS)) [...row].forEach((kana, i) => { TABLE[kana] = head + "aiueo"[i]; });
  Object.assign(TABLE, {
    や: "ya", ゆ: "yu", よ: "yo", わ: "wa", を: "o", ん: "n", し: "shi", ち: "chi", つ: "tsu", ふ: "fu", じ: "ji", ぢ: "ji",
    づ: "zu", ゔ: "vu", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o", ゃ: "ya", ゅ: "yu", ょ: "yo",
  });

  const hiragana = (char) => (char >= "ァ" && char <= "ヶ" ? String.fromCharCode(char.charCodeAt(0) - 96) : char);

  // Fold a text sign by sign; `map` says which sign of the original each came from.
  kochu.foldText = (text) => {
    let folded = "";
    const map = [];
    let at = 0;
    for (const sign of text) {
      if (sign === "\ue000" || sign === "\ue001") { at += 1; continue; }
      const plain = [...sign.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")]
        .map(hiragana).join("").replace(/[’'ʼ]/g, "'");
      for (let i = 0; i < plain.length; i += 1) map.push(at);
      folded += plain;
      at += sign.length;
    }
    map.push(at);
    return { folded, map };
  };

  // Rōmaji without long vowels or double consonants, which everybody spells otherwise.
  const loose = (pieces) => {
    let text = "";
    const map = [];
    for (const [letters, from] of pieces) {
      for (const letter of letters) {
        const last = text[text.length - 1];
        const long = (letter === last && /[a-z]/.test(letter)) || (letter === "u" && last === "o") || letter === "-" || letter === "'";
        if (long) continue;
        text += letter;
        map.push(from);
      }
    }
    // Shimbun is shinbun.
    return { text: text.replace(/m(?=[bmp])/g, "n"), map };
  };

  kochu.romaji = (folded) => {
    const pieces = [];
    for (let i = 0; i < folded.length;) {
      const two = folded.slice(i, i + 2);
      if (TABLE[two]) { pieces.push([TABLE[two], i]); i += 2; continue; }
      const one = folded[i];
      if (one === "っ") { const next = TABLE[folded.slice(i + 1, i + 3)] || TABLE[folded[i + 1]] || ""; pieces.push([next[0] || "", i]); }
      else pieces.push([TABLE[one] || (one === "ー" ? "-" : one), i]);
      i += 1;
    }
    return loose(pieces);
  };
  kochu.looseRomaji = (query) => loose([...query].map((letter, i) => [letter, i])).text;
})(window.kochu ??= {});
