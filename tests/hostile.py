"""Projects whose records are as long as allowed: titles, names, texts, and many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reporter.library import Library
from reporter.records.meeting import Meeting
from reporter.records.register import Document, Organisation, Person, Project, Subject

if TYPE_CHECKING:
    from random import Random

SOURCE = "paper#1"
VERBS = {
    "committed": "committed",
    "intends": "expressed their intention",
    "shared view": "shared the view",
    "interest": "showed interest",
}
_WORDS = """cooperation space security interoperability communication of the and for on situational
awareness commercialisation in to by a responsibilities lunar data exchange sustainability
programmes joint"""
WORDS = tuple(_WORDS.split())
SIGNS = "宇宙政策協力安全保障衛星測位月面探査国際連携会合文書事務局"


def text(random: Random, most: int, *, japanese: bool = False) -> str:
    """Return a text of up to ``most`` words."""
    length = random.choice((1, most // 2 or 1, most))
    if japanese:
        return "".join(random.choices(SIGNS, k=2 * length))
    return " ".join(random.choices(WORDS, k=length))


def library(random: Random, paper: str, *, written: bool = False, complete: bool = True) -> Library:
    """Return a library of two meetings with long records.

    ``written`` says whether it has what a person may write for page one.
    """
    make = Maker(random)
    sides = random.choice((2, 2, 3))
    names = [f"state-{letter}" for letter in "abc"[:sides]]
    bodies = [
        Organisation.model_validate(make.organisation(f"{side}-{n}", side))
        for side in names
        for n in range(20)
    ]
    people = [
        Person.model_validate({"id": f"person-{n}", "name": {"en": make.text(8)}}) for n in range(6)
    ]
    subjects = [
        Subject.model_validate(
            {"id": f"subject-{n}", "area": "area", "name": {"en": make.text(10)}}
        )
        for n in range(20)
    ]
    meetings = [
        make.meeting(number, names, written=written and number == 2, complete=complete)
        for number in (1, 2)
    ]
    paper_record = Document.model_validate(
        {
            "id": "paper",
            "title": make.text(60),
            "publisher": "Office",
            "date": "2020",
            "language": "en",
        }
        | {"standing": "official", "read": "full", "paragraphs": 99}
    )
    return Library(
        Project.model_validate(make.project(names, paper)),
        (*bodies, *people, *subjects, *map(Meeting.model_validate, meetings), paper_record),
    )


class Maker:
    """Makes records as plain data."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def text(self, most: int) -> str:
        """Return a text of up to so many words, now and then in Japanese."""
        return text(self.random, most, japanese=self.random.random() < 0.2)

    def project(self, sides: list[str], paper: str) -> dict[str, Any]:
        """Return the settings."""
        return {
            "series": {"en": self.text(12)},
            "short": {"en": "Talks"},
            "language": "en",
            "author": "Office",
            "sides": [{"id": side, "name": {"en": self.text(4)}} for side in sides],
            "areas": [{"id": "area", "name": {"en": "Area"}}],
            "phrases": [{"id": f"phrase-{n}", "name": {"en": self.text(10)}} for n in range(4)],
            "paper": paper,
            "researched_until": "2023-01-01",
        }

    def organisation(self, name: str, side: str) -> dict[str, Any]:
        """Return a body."""
        return {
            "id": name,
            "side": side,
            "name": {"en": self.text(20), "ja": text(self.random, 20, japanese=True)},
        }

    def meeting(
        self, number: int, sides: list[str], *, written: bool, complete: bool
    ) -> dict[str, Any]:
        """Return a meeting."""
        title = " ".join(self.random.choices(WORDS, k=40))[:200]
        found = {
            "number": number,
            "title": {"en": title, "ja": text(self.random, 30, japanese=True)},
            "date": f"202{number}-05-10",
            "place": {
                "city": self.text(3),
                "venue": {"en": self.text(30)},
                "host": sides[0],
                "source": SOURCE,
            },
            "document": "paper",
            "evidence": "full",
            "cochairs": [
                self.chair(side, n) for side in sides for n in range(self.random.choice((1, 2, 6)))
            ],
            "participants": [self.participants(side) for side in sides],
            "statements": {
                "complete": complete,
                "items": [
                    self.statement(f"c{number}-{n}", sides, number) for n in range(self.count())
                ],
            },
            "firsts": [{"text": self.text(60), "source": SOURCE}],
            "phrases": [
                {"phrase": f"phrase-{n}", "words": self.text(12), "source": SOURCE}
                for n in range(4)
            ],
        }
        return found | (self.written(sides) if written else {})

    def count(self) -> int:
        """Return how many statements there are."""
        return self.random.choice((0, 1, 12, 24))

    def chair(self, side: str, number: int) -> dict[str, Any]:
        """Return a chair with its head."""
        head = {
            "person": f"person-{number}",
            "organisation": f"{side}-0",
            "post": {"en": self.text(15)},
            "source": SOURCE,
        }
        return {
            "side": side,
            "organisation": f"{side}-{number}",
            "head": head,
            "source": ["paper#10", "paper#20"],
        }

    def participants(self, side: str) -> dict[str, Any]:
        """Return the list of a side."""
        bodies = sorted(self.random.sample(range(20), 15))
        return {
            "side": side,
            "complete": True,
            "bodies": [f"{side}-{n}" for n in bodies],
            "source": SOURCE,
        }

    def statement(self, name: str, sides: list[str], number: int) -> dict[str, Any]:
        """Return a statement."""
        strength = self.random.choice([*VERBS, None])
        due = (
            {"due": f"202{number + 1}-12", "due_words": self.text(12)}
            if strength and self.random.random() < 0.5
            else {}
        )
        return due | {
            "id": name,
            "subjects": [f"subject-{self.random.randrange(20)}"],
            "by": self.random.choice((sides, [f"{sides[0]}-{n}" for n in range(6)], sides[:1])),
            "verb": VERBS.get(strength or "", "discussed"),
            "text": self.text(80),
            **({"strength": strength} if strength else {}),
            "source": [f"paper#{self.random.randrange(1, 99)}", "paper#98"],
        }

    def written(self, sides: list[str]) -> dict[str, Any]:
        """Return what a person wrote for page one, as long as it may be."""
        step = {"by": [f"{sides[0]}-1", f"{sides[0]}-2"], "source": SOURCE}
        return {
            "bottom_line": {"text": self.text(45), "source": SOURCE},
            "agreed": [{"text": self.text(30), "source": SOURCE} for _ in range(6)],
            "next_steps": [step | {"text": self.text(15), "due": "2024"} for _ in range(6)],
        }
