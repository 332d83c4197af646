"""Tests of a language's words: labels, plurals, dates, and what an incomplete language gets."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import VALID, page_of

from reporter.choice import Choice
from reporter.dates import When
from reporter.language import Language, lacking, language_of
from reporter.problems import ReporterError
from reporter.records.check import check
from reporter.records.project import load
from reporter.reports.headings import title
from reporter.reports.plan import plan
from reporter.reports.views import Heading
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from pathlib import Path

DAY = When.parse("2025-06-30").last
DEFAULT = Theme((default_templates(),))
ENGLISH = language_of(DEFAULT, "en")
TEXT = (default_templates() / "languages" / "en.yaml").read_text(encoding="utf-8")
# this loader makes texts, lists and mappings only
WORDS: dict[str, Any] = yaml.load(TEXT, yaml.BaseLoader)  # noqa: S506


def theme_with(folder: Path, words: dict[str, Any], code: str = "xx") -> Theme:
    """Return the theme of a project that has a language of its own."""
    path = folder / "templates" / "languages" / f"{code}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(words, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Theme.of(folder)


def changed(section: str, **words: object) -> dict[str, Any]:
    """Return the words of English, some of a section replaced."""
    return {**WORDS, section: {**WORDS[section], **words}}


def without(section: str, word: str) -> dict[str, Any]:
    """Return the words of English without one of them."""
    return {**WORDS, section: {key: value for key, value in WORDS[section].items() if key != word}}


def language(folder: Path, words: dict[str, Any]) -> Language:
    """Return a language of a project's own."""
    return language_of(theme_with(folder, words), "xx")


def problem_of(folder: Path, words: dict[str, Any]) -> str:
    """Return the only problem of a language, as it is printed."""
    with pytest.raises(ReporterError) as caught:
        language(folder, words)
    (problem,) = caught.value.problems
    return problem.render(folder)


@pytest.mark.parametrize(
    ("written", "long", "short"),
    [
        ("2023-03-24", "24 March 2023", "24 Mar 2023"),
        ("2023-03", "March 2023", "Mar 2023"),
        ("2023", "2023", "2023"),
        # a range has an en dash
        ("2024-08-26/2024-08-27", "26–27 August 2024", "26–27 Aug 2024"),  # noqa: RUF001
        (
            "2024-08-30/2024-09-02",
            "30 August 2024 to 2 September 2024",
            "30 Aug 2024 to 2 Sept 2024",
        ),
        ("2024-03/2024-05", "March to May 2024", "Mar to May 2024"),
        ("2023-12/2024-02", "December 2023 to February 2024", "Dec 2023 to Feb 2024"),
        ("2023/2025", "2023 to 2025", "2023 to 2025"),
        ("../2024-12-12", "by 12 December 2024", "by 12 Dec 2024"),
    ],
)
def test_dates_in_words(written: str, long: str, short: str) -> None:
    """A date says no more than its record: a day, a month, a year, a range or an end."""
    when = When.parse(written)
    assert (ENGLISH.when(when), ENGLISH.when(when, short=True)) == (long, short)


def test_numbers_in_words() -> None:
    """Small numbers are words, larger ones digits; so are ordinals."""
    assert [ENGLISH.number(n) for n in (0, 1, 12, 13, 100)] == ["no", "one", "twelve", "13", "100"]
    assert [ENGLISH.nth(n) for n in (1, 20, 21)] == ["First", "Twentieth", "21st"]
    numbers = (8, 22, 23, 24, 79, 101, 111, 112, 113, 9999)
    assert " ".join(map(ENGLISH.ordinal, numbers)) == (
        "eighth 22nd 23rd 24th 79th 101st 111th 112th 113th 9999th"
    )


def test_lists() -> None:
    """One, two or more things are joined as the language does it."""
    assert [ENGLISH.list("abc"[:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("ja", "Japanese"),
        ("zh-Hant", "Traditional Chinese"),
        ("qaa", "qaa"),
        ("x-y", "x-y"),
    ],
)
def test_names_of_languages(code: str, name: str) -> None:
    """A language has its name; one that nobody has named, its code."""
    assert ENGLISH.language(code) == name


def test_plurals() -> None:
    """The number chooses the form, by the rules of the locale."""
    assert ENGLISH.of("stand", "met", n=1) == "one is met"
    assert ENGLISH.of("stand", "met", n=2) == "two are met"
    assert ENGLISH.say("months_later", n=1) == "one month later"
    assert ENGLISH.say("months_later", n=17) == "17 months later"


def test_a_verb_goes_with_the_number_of_those_who_say_it(tmp_path: Path) -> None:
    """Whatever the record has; a language without these words keeps it."""
    for verb in ("expressed its intention", "expressed their intention"):
        assert ENGLISH.verb(verb, 1) == "expressed its intention"
        assert ENGLISH.verb(verb, 3) == "expressed their intention"
    assert ENGLISH.verb("emitsitself", 2) == "emitsitself"
    plain = language(tmp_path, {key: word for key, word in WORDS.items() if key != "possessive"})
    assert plain.verb("expressed its intention", 2) == "expressed its intention"
    assert "must have 2 items" in problem_of(tmp_path, {**WORDS, "possessive": ["its"]})


def test_a_sentence_has_one_end() -> None:
    """A name with a full stop, or a title that asks, brings its own."""
    words = ENGLISH
    assert words.say("no_news_of", list="open it at 5 p.m.").endswith("open it at 5 p.m.")
    assert words.say("no_news_of", list="say \u201cWho?\u201d").endswith("\u201cWho?\u201d")
    assert words.say("no_news_of", list="wait...").endswith("wait...")


def test_plurals_of_another_locale(tmp_path: Path) -> None:
    """A language with more than two forms, or only one, has its own."""
    forms = {"one": "{n} měsíc", "few": "{n} měsíce", "other": "{n} měsíců"}
    czech = language(
        tmp_path, {**changed("say", months_later=forms), "locale": "cs_CZ", "numbers": ["0"]}
    )
    assert [czech.say("months_later", n=n) for n in (1, 3, 5)] == [
        "1 měsíc",
        "3 měsíce",
        "5 měsíců",
    ]
    japanese = language(
        tmp_path,
        {
            **changed("say", months_later={"other": "{n}か月後"}),
            "locale": "ja_JP",
            "numbers": ["0"],
        },
    )
    assert japanese.say("months_later", n=1) == "1か月後"


def test_dates_of_another_locale(tmp_path: Path) -> None:
    """Month names come from the locale, their order from the patterns."""
    french = language(tmp_path, {**WORDS, "locale": "fr_FR"})
    assert french.when(When.parse("2023-08-24")) == "24 août 2023"
    japanese = language(
        tmp_path, {**changed("date", day="y年M月d日", month="y年M月"), "locale": "ja_JP"}
    )
    assert japanese.day(DAY) == "2025年6月30日"


@pytest.mark.parametrize(
    ("locale", "day", "written", "shown"),
    [
        ("en_US", "MMMM d, y", "2024-08-26/2024-08-27", "August 26–27, 2024"),  # noqa: RUF001
        ("en_US", "MMMM d, y", "2024-08-30/2024-09-02", "August 30, 2024 to September 2, 2024"),
        ("en_US", "y, d MMMM", "2024-08-26/2024-08-27", "2024, 26–27 August"),  # noqa: RUF001
        ("en_GB", "EEE d MMM y", "2024-08-26/2024-08-27", "Mon 26 to Tue 27 Aug 2024"),
        ("en_US", "long", "2024-08-26/2024-08-27", "August 26–27, 2024"),  # noqa: RUF001
        ("en_GB", "MMMM y", "2024-08-26/2024-08-27", "August 2024"),
        ("de_DE", "d. MMMM y", "2024-08-26/2024-08-27", "26.–27. August 2024"),  # noqa: RUF001
        (
            "es_ES",
            "d 'de' MMMM 'de' y",
            "2024-08-26/2024-08-27",
            "26–27 de agosto de 2024",  # noqa: RUF001
        ),
        ("ja_JP", "y年M月d日", "2024-08-26/2024-08-27", "2024年8月26日–27日"),  # noqa: RUF001
    ],
)
def test_ranges_of_days_in_other_patterns(
    locale: str, day: str, written: str, shown: str, tmp_path: Path
) -> None:
    """What the two days share is said once, wherever the day stands in the pattern."""
    assert (
        language(tmp_path, {**changed("date", day=day), "locale": locale}).when(When.parse(written))
        == shown
    )


@pytest.mark.parametrize(
    ("locale", "month", "shown"),
    [
        ("en_US", "y MMMM", "2024 March to May"),
        ("ja_JP", "y年M月", "2024年3月 to 5月"),
        ("en_GB", "y", "2024"),
    ],
)
def test_ranges_of_months_in_other_patterns(
    locale: str, month: str, shown: str, tmp_path: Path
) -> None:
    """The same for months of one year."""
    assert (
        language(tmp_path, {**changed("date", month=month), "locale": locale}).when(
            When.parse("2024-03/2024-05")
        )
        == shown
    )


def test_a_language_is_one_file(project: Path) -> None:
    """A project that adds a file and names it in its settings gets a page in that language."""
    theme_with(
        project,
        {
            **changed("say", bottom_line="Le fond", no_change="Rien depuis {date}"),
            "locale": "fr_FR",
        },
        "fr",
    )
    settings = project / "data" / "project.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("language: en", "language: fr"),
        encoding="utf-8",
    )
    page = page_of(project, 1, DAY)
    assert '<html lang="fr">' in page
    assert "Le fond</h2>" in page
    assert "10 mai 2023" in page


def test_default_language_is_complete() -> None:
    """English is the measure: each word is a text, a list of texts, or forms with 'other'."""
    words = [
        word for section in WORDS.values() if isinstance(section, dict) for word in section.values()
    ]
    assert len(words) > 100
    assert [word for word in words if not isinstance(word, str) and "other" not in word] == []


def lacks(folder: Path, words: dict[str, Any]) -> str:
    """Return the problems of what a language lacks, as they are shown."""
    theme = theme_with(folder, words)
    return "\n".join(problem.render(folder) for problem in lacking(theme, "xx"))


def test_missing_word(tmp_path: Path) -> None:
    """It is printed in English; file, line and word are named, and a word that is nearly it."""
    words = without("say", "bottom_line")
    words["say"]["botom_line"] = "Bottom line"
    shown = lacks(tmp_path, words)
    assert "warning: the word 'bottom_line' is missing, and is printed in English" in shown
    assert "did you mean 'botom_line'?" in shown
    assert language(tmp_path, words).say("bottom_line") == "Bottom line"


def test_missing_section(tmp_path: Path) -> None:
    """A whole section may be missing too."""
    words = {section: value for section, value in WORDS.items() if section != "status"}
    assert "the section 'status' is missing, and is printed in English" in lacks(tmp_path, words)
    assert language(tmp_path, words).of("status", "met") == "Met"


def test_missing_date(tmp_path: Path) -> None:
    """Without a short pattern, dates are long: a short one of another language is not taken."""
    assert "the word 'month' is missing" in lacks(tmp_path, without("date", "month"))
    assert lacks(tmp_path, without("date", "day_short")) == ""
    assert language(tmp_path, without("date", "day_short")).day(DAY, short=True) == "30 June 2025"


def test_a_language_that_lacks_a_word_goes_on_printing(project: Path) -> None:
    """A project's language of an older edition builds with a warning, which `check` gives, too."""
    theme_with(project, without("say", "bottom_line"), "en")
    (broken,) = load(project).broken
    assert ["bottom_line" in problem.message for problem in broken.problems] == [True]
    planned = plan(project, Choice(), DAY, asked=False)
    assert [problem.severity for problem in planned.problems] == ["warning"]
    assert ["bottom_line" in problem.message for problem in check(project).warnings] == [True]


@pytest.mark.parametrize("pattern", ["the day", "H:mm", "d MMMMMMM y"])
def test_wrong_date_pattern(tmp_path: Path, pattern: str) -> None:
    """A pattern that Babel cannot fill with a day is a problem and no traceback."""
    assert "the word 'day' is not a pattern of a date" in problem_of(
        tmp_path, changed("date", day=pattern)
    )


def test_section_that_is_none(tmp_path: Path) -> None:
    """A text where words are expected is a problem and no traceback."""
    assert "the section 'say' must be a mapping" in problem_of(tmp_path, {**WORDS, "say": "hello"})


def test_unknown_placeholder(tmp_path: Path) -> None:
    """A word may use the values that the default word uses, and no others."""
    shown = problem_of(tmp_path, changed("say", as_of="As of {dte}"))
    assert "the word 'as_of' uses '{dte}'" in shown
    assert "it may use {date}" in shown
    assert "the word 'months_later' uses '{m}'" in problem_of(
        tmp_path, changed("say", months_later={"one": "{m}", "other": "{n}"})
    )


@pytest.mark.parametrize(
    "word", ["As of {date", "As of date}", "As of {}", "{date!x}", "{date.year}"]
)
def test_wrong_braces(tmp_path: Path, word: str) -> None:
    """A brace that is left open, or asks for more than the value, is a problem and no traceback."""
    assert "the word 'as_of'" in problem_of(tmp_path, changed("say", as_of=word))


def test_forms_without_a_number(tmp_path: Path) -> None:
    """Plural forms where nothing is counted would be printed as they are written."""
    assert "the word 'as_of' has several forms" in problem_of(
        tmp_path, changed("say", as_of={"one": "a", "other": "b"})
    )


def test_no_other_form(tmp_path: Path) -> None:
    """Plural forms without 'other' would be silent for some number."""
    assert "the word 'months_later' has no form 'other'" in problem_of(
        tmp_path, changed("say", months_later={"one": "{n} month"})
    )


def test_unknown_language() -> None:
    """A language without a file says which file to add."""
    with pytest.raises(ReporterError) as caught:
        language_of(DEFAULT, "tlh")
    assert (
        str(caught.value)
        == "error: there is no language 'tlh'\n    add templates/languages/tlh.yaml"
    )


@pytest.mark.parametrize("locale", ["tlh_KL", "english please", "", "xx"])
def test_unknown_locale(tmp_path: Path, locale: str) -> None:
    """A locale that Babel does not know is a problem at its line."""
    shown = problem_of(tmp_path, {**WORDS, "locale": locale})
    assert shown.startswith(
        f"templates/languages/xx.yaml:1:9: error: there is no locale '{locale}'"
    )


def test_language_that_is_no_mapping(tmp_path: Path) -> None:
    """A list is no language."""
    (tmp_path / "templates" / "languages").mkdir(parents=True)
    (tmp_path / "templates" / "languages" / "xx.yaml").write_text("- one\n", encoding="utf-8")
    with pytest.raises(ReporterError, match="a language is a mapping of words"):
        language_of(Theme.of(tmp_path), "xx")


def test_the_valid_project_says_its_words(tmp_path: Path) -> None:
    """A project can replace every label that a page prints; templates contain none."""
    assert (VALID / "templates").exists() is False
    upper = {
        **WORDS,
        "say": {
            key: word.replace("Bottom line", "KERN") if isinstance(word, str) else word
            for key, word in WORDS["say"].items()
        },
    }
    theme_with(tmp_path, upper, "en")
    shutil.copytree(VALID / "data", tmp_path / "data")
    page = page_of(tmp_path, 1, DAY)
    assert "KERN</h2>" in page
    assert "Bottom line" not in page


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('the "word"-for-"word" text', "the \u201cword\u201d-for-\u201cword\u201d text"),
        ('a "Ph.D." ("yes.")', "a \u201cPh.D.\u201d (\u201cyes.\u201d)"),
        ("a 6'6\" mast at 35\u00b041'22\"N", "a 6'6\" mast at 35\u00b041'22\"N"),
        ("the '90s, rock 'n' roll", "the \u201990s, rock \u2019n\u2019 roll"),
        ("the author(s)' and U.S.' view", "the author(s)\u2019 and U.S.\u2019 view"),
        ("\"'inner' circle\"", "\u201c\u2018inner\u2019 circle\u201d"),
        ('built in "2024"', "built in \u201c2024\u201d"),
    ],
)
def test_quotation_marks(written: str, printed: str) -> None:
    """They open and close as a reader expects; units of feet, inches and arc stay straight."""
    assert ENGLISH.quoted(written) == printed


def test_quotation_marks_of_a_language(tmp_path: Path) -> None:
    """They are those of its file; without any, straight ones stay, and apostrophes are set."""
    marks = ["\u00ab\u202f", "\u202f\u00bb", "\u2039", "\u203a"]
    french = language(tmp_path, {**WORDS, "quotes": marks})
    assert french.quoted('l\'accord "x"') == "l\u2019accord \u00ab\u202fx\u202f\u00bb"
    plain = language(tmp_path, {key: word for key, word in WORDS.items() if key != "quotes"})
    assert plain.quoted('l\'accord "x"') == 'l\u2019accord "x"'
    assert "must have 4 items" in problem_of(tmp_path, {**WORDS, "quotes": marks[:2]})


def test_capitals_of_a_language(tmp_path: Path) -> None:
    """A Turkish i keeps its dot; a name that is small by right stays so."""
    turkish = language(tmp_path, {**WORDS, "locale": "tr_TR"})
    assert (turkish.capital("ilk"), turkish.upper("istişare")) == ("\u0130lk", "\u0130STİŞARE")
    assert turkish.small("Irak") == "\u0131rak"
    assert [ENGLISH.capital(word) for word in ("eROSITA", "iQPS", "ilk", "a Q", "")] == [
        "eROSITA",
        "iQPS",
        "Ilk",
        "A Q",
        "",
    ]
    assert [ENGLISH.small(word) for word in ("JAXA", "Eighth")] == ["JAXA", "eighth"]


def test_a_language_of_an_earlier_edition_still_fits(tmp_path: Path) -> None:
    """Words that were there before may use what they could: a ministry translates once."""
    words = changed("heading", meeting="{ordinal}: {place}, {date}")
    found = language(tmp_path, words)
    held = Heading(kind="meeting", number=8, city="Second City", date=When.parse("2024-05-03"))
    assert title(held, found) == "Eighth: Second City, 3 May 2024"
