// kana
