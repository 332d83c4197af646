"""Makes projects of any size for measuring: from a seed, with records of realistic length.

python tests/bench/projects.py FOLDER MEETINGS [SERIES [PROMISES]]
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST_DAY = date(2026, 3, 1)
SIDES = ("state-a", "state-b")
BODIES = 12  # of each side
SUBJECTS = 40
STATEMENTS = (14, 34)  # of a meeting, fewest and most
NOUNS = [
    "satellites",
    "launches",
    "debris",
    "data",
    "sensors",
    "orbits",
    "rovers",
    "stations",
    "ground-stations",
    "forecasts",
    "signals",
    "standards",
    "exercises",
    "rules",
]
ACTS = [
    "share",
    "protect",
    "plan",
    "test",
    "exchange",
    "extend",
    "review",
    "publish",
    "study",
    "fund",
    "connect",
    "describe",
    "measure",
    "verify",
]
VERBS = ("discussed", "welcomed", "exchanged views", "affirmed", "shared views")
STATUSES = ("in progress", "open", "partly met", "met")


class Words:
    """Writes sentences."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing is secret here)

    def phrase(self, least: int = 6, most: int = 26) -> str:
        """Return part of a sentence."""
        pick = self.random.choice
        return " ".join(
            pick(ACTS if turn % 3 == 0 else NOUNS)
            for turn in range(self.random.randint(least, most))
        )

    def sentence(self) -> str:
        """Return a sentence."""
        return self.phrase().capitalize() + "."


class Meeting(NamedTuple):
    """Where a meeting is in the project."""

    place: int
    """Its place among those of all series, from 1: it names its document and its promises."""
    number: int
    """Its number in its own series."""
    day: date
    series: str = ""

    @property
    def folder(self) -> str:
        """Where its record is, in ``data``."""
        return f"series/{self.series}/meetings" if self.series else "meetings"


def generate(
    root: Path, meetings: int, seed: int = 8, *, series: int = 0, promises: int = 0
) -> Path:
    """Write a project with that many meetings to ``root`` and return it.

    With ``series`` they are spread over so many; ``promises`` are made at each of them, if it is
    not left to chance how many.
    """
    data, words = root / "data", Words(seed)
    held = list(_held(meetings, series))
    for folder in ("agreements", "programmes", *sorted({meeting.folder for meeting in held})):
        (data / folder).mkdir(parents=True, exist_ok=True)
    _write(data / "project.yaml", _settings())
    for name in sorted({meeting.series for meeting in held if meeting.series}):
        _write(data / "series" / name / "series.yaml", _series(name))
    _write(data / "subjects.yaml", _subjects())
    _write(data / "organisations.yaml", _organisations())
    documents = (line for meeting in held for line in _documents(meeting.place, meeting.day))
    _write(data / "documents.yaml", documents)
    programmes, agreements = max(2, meetings // 20), max(2, meetings // 4)
    for number in range(1, programmes + 1):
        _write(data / "programmes" / f"programme-{number}.yaml", _programme(number, words))
    for number in range(1, agreements + 1):
        meeting = held[min(meetings, number * 4) - 1]
        text = _agreement(number, meeting.place, meeting.day, number % programmes + 1, words)
        _write(data / "agreements" / f"agreement-{number}.yaml", text)
    for meeting in held:
        about = meeting.place % agreements + 1, meeting.place % programmes + 1
        text = _meeting(meeting, *about, words, promises)
        _write(data / meeting.folder / f"{meeting.number:02}.yaml", text)
    return root


def _held(meetings: int, series: int) -> Iterator[Meeting]:
    """Yield all meetings: one series after the other, where there are several."""
    each = -(-meetings // (series or 1))
    for place in range(meetings):
        which, before = divmod(place, each)
        name = f"series-{which + 1:02}" if series else ""
        yield Meeting(place + 1, before + 1, day_of(before + 1, each), name)


def day_of(number: int, meetings: int) -> date:
    """Return the day of a meeting: the last one was held on the last day."""
    return LAST_DAY - timedelta(days=(meetings - number) * max(4, min(300, 8000 // meetings)))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _settings() -> list[str]:
    return [
        "series: {en: Generated Talks of State A and State B}",
        "short: {en: Generated Talks}",
        "language: en",
        "author: Nobody",
        "sides:",
        *(f"  - {{id: {side}, name: {{en: {side.title()}}}}}" for side in SIDES),
        "areas:",
        *(
            f"  - {{id: {area}, name: {{en: {area.title()}}}}}"
            for area in ("science", "security", "commercial", "civil")
        ),
        f"researched_until: {LAST_DAY}",
    ]


def _series(name: str) -> list[str]:
    return [
        f"id: {name}",
        f"series: {{en: Generated Talks of {name.title()}}}",
        f"short: {{en: Talks {name.title()}}}",
    ]


def _subjects() -> list[str]:
    areas = ("science", "security", "commercial", "civil")
    return [
        f"- {{id: subject-{n}, area: {areas[n % 4]}, name: {{en: subject number {n}}}}}"
        for n in range(SUBJECTS)
    ]


def _organisations() -> list[str]:
    return [
        f"- {{id: {side}-body-{n}, side: {side}, name: {{en: Body {n} of {side.title()}}}}}"
        for side in SIDES
        for n in range(1, BODIES + 1)
    ]


def _documents(number: int, day: date) -> list[str]:
    return [
        f"- id: statement-{number}",
        f"  title: Joint Statement of Meeting {number}",
        "  publisher: Both ministries",
        f"  date: {day}",
        "  language: en",
        f"  address: https://example.org/statements/{number}",
        "  standing: official",
        "  read: full",
        "  paragraphs: 8",
        f"- id: news-{number}",
        f"  title: What became of meeting {number}",
        "  publisher: A newspaper",
        f"  date: {day + timedelta(days=90)}",
        "  language: en",
        f"  address: https://example.org/news/{number}",
        "  standing: press",
        "  read: full",
    ]


def _programme(number: int, words: Words) -> list[str]:
    return [
        f"id: programme-{number}",
        f"name: {{en: Programme {number}}}",
        "lead: state-a-body-1",
        f"milestones: [{{date: 2020, text: {words.sentence()}, source: statement-1#1}}]",
    ]


def _agreement(number: int, meeting: int, day: date, programme: int, words: Words) -> list[str]:
    lines = [
        f"id: agreement-{number}",
        f"short: {{en: Agreement {number}}}",
        f"title: {{en: Agreement number {number} on {words.phrase(3, 6)}}}",
        "type: memorandum of understanding",
        "parties: [state-a, state-b]",
        f"summary: {{text: {words.sentence()}, source: statement-{meeting}#1}}",
        f"signing: {{date: {day}, place: First City, source: statement-{meeting}#1}}",
        "in_force: not verified",
        "content:",
        *(f"  - {{text: {words.sentence()}, source: statement-{meeting}#2}}" for _ in range(5)),
        "undertakings:",
    ]
    for index in range(1, 5):
        lines += _promise(f"u{number}-{index}", meeting, day, f"programme-{programme}", words)
    return lines


def _meeting(
    meeting: Meeting, agreement: int, programme: int, words: Words, promises: int
) -> list[str]:
    number, day, about = (
        meeting.place,
        meeting.day,
        f"[agreement-{agreement}, programme-{programme}]",
    )
    return [
        f"number: {meeting.number}",
        f"title: {{en: Meeting {meeting.number} of the Generated Talks}}",
        f"date: {day}",
        (
            f"place: {{city: City {number % 7}, host: {SIDES[number % 2]}, source: "
            f"statement-{number}#1}}"
        ),
        f"document: statement-{number}",
        "evidence: full",
        "bottom_line:",
        f"  text: {words.phrase(10, 18).capitalize()}.",
        f"  source: statement-{number}#1",
        "cochairs:",
        *(
            f"  - {{side: {side}, organisation: {side}-body-1, source: statement-{number}#1}}"
            for side in SIDES
        ),
        "participants:",
        *(line for side in SIDES for line in _participants(side, number, words)),
        "statements:",
        "  complete: true",
        "  items:",
        *(f"    {line}" for line in _statements(number, day, about, words, promises)),
    ]


def _participants(side: str, number: int, words: Words) -> list[str]:
    bodies = sorted(words.random.sample(range(2, BODIES + 1), 7))
    return [
        f"  - side: {side}",
        "    complete: true",
        "    bodies:",
        *(f"      - {side}-body-{n}" for n in (1, *bodies)),
        f"    source: statement-{number}#2",
    ]


def _statements(number: int, day: date, about: str, words: Words, promises: int) -> list[str]:
    lines = []
    for index in range(1, (promises * 4 or words.random.randint(*STATEMENTS)) + 1):
        if index % 4 == 0:
            lines += _promise(f"c{number}-{index}", number, day, about, words)
            continue
        lines += [
            (
                f"- subjects: [subject-{words.random.randrange(SUBJECTS)}, "
                f"subject-{words.random.randrange(SUBJECTS)}]"
            ),
            f"  by: {words.random.choice((SIDES[0], SIDES[1], '[state-a, state-b]'))}",
            f"  verb: {words.random.choice(VERBS)}",
            f"  text: the need to {words.phrase()}",
            f"  source: statement-{number}#{words.random.randint(1, 8)}",
        ]
    return lines


def _promise(name: str, meeting: int, day: date, about: str, words: Words) -> list[str]:
    dates = sorted(day + timedelta(days=words.random.randint(1, 400)) for _ in range(3))
    return [
        f"- id: {name}",
        f"  subjects: subject-{words.random.randrange(SUBJECTS)}",
        f"  by: {words.random.choice((SIDES[0], SIDES[1], '[state-a, state-b]'))}",
        "  verb: committed",
        f"  text: to {words.phrase(6, 18)}",
        f"  short: {words.phrase(3, 6).capitalize()}",
        "  strength: committed",
        f"  due: {day.year + 1}",
        f"  about: {about}",
        "  history:",
        *(
            line
            for when in dates
            for line in (
                f"    - date: {when}",
                f"      text: {words.sentence()}",
                f"      status: {words.random.choice(STATUSES)}",
                f"      source: news-{meeting}",
            )
        ),
        f"  source: statement-{meeting}#{words.random.randint(2, 8)}",
    ]


if __name__ == "__main__":
    many = dict(zip(("series", "promises"), map(int, sys.argv[3:]), strict=False))
    generate(Path(sys.argv[1]), int(sys.argv[2]), **many)
