"""What page one begins with: where it was, and the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import is_public
from reporter.dates import When, months_later
from reporter.language import BOTH, clause
from reporter.library.snapshot import MONTHS_UNTIL_STALE, UNFINISHED
from reporter.records.brevity import cut
from reporter.records.brevity import words as count
from reporter.records.statements import MOST_WORDS
from reporter.reports.common import page_one_texts
from reporter.reports.common.agreed_points import WORDS_OF_A_NAME, agreed, agreed_row, counted, few
from reporter.reports.common.gap import gap_sentence, open_gap
from reporter.reports.common.meeting_head import where
from reporter.reports.common.meeting_names import REGULAR
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.sentences import (
    are_overdue,
    brief,
    ended,
    of_its_promises,
    speaker,
)
from reporter.reports.meeting.standing import evidence
from reporter.reports.views import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.records.meeting import Meeting
    from reporter.reports.common.agreed_points import Agreed
    from reporter.reports.common.context import Context
    from reporter.reports.common.meeting_head import IssuedDocument, Venue
    from reporter.reports.meeting.standing import FollowedStatement

MOST_SUBJECTS = 3  # in a bottom line
LEAST = 20  # words that the first sentence has in any case


def setting(
    context: Context, meeting: Meeting, place: Venue | None, issued: IssuedDocument | None
) -> Line:
    """Return in one line where it was held, by whom, what it issued, and whether that was read.

    That it was held online, and nowhere else, stands in its title.
    """
    words = context.words
    held = where(context, place) if place else words.say("place_unknown")
    if meeting.margins:
        held = words.say("in_margins", place=held, of=context.label(meeting.margins).text)
    if place and place.host and not context.snapshot.took_place(meeting):
        held = words.say("as_announced", text=held)
    told = meeting.has_no_place and not (place and (place.building or place.host))
    sentences = ["" if told else ended(words.capital(held)), _issued(context, meeting, issued)]
    refs = place.refs if place else ()
    cited = {ref.number for ref in refs}
    own = (ref for ref in (issued.refs if issued else ()) if ref.number not in cited)
    return Line(text=" ".join(filter(None, sentences)), refs=(*refs, *own))


def _issued(context: Context, meeting: Meeting, issued: IssuedDocument | None) -> str:
    """Return what the meeting issued, and how much of it was read."""
    words = context.words
    if issued is None:
        return words.say("no_document")
    document = context.library.documents[meeting.document]
    kind = words.of("document_kind", document.kind or "document")
    if issued.paragraphs:
        kind = words.say("of_paragraphs", n=issued.paragraphs, kind=kind)
    whole = meeting.statements.complete or _withheld(context, meeting)
    read = "full" if whole and meeting.evidence == "full" else "partial"
    return words.say(f"issued_{read}", kind=words.capital(kind))


def _withheld(context: Context, meeting: Meeting) -> bool:
    """Return whether it may be the edition that leaves out some of what a document says."""
    whole = meeting.evidence == "full" and not meeting.statements.complete
    return whole and is_public(context.library.edition)


def bottom_line(
    context: Context, meeting: Meeting, items: Sequence[FollowedStatement]
) -> tuple[str, bool]:
    """Return what the meeting meant, then the exception; and whether a person wrote the first."""
    text = page_one_texts.bottom_line(context, meeting)
    promises = [item for item in items if item.statement.is_promise]
    stand = list(_promises(context, meeting, promises))
    left = [item for item in promises if item.standing.status in UNFINISHED]
    after = [*stand, *_silence(context, left, len(promises)), *_gap(context, meeting)]
    if text:
        lead = text.text
    else:
        lead = _composed(context, meeting, MOST_WORDS - count(" ".join(stand)))
        if not lead:
            is_read = meeting.document in context.library.documents
            of = "evidence" if is_read and meeting.evidence != "partial" else "known_of_it"
            lead, after = context.words.of(of, meeting.evidence), after[:0]
            if _withheld(context, meeting):
                lead = context.words.say("nothing_printed")
    return brief([ended(lead), *after]), text is not None


def _composed(context: Context, meeting: Meeting, room: int) -> str:
    """Return the strongest of what was agreed, else of what was spoken."""
    points = page_one_texts.points(context, meeting.agreed, meeting)
    if points:
        first = points[0]
        return cut(
            context.words.capital(f"{first.verb or ''} {first.text}".strip()), max(room, LEAST)
        )
    made = [agreed_row(context, statement) for statement in agreed(context, meeting)[:BOTH]]
    if made:
        same = [made] if len(made) == BOTH and made[0].who == made[1].who else []
        options = [_agreed(context, items) for items in (*same, made[:1])]
        most = max(room, LEAST)
        fitting = next((option for option in options if count(option) <= most), None)
        return fitting or cut(options[-1], most)
    names = list(dict.fromkeys(s for item in context.said(meeting) for s in item.subjects))
    if not names:
        return ""
    subjects = context.library.subjects
    told = [
        inside(context, cut(context.label(subjects[name].name).text, WORDS_OF_A_NAME))
        for name in names[:MOST_SUBJECTS]
    ]
    more = len(names) - len(told)
    told += [context.words.say("lead_others", n=more)] if more else []
    words, listed = context.words, context.words.list(told)
    if meeting.evidence == "announced":
        return words.say("lead_announced", list=listed)
    if meeting.kind == REGULAR:
        return words.say("lead_spoken", list=listed)
    return words.say("lead_spoken_at", kind=words.of("meeting_kind", meeting.kind), list=listed)


def _agreed(context: Context, items: list[Agreed]) -> str:
    """Return what one side, or all of them, agreed to do."""
    first, words = items[0], context.words
    told = [clause(item.text) for item in items]
    done = [
        text if item.verb == first.verb else f"{item.verb} {text}"
        for item, text in zip(items, told, strict=True)
    ]
    assert first.who is not None  # noqa: S101 (it is taken from a statement)
    return f"{words.capital(speaker(few(first.who), words))} {first.verb} {words.list(done)}"


def _promises(
    context: Context, meeting: Meeting, promises: list[FollowedStatement]
) -> Iterator[str]:
    """Yield how the promises stand, then what is late.

    They are called the meeting's: the sentence before tells of sides, of leaders, of anything.
    """
    words, number = context.words, len(promises)
    if not promises and _withheld(context, meeting):
        yield words.say("no_promise_printed")
        return
    if not promises:
        yield words.of("no_promises_of_meeting", _extent(context, meeting))
        return
    counts = counted((item.standing.status, item.standing.inferred) for item in promises)
    yield from of_its_promises(counts, words, "_of_meeting")
    late = sum(item.standing.is_overdue for item in promises)
    if late:
        yield are_overdue(number, late, words)


def _extent(context: Context, meeting: Meeting) -> str:
    """Return how much of what a meeting issued was read, if it issued anything."""
    if meeting.evidence == "announced" or meeting.statements.complete:
        return meeting.evidence
    return "partial" if meeting.document in context.library.documents else "no document"


def _silence(context: Context, open_: list[FollowedStatement], number: int) -> Iterator[str]:
    """Yield since when there is no news of what is open of so many, where that is long ago."""
    newest = [found[0].when for item in open_ if (found := evidence(context, item.statement))]
    if not newest or len(newest) < len(open_):
        return
    last = max(when.last for when in newest)
    since = months_later(last, MONTHS_UNTIL_STALE)
    if since > context.snapshot.day:
        return
    context.snapshot.note(since)
    words, date = context.words, context.words.when(When.in_month_of(last))
    alone = words.say("no_news_of_one_since", date=date)
    told = alone if number == 1 else words.say("no_news_since", n=len(open_), date=date)
    yield words.capital(told)


def _gap(context: Context, meeting: Meeting) -> Iterator[str]:
    """Yield that no further meeting is on record, in the briefings on the last two."""
    if gap := open_gap(context, meeting):
        yield gap_sentence(context, gap)
