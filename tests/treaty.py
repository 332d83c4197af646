"""A small project of its own: an agreement of 60 parties, in force by its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
series: {en: Talks on the Northern Sea}
short: {en: Northern Talks}
language: en
author: Desk for the Northern Sea
sides: [{id: p01, name: {en: State 01}}, {id: p02, name: {en: State 02}}]
areas: [{id: sea, name: {en: Sea}}]
researched_until: 2024-12-31
"""
DOCUMENTS = """
- {id: text, title: Northern Sea Convention, publisher: Depositary, date: 2010-06-01, \
language: en, standing: official, read: full}
- {id: list, title: Status of the Convention, publisher: Depositary, date: 2024-01-15, \
language: en, standing: official, read: full}
"""
CONVENTION = """
id: sea-convention
short: {en: Northern Sea Convention}
title: {en: Convention on the Protection of the Northern Sea}
type: treaty-level agreement
parties: [PARTIES]
multilateral: true
depositary: keeper
summary: {text: The coastal states protect the Northern Sea together., source: text}
signing: {date: 2010-06-01, place: Port City, source: text}
in_force:
  rule: {instruments: 40, after: {days: 90}, later: {days: 30}, withdrawal: {months: 12}}
  text: 90 days after the fortieth instrument
  source: text
acts:
  - {parties: [1-50], what: signed, date: 2010-06-01, source: text}
  - {parties: [51-55], what: signed, date: 2010-09-01, source: list}
  - {parties: [1-20], what: ratified, date: 2011-03-01, source: list}
  - {parties: p03, what: reserved, to: Article 9, date: 2011-03-01, \
text: no arbitration without its consent, source: list}
  - {parties: p04, what: objected, to: the reservation of State 03, date: 2011-09-01, source: list}
  - {parties: [21-39], what: accepted, date: 2012-02-15, source: list}
  - {parties: p40, what: approved, date: 2012-05-10, source: list}
  - {parties: p41, what: ratified, date: 2012-06-01, source: list}
  - {parties: p56, what: acceded, date: 2014-01-31, source: list}
  - {parties: p03, what: withdrew a reservation, to: Article 9, date: 2015-03-01, source: list}
  - {parties: p10, what: denounced, date: 2016-02-29, source: list}
  - {parties: p57, what: acceded, date: 2018-06, source: list}
  - {parties: p10, what: acceded, date: 2019-01-01, source: list}
"""
CHARTER = """
id: sea-convention
short: {en: Harbour Charter}
title: {en: Charter of Harbours}
type: treaty-level agreement
parties: [PARTIES]
multilateral: true
depositary: keeper
summary: {text: Harbours are open to all parties., source: text}
signing: {date: 2001-11-23, place: Port City, source: text}
in_force:
  rule: {instruments: 5, after: {months: 3, next_month: true}, withdrawal: {years: 1}}
  source: text
acts:
  - {parties: [1-30], what: signed, date: 2001-11-23, source: text}
  - {parties: p01, what: approved, date: 2003-11-30, source: list}
  - {parties: p02, what: accepted, date: 2004-01-31, source: list}
  - {parties: p03, what: ratified, date: 2004-02-29, source: list}
  - {parties: p60, what: acceded, date: 2004-03-01, source: list}
  - {parties: p60, what: withdrew, date: 2004-03-02, source: list}
  - {parties: p04, what: ratified, date: 2004-03-02, source: list}
  - {parties: p05, what: reserved, to: Article 2, date: 2004-03-18, source: list}
  - {parties: p05, what: ratified, date: 2004-03-18, source: list}
  - {parties: p07, what: ratified, date: 2004-03-31, source: list}
  - {parties: p06, what: ratified, date: 2004-04-01, source: list}
  - {parties: p31, what: acceded, date: 2004-11-30, source: list}
  - {parties: [8-20], what: ratified, date: 2006-12-31, source: list}
  - {parties: p02, what: denounced, date: 2008-01-15, source: list}
  - {parties: [21-30], what: accepted, date: 2010-05, source: list}
  - {parties: p05, what: withdrew a reservation, date: 2011-01-01, source: list}
  - {parties: p02, what: acceded, date: 2012-02-29, source: list}
  - {parties: [32-60], what: acceded, date: 2015-10-31, source: list}
"""
"""In force on the first of the month after three months; who leaves is bound a year to the day."""
RUNS = ((1, 50), (51, 55), (1, 20), (21, 39), (1, 30), (8, 20), (21, 30), (32, 60))
LONG = {7: "United Republics of the Northern Archipelago", 12: "Bosnavia and Herzogovia"}


def treaty(folder: Path, convention: str = CONVENTION) -> Path:
    """Write the project with its convention, or another one, and return its folder."""
    bodies = "".join(
        f"- {{id: p{n:02}, name: {{en: {LONG.get(n, f'State {n:02}')}}}}}\n" for n in range(3, 61)
    )
    files = {
        "project.yaml": PROJECT,
        "documents.yaml": DOCUMENTS,
        "subjects.yaml": "- {id: sea, name: {en: The sea}, area: sea}\n",
        "organisations.yaml": f"- {{id: keeper, name: {{en: The Secretary-General}}}}\n{bodies}",
        "agreements/sea-convention.yaml": spelled(convention),
    }
    for name, text in files.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def spelled(text: str) -> str:
    """Return a text with runs of parties written out: ``[1-3]`` is ``[p01, p02, p03]``."""
    for first, last in RUNS:
        text = text.replace(f"[{first}-{last}]", f"[{run(first, last)}]")
    return text.replace("[PARTIES]", f"[{run(1, 60)}]")


def run(first: int, last: int) -> str:
    """Return the ids of parties from one to another."""
    return ", ".join(f"p{n:02}" for n in range(first, last + 1))
