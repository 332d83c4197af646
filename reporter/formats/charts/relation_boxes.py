"""What an agreement rests on and what rests on it, drawn from the relations of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.charts.rests import AgreementBox, rests_chart
from reporter.reports.views import Label

if TYPE_CHECKING:
    from reporter.formats.charts.drawing import Chart
    from reporter.language import Language
    from reporter.reports.agreement.relations import Relation


def relations_drawn(name: Label, found: tuple[Relation, ...], words: Language) -> Chart | None:
    """Draw what the agreement ``name`` rests on and what rests on it.

    Return None where a sentence says as much.
    """
    tied = [item for item in found if item.relation != "beside"]
    before = [_tied(item, words) for item in tied if not item.back]
    after = [_tied(item, words) for item in tied if item.back]
    if not (before and after):
        return None
    return rests_chart(AgreementBox(name=_first_upper(name)), before, after, words)


def _tied(item: Relation, words: Language) -> AgreementBox:
    relation = words.of("relation_back" if item.back else "relation", item.relation)
    key = "relation_inferred" if item.line.inferred else "relation_note"
    when = words.when(item.signed, short=True) if item.signed else words.say("not_verified")
    return AgreementBox(
        name=_first_upper(item.name), note=words.say(key, relation=relation, date=when)
    )


def _first_upper(name: Label) -> Label:
    return Label(language=name.language, text=name.text[:1].upper() + name.text[1:])
