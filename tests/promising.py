"""Small projects by chance, full of promises: several series, all kinds of owners and histories.

What Hypothesis makes of the models has every field, and hardly a promise; these have little else.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
STRENGTHS = ("committed", "committed", "committed", "planned", "intends", "looks forward")
KINDS = ("regular", "regular", "preparatory", "working-level", "call", "ministerial")
Node = dict[str, Any]


def chance_day(pick: random.Random) -> date:
    """Return any day on which something of such a project may be asked."""
    return FIRST + timedelta(pick.randrange((LAST - FIRST).days))


class _Maker:
    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)  # noqa: S311 (nothing is secret here)
        self.sides = [f"s{n}" for n in range(1, self.pick.randint(2, 4) + 1)]
        self.bodies = {f"{side}-b{n}": side for side in self.sides for n in (1, 2)}
        self.made: list[tuple[date, str, Node]] = []
        """Each promise with the day on which it was made, and where."""

    def may(self, percent: int) -> bool:
        return self.pick.random() * 100 < percent

    def some(self, found: list[str], most: int) -> list[str]:
        return self.pick.sample(found, min(len(found), self.pick.randint(1, most)))

    def when(self, day: date) -> str:
        """Return a date that is known to the day, the month or the year."""
        return str(day)[: self.pick.choice((10, 10, 7, 4))]

    def later(self, day: date, most: int) -> date:
        return min(LAST, day + timedelta(self.pick.randint(30, most)))

    def promise(self, name: str, where: str, day: date, owners: list[str]) -> Node:
        """Return a promise or an expectation that was made on a day."""
        found: Node = {"id": name, "by": self.some(owners, 3), "verb": "committed"}
        found |= {"text": f"to do the thing {name}", "source": "note"}
        found["strength"] = self.pick.choice(STRENGTHS)
        due = self.later(day, 1000) if self.may(70) else None
        if due:
            found["due"] = self.when(due) if due.year > day.year else str(due)
        if self.may(20):
            found["about"] = self.pick.choice([*self.bodies, "third"])
        found["internal"] = self.may(10)
        if self.may(20):
            found["desk_officer"] = f"Officer of {name}"
        before = [(one, place, other) for one, place, other in self.made if one < day]
        if before and self.may(25):
            _, place, other = self.pick.choice(before)
            if place == where:
                found["repeats"] = other["id"]
            elif other.get("due") == found.get("due") and "same_as" not in other:
                found |= {"same_as": other["id"], "strength": other["strength"]}
        if "same_as" not in found:
            found["history"] = list(self.history(day, due, found["by"]))
        self.made.append((day, where, found))
        return found

    def history(self, day: date, due: date | None, owners: list[str]) -> Any:  # noqa: ANN401
        for turn in range(self.pick.choice((0, 0, 1, 2, 3))):
            day = self.later(day, 400)
            if day == LAST:
                return
            some = self.some(owners, len(owners))
            line: Node = {"text": f"News {turn}", "internal": self.may(10)}
            if len(some) < len(owners) and self.may(60):
                line["parties"] = some
            if self.may(30):
                line |= {"checked": str(day), "where": "all pages"}
                yield line
                continue
            line |= {"date": str(day), "source": self.pick.choice(("note", "press", "blog"))}
            if line["source"] != "blog" and self.may(80):
                statuses = ["in progress", "open", "partly met", "met"]
                statuses += ["missed"] if due and day > date(due.year, 12, 31) else []
                line |= {"status": self.pick.choice(statuses), "inferred": self.may(15)}
            yield line

    def meeting(self, series: str, key: int | str, day: date, sides: list[str]) -> Node:
        name = f"{series or 'own'}-{key}"
        owners = [*sides, *(body for body, side in self.bodies.items() if side in sides)]
        found: Node = {"number": key} if isinstance(key, int) else {"id": key}
        found |= {"date": self.when(day) if self.may(30) else str(day), "place": "not verified"}
        found |= {"kind": self.pick.choice(KINDS) if isinstance(key, str) else "regular"}
        found["evidence"] = self.pick.choice(("full", "full", "partial"))
        items = [
            self.promise(f"{name}-{n}", series, day + timedelta(366), owners)
            for n in range(self.pick.randint(0, 4))
        ]
        found["statements"] = {"complete": found["evidence"] == "full", "items": items}
        return found

    def agreement(self, name: str) -> Node:
        day = self.later(FIRST, 2000)
        parties = self.some([*self.sides, *self.bodies, "third"], 4)
        items = [self.promise(f"{name}-{n}", name, day, parties) for n in range(2)]
        found: Node = {"id": name, "short": {"en": name}, "title": {"en": f"Agreement {name}"}}
        found |= {"type": "memorandum of understanding", "parties": parties}
        found |= {"summary": {"text": "All do much.", "source": "note"}}
        found |= {"signing": {"date": str(day), "source": "note"}, "in_force": "not verified"}
        return found | {"undertakings": items}

    def files(self) -> dict[str, Any]:
        """Return all records by the names of their files."""
        found: dict[str, Any] = {}
        names = ["", *(f"t{n}" for n in range(1, self.pick.randint(2, 4)))]
        own = self.sides if self.may(50) else self.sides[:2]
        for series in names if self.may(60) else names[1:]:
            sides = (
                own
                if not series
                else self.pick.sample(
                    self.sides, self.pick.choice((2, 2, -1)) % (len(self.sides) + 1)
                )
            )
            folder = f"series/{series}/" if series else ""
            if series:
                called = {"series": {"en": f"Talks {series}"}, "short": {"en": series}}
                found[f"{folder}series.yaml"] = {"id": series, **called, "sides": sides}
            day, number = FIRST, self.pick.choice((0, 0, 2))
            for _ in range(self.pick.randint(1, 4)):
                day = self.later(day, 700)
                number += self.pick.choice((1, 1, 2))
                key = number if self.may(70) else f"talk-{number}"
                file = f"{number:02}" if key == number else key
                found[f"{folder}meetings/{file}.yaml"] = self.meeting(series, key, day, sides)
        for n in range(self.pick.randint(0, 3)):
            found[f"agreements/deal-{n}.yaml"] = self.agreement(f"deal-{n}")
        found["project.yaml"] = self.settings(own)
        found["documents.yaml"] = [
            self.document(name, standing)
            for name, standing in (("note", "official"), ("press", "press"), ("blog", "weak"))
        ]
        bodies: list[Node] = [
            {"id": name, "name": {"en": f"Body {name}"}, "side": side}
            for name, side in self.bodies.items()
        ]
        heir: Node = {"predecessor": [bodies[-1]["id"]], "since": "2022-05", "source": "note"}
        bodies[-2] |= heir if self.may(50) else {}
        found["organisations.yaml"] = [*bodies, {"id": "third", "name": {"en": "A Third State"}}]
        found["subjects.yaml"] = [{"id": "all", "name": {"en": "All"}, "area": "all"}]
        return found

    def settings(self, own: list[str]) -> Node:
        found: Node = {"series": {"en": "Talks"}, "short": {"en": "Talks"}, "language": "en"}
        found |= {"author": "Desk", "areas": [{"id": "all", "name": {"en": "All"}}]}
        found["sides"] = [{"id": side, "name": {"en": f"State {side}"}} for side in self.sides]
        found |= {"own_sides": own, "researched_until": self.when(self.later(FIRST, 3000))}
        found |= {"desk": self.pick.choice(self.sides)} if self.may(50) else {}
        return found

    @staticmethod
    def document(name: str, standing: str) -> Node:
        found = {"id": name, "title": name.title(), "publisher": "Somebody", "date": "2019"}
        return found | {"language": "en", "standing": standing, "read": "full"}


def promising(root: Path, seed: int) -> Path:
    """Write the project of a seed and return its folder."""
    for name, record in _Maker(seed).files().items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    return root
