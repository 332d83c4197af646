"""The words of a language: one file in ``templates/languages`` with labels, plurals and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Literal, Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, tokenize_pattern, untokenize_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

from reporter.language.quotes import curly, nested
from reporter.problems import Problem, ReporterError, did_you_mean, stop
from reporter.records.reader import read
from reporter.theme import default_templates, language_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from reporter.dates import Point, When
    from reporter.records.reader import Plain, Source
    from reporter.theme import Theme

# A language without these keeps straight quotation marks, and texts as they are.
OPTIONAL = frozenset({"bare", "infinitive", "possessive", "quotes"})
BOTH = 2  # of so many one says "both" and not "all"
LISTS = {
    "quotes": ("double opening", "double closing", "single opening", "single closing"),
    "possessive": ("of one", "of several"),
}
"""Lists that have just these items."""
DOTTED = frozenset({"az", "tr"})  # languages whose i keeps its dot as a capital
REFERENCE = "languages/en.yaml"  # the words that every language must have
# Fields in which the days of a month differ, or the months of a year.
_CHANGING = {"day": "dDEecFgwW", "month": "MLQq", "year": ""}
# What belongs to a number before it: the sign for the day, the full stop of an ordinal.
_UNIT = re.compile(r"[^\W\d_]*\.?")
# What ends a sentence: a full stop does behind a word.
STOP = r"(?<!\.)(?:\.\.\.|(?<!\s)\.|[?!\u2026\u3002\uff01\uff1f])"
CLOSING = "\"'\u2019\u201d\u00bb\u300d"  # marks behind it, with which a quotation ends
_TWO_STOPS = re.compile(rf"({STOP}[{CLOSING}]*)\.(?![.\w/])")


# A full stop behind a word that is too long for an abbreviation, at the end of a text.
_CLAUSE = re.compile(r"[^\W\d_A-Z.]{5,}\.$")
_GOES_ON = re.compile(r"\{(\w+)\}(?=[,;:]| \()")  # a value behind which the sentence goes on


def clause(text: str) -> str:
    """Return a text that stands among others without the full stop behind its last word."""
    return text[:-1] if _CLAUSE.search(text) else text


@cache
def _goes_on(pattern: str) -> tuple[str, ...]:
    return tuple(_GOES_ON.findall(pattern))


def one_stop(text: str) -> str:
    """Return a text without a full stop behind what has an end already: ``Inc..``, ``What?.``."""
    return _TWO_STOPS.sub(r"\1", text)


class Share(int):
    """How many of some things: of several of which it is all, it is called ``all``, or ``both``."""

    out_of: int

    def __new__(cls, number: int, out_of: int) -> Self:
        """Make it of its number, and that of all."""
        made = super().__new__(cls, number)
        made.out_of = out_of
        return made

    @property
    def is_all(self) -> bool:
        """Whether it is all of several."""
        return self == self.out_of > 1


@dataclass(frozen=True)
class Language:
    """Says things in one language."""

    code: str
    words: dict[str, Plain]
    locale: Locale

    def say(self, key: str, /, n: int | None = None, **values: object) -> str:
        """Return the label ``key`` with its values filled in; ``n`` chooses among plural forms."""
        section = self.words["say"]
        assert isinstance(section, dict)  # noqa: S101 (seen to by ``language_of``)
        return self._fill(section[key], n, values)

    def of(self, section: str, word: str, /, n: int | None = None, **values: object) -> str:
        """Return the word of a list of words, such as the name of a status."""
        found = self.words[section]
        assert isinstance(found, dict)  # noqa: S101 (seen to by ``language_of``)
        return self._fill(found[word], n, values)

    def _fill(self, pattern: Plain, n: int | None, values: dict[str, object]) -> str:
        if isinstance(pattern, dict) and n is not None:
            pattern = pattern.get(self.locale.plural_form(n), pattern["other"])
        if n is not None:
            values = {"n": self.number(n), **values}
        if not values:
            return str(pattern)
        for name in _goes_on(str(pattern)):
            if isinstance(value := values.get(name), str):
                values = {**values, name: clause(value)}
        return one_stop(str(pattern).format(**values))

    def number(self, n: int) -> str:
        """Return a small number as a word, a larger one in digits."""
        if isinstance(n, Share) and n.is_all:
            return self.say("both_of_them" if n == BOTH else "all_of_them")
        numbers = self.words["numbers"]
        return str(numbers[n]) if isinstance(numbers, list) and n < len(numbers) else str(n)

    def signed(self, value: Decimal) -> str:
        """Return a number with its sign, a true minus, and as many decimal places as it has."""
        places = -int(value.as_tuple().exponent)
        pattern = f"0.{'0' * places}" if places > 0 else "0"
        shown = str(format_decimal(abs(value), format=pattern, locale=self.locale))
        sign = "\N{MINUS SIGN}" if value < 0 else "+" if value > 0 else ""
        return f"{sign}{shown}"

    def ordinal(self, n: int) -> str:
        """Return ``eighth`` for 8 and ``21st`` for 21: a word where the language has one.

        Which ending a number takes is a rule of the locale (the ordinal plurals of CLDR).
        """
        ordinals = self.words["ordinals"]
        if isinstance(ordinals, list) and 0 < n <= len(ordinals):
            return str(ordinals[n - 1])
        forms = self.words["ordinal_forms"]
        assert isinstance(forms, dict)  # noqa: S101 (seen to by ``language_of``)
        form = forms.get(str(self.locale.ordinal_form(n)), forms["other"])
        return str(form).format(n=n)

    def nth(self, n: int) -> str:
        """Return ``Eighth`` for 8: an ordinal at the beginning of a title."""
        return self.capital(self.ordinal(n))

    def capital(self, text: str) -> str:
        """Return a text with a capital at its beginning.

        A name that is written small by right and has a capital further on (eROSITA) stays as it is.
        """
        return text if _has_capitals(text) else self.upper(text[:1]) + text[1:]

    @property
    def infinitive(self) -> str:
        """What stands before a verb that follows another one; nothing where no word does."""
        return str(self.words.get("infinitive", ""))

    def verb(self, text: str, owners: int) -> str:
        """Return a verb as so many have it: two ``expressed their intention``, one its own."""
        forms = self.words.get("possessive")
        if not isinstance(forms, list):
            return text
        form = str(forms[min(max(owners, 1), len(forms)) - 1])
        return re.sub(rf"\b(?:{'|'.join(map(re.escape, map(str, forms)))})\b", form, text)

    def deed(self, text: str, verb: str = "") -> str:
        """Return what follows a verb as something to do: ``Ring again`` for ``to ring again``.

        Nothing where what follows is no such thing.
        """
        bare = self.words.get("bare")
        if isinstance(bare, list) and verb in bare:
            return self.capital(text)
        found = text.removeprefix(self.infinitive)
        return "" if found == text else self.capital(found)

    def after_verb(self, text: str) -> str:
        """Return what follows a verb: ``To ring again``, copied as a sentence, begins small."""
        is_capital = self.infinitive and text.startswith(self.capital(self.infinitive))
        return self.infinitive + text[len(self.infinitive) :] if is_capital else text

    def small(self, text: str) -> str:
        """Return a text for mid-sentence: its first letter small, unless more are capitals."""
        return text if _has_capitals(text) else self._cased(text[:1], "lower") + text[1:]

    def upper(self, text: str) -> str:
        """Return a text in capitals, as the language writes them: a Turkish i keeps its dot."""
        return self._cased(text, "upper")

    def _cased(self, text: str, case: Literal["upper", "lower"]) -> str:
        if self.locale.language in DOTTED:
            text = text.replace("i", "\u0130") if case == "upper" else text.replace("I", "\u0131")
            text = text.replace("\u0130", "i") if case == "lower" else text
        return text.upper() if case == "upper" else text.lower()

    def quoted(self, text: str) -> str:
        """Return a text with its straight quotation marks and apostrophes as the language has them.

        A language without ``quotes`` keeps straight quotation marks. Feet, inches, minutes and
        seconds of arc stay straight; the apostrophe of a decade ('90s) is one.
        """
        return curly(text, self._marks)

    def nested(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the parts of a text as they are set inside a quotation."""
        return nested(texts, self._marks)

    def in_quotation(self, text: str) -> str:
        """Return a text in quotation marks."""
        opening, closing = self.quoted('"x"').split("x")
        return f"{opening}{''.join(self.nested([text]))}{closing}"

    @property
    def _marks(self) -> tuple[str, ...]:
        marks = self.words.get("quotes")
        return tuple(map(str, marks)) if isinstance(marks, list) else ()

    def list(self, items: Iterable[str]) -> str:
        """Return ``a, b and c``."""
        return format_list(list(items), locale=self.locale)

    def either(self, items: Iterable[str]) -> str:
        """Return ``a, b or c``."""
        return format_list(list(items), style="or", locale=self.locale)

    def language(self, code: str) -> str:
        """Return ``English`` for ``en``; of a language that has no name here, its code."""
        return str(self.locale.languages.get(code.replace("-", "_"), code))

    def day(self, day: date, *, short: bool = False) -> str:
        """Return a day in words."""
        known = date(day.year, day.month, day.day)  # of nothing Babel makes today
        return format_date(known, self._pattern("day", short=short), locale=self.locale)

    def when(self, when: When, *, short: bool = False) -> str:
        """Return a date, a month, a year or a range in words."""
        if when.start is None:
            return self._pattern("up_to").format(date=self._point(when.end, short=short))
        if not when.is_range:
            return self._point(when.end, short=short)
        return self._range(when.start, when.end, short=short)

    def _range(self, start: Point, end: Point, *, short: bool) -> str:
        """Return a range. What its ends share is said once, wherever in the pattern it stands."""
        joined = self._pattern("range")
        if (
            start.precision != end.precision
            or start.year != end.year
            or (start.precision == "day" and start.month != end.month)
        ):
            return joined.format(
                first=self._point(start, short=short), last=self._point(end, short=short)
            )
        pattern = self._pattern(start.precision, short=short)
        named = self.locale.date_formats.get(pattern)  # 'long' and the like
        before, middle, after, alone = _apart(
            named.pattern if named else pattern, _CHANGING[start.precision]
        )
        if not middle:  # a pattern that does not show in what they differ
            return self._point(end, short=short)
        if alone and start.precision == "day":
            joined = "{first}\N{EN DASH}{last}"
        return (
            self._in(before, end)
            + joined.format(first=self._in(middle, start), last=self._in(middle, end))
            + self._in(after, end)
        )

    def _in(self, pattern: str, point: Point) -> str:
        return format_date(point.first, pattern, locale=self.locale) if pattern else ""

    def _point(self, point: Point, *, short: bool) -> str:
        return self._in(self._pattern(point.precision, short=short), point)

    def _pattern(self, name: str, *, short: bool = False) -> str:
        patterns = self.words["date"]
        assert isinstance(patterns, dict)  # noqa: S101 (seen to by ``language_of``)
        return str(
            patterns.get(f"{name}_short")
            if short and f"{name}_short" in patterns
            else patterns[name]
        )


def _has_capitals(text: str) -> bool:
    """Return whether the first word of a text has capitals further on, as names may have."""
    first = re.match(r"\w*", text)
    return first is not None and any(letter.isupper() for letter in first[0][1:])


@cache
def _apart(pattern: str, letters: str) -> tuple[str, str, str, bool]:
    """Split a pattern into what is before, within and after the fields of these ``letters``.

    The last value is whether there is only one such field.
    """
    tokens = tokenize_pattern(pattern)
    found = [
        index
        for index, (kind, value) in enumerate(tokens)
        if kind == "field" and value[0] in letters
    ]
    if not found:
        return pattern, "", "", False
    first, end = found[0], found[-1] + 1
    middle, after = tokens[first:end], tokens[end:]
    if after and isinstance(literal := after[0][1], str) and (unit := _UNIT.match(literal)):
        middle = [*middle, ("chars", unit[0])]
        after = [("chars", literal[unit.end() :]), *after[1:]]
    return (
        untokenize_pattern(tokens[:first]),
        untokenize_pattern(middle),
        untokenize_pattern(after),
        len(found) == 1,
    )


def language_of(theme: Theme, code: str) -> Language:
    """Return the language ``code`` of a theme. A word that it lacks is said in English.

    Raises ReporterError where there is no such language, or a word cannot be filled in.
    """
    source, words, expected = _read(theme, code)
    if problems := list(_faults(source, words, expected)):
        raise ReporterError(problems)
    whole = _completed(words, expected)
    try:
        return Language(code, whole, Locale.parse(str(whole["locale"])))
    except (UnknownLocaleError, ValueError):
        message = f"there is no locale '{whole['locale']}'"
        hint = "for example en_GB, ja_JP, fr_FR"
        raise ReporterError([source.problem(("locale",), message, hint)]) from None


def lacking(theme: Theme, code: str) -> tuple[Problem, ...]:
    """Return a warning for each word that a language lacks when held against the default one."""
    source, words, expected = _read(theme, code)
    found = _lacking(source, words, expected)
    return tuple(problem.as_warning for problem in found)


def _read(theme: Theme, code: str) -> tuple[Source, dict[str, Plain], dict[str, Plain]]:
    path, reference = theme.find(language_file(code)), default_templates() / REFERENCE
    if path is None:
        stop(None, f"there is no language '{code}'", f"add templates/{language_file(code)}")
    source = read(path)
    words, expected = source.data, source.data if path.samefile(reference) else read(reference).data
    if not isinstance(words, dict) or not isinstance(expected, dict):
        hint = "begin with 'locale:'"
        raise ReporterError([source.problem((), "a language is a mapping of words", hint)])
    return source, words, expected


def _completed(words: dict[str, Plain], expected: dict[str, Plain]) -> dict[str, Plain]:
    """Return the words of a language, those that it lacks in English."""
    found = dict(words)
    for section, wanted in expected.items():
        own = words.get(section)
        if own is None and section not in OPTIONAL:
            found[section] = wanted
        elif isinstance(own, dict) and isinstance(wanted, dict):
            missing = wanted.keys() - own.keys() - _optional(section, wanted)
            found[section] = {**own, **{word: wanted[word] for word in missing}}
    return found


def _optional(section: str, wanted: dict[str, Plain]) -> set[str]:
    """Return the words of a section that a language may leave out: short dates are then long."""
    return {word for word in wanted if section == "date" and word.endswith("_short")}


def _lacking(
    source: Source, words: dict[str, Plain], expected: dict[str, Plain]
) -> Iterator[Problem]:
    for section, wanted in expected.items():
        found = words.get(section)
        if found is None and section not in OPTIONAL:
            message = f"the section '{section}' is missing, and is printed in English"
            yield source.problem((), message, "copy it from en.yaml and translate it")
        elif isinstance(wanted, dict) and isinstance(found, dict):
            for word in sorted(wanted.keys() - found.keys() - _optional(section, wanted)):
                message = f"the word '{word}' is missing, and is printed in English"
                hint = did_you_mean(word, found.keys() - wanted.keys())
                yield source.problem((section,), message, hint or "add it")


def _faults(
    source: Source, words: dict[str, Plain], expected: dict[str, Plain]
) -> Iterator[Problem]:
    """Yield where a language says something that cannot be filled in."""
    for section, wanted in expected.items():
        found = words.get(section)
        if found is not None and type(found) is not type(wanted):
            kinds: dict[type, str] = {dict: "a mapping", list: "a list"}
            kind = kinds.get(type(wanted), "a text")
            message = f"the section '{section}' must be {kind}"
            yield source.problem((section,), message, "copy it from en.yaml and translate it")
        elif isinstance(wanted, dict) and isinstance(found, dict):
            for word in wanted.keys() & found.keys():
                if fault := _fault(found[word], wanted[word]) or (
                    section == "date" and _date_fault(found[word])
                ):
                    yield source.problem((section, word), f"the word '{word}' {fault[0]}", fault[1])
        elif isinstance(found, list) and len(found) != len(LISTS.get(section, found)):
            message = f"'{section}' must have {len(LISTS[section])} items"
            yield source.problem((section,), message, ", ".join(LISTS[section]))


def _fault(found: Plain, wanted: Plain) -> tuple[str, str] | None:
    """Return what is wrong with a word and what to do, if anything is."""
    allowed = (_placeholders(wanted) or set()) | ({"n"} if isinstance(wanted, dict) else set())
    if isinstance(found, dict) and "n" not in allowed:
        return "has several forms, and no number chooses among them", "write one text"
    if isinstance(found, dict) and "other" not in found:
        return "has no form 'other'", "it is the one for all other numbers"
    used = _placeholders(found)
    if used is None:
        return (
            "has a brace that is not closed, or a form that is no text",
            "write a value in braces: {date}",
        )
    if strange := sorted(used - allowed):
        hint = (
            f"it may use {', '.join(f'{{{name}}}' for name in sorted(allowed))}"
            if allowed
            else "it has no values to be filled in"
        )
        return f"uses '{{{strange[0]}}}'", hint
    return None


def _date_fault(pattern: Plain) -> tuple[str, str] | None:
    if not _placeholders(pattern):
        try:
            format_date(date(2000, 1, 1), str(pattern))
        except (AttributeError, ValueError):
            return (
                "is not a pattern of a date",
                "for example 'd MMMM y'; put other letters between single quotation marks",
            )
    return None


def _placeholders(word: Plain) -> set[str] | None:
    """Return what stands in braces in a text or in a plural's forms; None if that is unclear."""
    texts = list(word.values()) if isinstance(word, dict) else [word]
    found: set[str] = set()
    for text in texts:
        if not isinstance(text, str):
            return None
        try:
            parts = [
                (name, spec, conversion)
                for _, name, spec, conversion in Formatter().parse(text)
                if name is not None
            ]
        except ValueError:
            return None
        found |= {
            name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            for name, spec, conversion in parts
        }
    return found


def joining_words(language: str) -> frozenset[str]:
    """Return the words that join the items of a list in a language: 'and' in English."""
    try:
        patterns = Locale.parse(language, sep="-").list_patterns["standard"]
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(
        word.casefold()
        for pattern in patterns.values()
        for word in re.findall(r"[^\W\d_]+", pattern)
    )


def region_tag(code: str) -> str:
    """Return the tag of a language with the region it is most likely of: ``ja-JP`` for ``ja``."""
    key = code.replace("-", "_")
    language, *others = str(get_global("likely_subtags").get(key, key)).split("_")
    region = [one for one in others if len(one) == 2 or one.isdecimal()]  # noqa: PLR2004 (letters)
    return "-".join([language, *region[-1:]])
