"""Characters that look like others or are invisible: nobody sees what is wrong with the word."""

from __future__ import annotations

import unicodedata

# Letters of other alphabets that are drawn like Latin ones, and those.
_LETTERS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u0475"
    "\u043a\u043c\u0442\u043d\u0432\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e"
    "\u0420\u0405\u0422\u0425\u0423\u03b1\u03bf\u03bd\u03c1\u03b9\u03ba\u03c5\u03c4\u03b5\u03c7"
    "\u03b3\u03b7\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
    "\u03a7\u0251\u0261\u0131\u0585\u0578\u057d\u0570\u2044\u2215\u2236\ua789\u02d0\u2212",
    "aeopcyxijshdqwvkmthbABCEHIJKMOPSTXYaovpikutexynABEZHIKMNOPTYXagionuh//:::-",
)
_OPEN_OR_CLOSE = {"Pi", "Pf"}
QUOTES = "\"'"


def straight(text: str) -> str:
    """Return ``text`` as it looks, in the characters of a keyboard where there are such."""
    return text if text.isascii() else "".join(map(_straight, text))


def _straight(char: str) -> str:
    if char.isascii():
        return char
    category, alike = unicodedata.category(char), char.translate(_LETTERS)
    if alike != char or category == "Pd":
        return alike if alike != char else "-"
    if category in {"Zs", "Cf", "Mn"}:
        return " " if category == "Zs" else ""
    if category in _OPEN_OR_CLOSE or char in "\u201a\u201e":
        return "'" if char in "\u2018\u2019\u201a\u201b\u2039\u203a" else '"'
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    return "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii()) or char


def way_out(text: str) -> str:
    """Return which character of ``text`` is not what it seems, and what to write; else ''."""
    plain = straight(text)
    if plain == text:
        return ""
    char = next(char for char in text if straight(char) != char)
    return f"it has {named(char)}: write '{plain.strip(QUOTES) if plain[:1] in QUOTES else plain}'"


def named(char: str) -> str:
    """Return a character with its code and its name; without itself where it does not show."""
    name = f"U+{ord(char):04X}, {unicodedata.name(char, 'without a name').casefold()}"
    shows = char.isprintable() and unicodedata.category(char) != "Mn"
    return f"'{char}' ({name})" if shows else f"a character that does not show ({name})"
