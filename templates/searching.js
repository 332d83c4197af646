  const MOST = 3; // lines that say why a report was found
  const words = JSON.parse(document.getElementById("search-words").textContent);
  const form = document.getElementById("search");
  const box = document.getElementById("search-box");

  // Letters that no decomposition takes apart.
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n" };
  const INVISIBLE = /[\u00ad\u034f\u061c\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;
  const JOINED = /[.'\u02bb\u02bc\u2018\u2019]/g;

  // The same text for "U.N." and "un", "Kyūshū" and "kyushu", full-width and half-width letters; words with a space before each.
  const plain = (text) => text.replace(INVISIBLE, "").normalize("NFKD").toLowerCase().replace(MARKS, "").normalize("NFC");
  const letters = (text) => plain(text).replace(/[ßæœøłđðþħıŋ]/g, (letter) => LETTERS[letter]).replace(JOINED, "");
  const spaced = (text) => ` ${text.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim()}`;
  // "co-operation" is two words, and also the one that others write.
  const HYPHENED = /[\p{L}\p{M}]+(?:\p{Pd}[\p{L}\p{M}]+)+/gu;
  const joined = (text) => (text.match(HYPHENED) || []).map((word) => ` ${word.replace(/\p{Pd}/gu, "")}`);
  const folded = (text) => [spaced(letters(text)), ...joined(letters(text))].join("");

  // A word is found by its beginning; in a script without spaces between words, anywhere.
  const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const each = (text) => spaced(text).split(" ").filter(Boolean).map((word) => (unspaced.test(word) ? word : ` ${word}`));
  // Each word asked for comes with all ways in which it may be written, each a list of words.
  const ways = (text) => (joined(text).length ? [[each(text), joined(text)]] : each(text).map((word) => [[word]]));
  const asking = (text) => letters(text).split(/\s+/u).flatMap(ways);
  const has = (text, word) => word.some((way) => way.every((part) => text.includes(part)));

  // How many of the words asked for stand in a line.
  const score = (line, asked) => asked.filter((word) => has(line.folded, word)).length;

  // Searches with each letter; Enter leads to the first hit, Escape clears the box.
  const listen = (search, first) => {
    form.hidden = false;
    box.addEventListener("input", search);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        box.value = "";
        search();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      first()?.focus();
    });
    search();
  };
