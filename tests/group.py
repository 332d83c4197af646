"""A small project of its own: a group of 20 members, six promises, and who kept which.

The table is what a compliance report has: 1 is kept, 0 begun, -1 not kept; n has no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """
Arcadia        1  1  1  1  1  1
Borduria       1  1  0  1 -1  1
Costaguana     1  0  0  1 -1  0
Dalmatinia     1  1  1  1  1  0
Eastland       0  0  0 -1 -1  0
Freedonia      1  1  1  0  0  1
Grand-Fenwick  1  0  1  1  1  1
Hyrkania       0 -1 -1 -1 -1 -1
Illyria        1  1  0  1  0  1
Jamborea       1  1  1  1 -1  1
Kyrzbekistan   1  1  0  1  0  n
Lugash         1  0  1  1  0  0
Molvania       1  1 -1  1 -1  1
Norland        1  1  1  1  0  1
Oceana         1  1  1  1  0  0
Parador        0  0  0  1 -1  1
Qumar          1  1  0  0 -1 -1
Ruritania      1  1  1  1  1  1
Sylvania       1  0  0  1  0  1
Union-of-Tomania 1 1 1  1  1  0
"""
MEMBERS = {row.split()[0].lower(): tuple(row.split()[1:]) for row in TABLE.strip().splitlines()}
Table = Mapping[str, Sequence[str]]
STATUS = {"1": "met", "0": "in progress", "-1": "missed", "n": "not verified"}
TEXTS = (
    *("phase out subsidies for coal", "publish its plan for the seas"),
    *("open its labour market to the young", "pay its share of the vaccine fund"),
    *("bring its forests under protection", "report its emissions every year"),
)
PROJECT = """
series: {en: Summits of the Twenty}
short: {en: The Twenty}
language: en
author: Desk for the Twenty
sides:
SIDES
areas: [{id: all, name: {en: All}}]
researched_until: 2024-12-31
"""
DOCUMENTS = """
- {id: declaration, title: Declaration of the Summit, publisher: Chair, date: 2023-06-11, \
language: en, standing: official, read: full, paragraphs: 6}
- {id: report, title: Final Report, publisher: University, date: 2024-06-01, language: en, \
standing: database, read: full}
"""
MEETING = """
number: 1
title: {en: First Summit}
date: 2023-06-11
place: {city: Capital City, host: arcadia, source: declaration#1}
document: declaration
evidence: full
statements:
  complete: true
  items:
"""


def group(
    folder: Path, *, settings: str = "", promises: int = len(TEXTS), table: Table = MEMBERS
) -> Path:
    """Write the project, and return its folder; with more promises the table goes round.

    In another table "." is a member of whom nothing is told, and "x" one that owes it not.
    """
    named = ((name, name.replace("-", " ").title()) for name in MEMBERS)
    sides = "".join(f"  - {{id: {name}, name: {{en: {text}}}}}\n" for name, text in named)
    files = {
        "project.yaml": PROJECT.replace("SIDES\n", sides) + settings,
        "documents.yaml": DOCUMENTS,
        "subjects.yaml": "- {id: all, name: {en: All}, area: all}\n",
        "meetings/01.yaml": MEETING + "".join(_promise(n, table) for n in range(promises)),
    }
    for name, text in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def _promise(number: int, table: Table) -> str:
    """Return a promise of all, with a line for all who stand alike."""
    column = number % len(TEXTS)
    scores = {name: row[number % len(row)] for name, row in table.items()}
    lines = "".join(
        f"        - {{date: 2024-05-31, text: {word.capitalize()} by the report, status: {word}, "
        f"parties: [{', '.join(who)}], source: report}}\n"
        for score, word in STATUS.items()
        if (who := [name for name in scores if scores[name] == score])
    )
    owners = [name for name in scores if scores[name] != "x"]
    return (
        f"    - id: c1-{number + 1:02}\n      by: [{', '.join(owners)}]\n      verb: committed\n"
        f"      text: to {TEXTS[column]}\n      short: {TEXTS[column]}\n      strength: committed\n"
        f"      due: 2024-05\n      history:\n{lines}      source: declaration#{column + 1}\n"
    )
