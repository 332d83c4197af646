"""Who kept what: each promise of an agreement or meeting, or one promise, by party, with averages.

Of few parties each has a column; of many each has a row, and promises have numbers.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from reporter.library.snapshot import WORST_FIRST, StandingWord
from reporter.problems import stop
from reporter.records.statements import Status
from reporter.reports.common.agreed_points import counted
from reporter.reports.common.related import RelatedRow, row
from reporter.reports.common.sentences import brief, due, in_vain, standings
from reporter.reports.matrix import averages, rows
from reporter.reports.views import Anchored, Label, Line, Refs, Report, View, Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.language import Language
    from reporter.library import Owned
    from reporter.library.snapshot import Snapshot, Standing
    from reporter.records.statements import Entry
    from reporter.reports.common.context import Context
    from reporter.reports.matrix.averages import Mean

MOST_COLUMNS = 20  # of marks beside the names of parties, on paper
FEW = 4  # parties that have a column with words
MOST_NAMED = 2  # parties with the same average, in the bottom line


class Average(View):
    """An average of scores, rounded; with its percentage where scores run from -1 to 1."""

    value: Decimal
    percent: int | None
    of: int
    """How many scores there are."""
    text: str
    """``+0.69 (85%)``."""


class Cell(View):
    """Where a party stands with a promise; it has no status where the party does not owe it."""

    party: str
    status: StandingWord | None = None
    word: str = ""
    notes: tuple[str, ...] = ()
    """Our inference; since when it is overdue."""
    inferred: bool = False
    overdue: bool = False
    score: Decimal | None = None


class Commitment(Anchored):
    """A promise, with where each party stands."""

    number: int
    text: str
    due: str
    cells: tuple[Cell, ...]
    counts: str
    """How many parties stand at which status, in words."""
    average: Average | None
    evidence: tuple[Line, ...]
    """What shows where parties stand, oldest first; each line says of whom it tells."""
    refs: Refs


class Member(View):
    """A party, and what its average is."""

    id: str
    name: Label
    short: Label
    average: Average | None


class Block(View):
    """A part of the matrix that the paper has room for."""

    numbers: tuple[int, ...]
    rows: tuple[BlockRow, ...]


class BlockRow(View):
    """A party, and where it stands with the promises of a block."""

    name: Label
    cells: tuple[Cell, ...]
    average: Average | None


class Score(View):
    """What a status counts."""

    status: Status
    score: Decimal


class MatrixReport(Report):
    """All that a matrix of promises by party prints."""

    bottom_line: str
    """How many promises of how many there are, how they stand and the average: 45 words at most."""
    layout: Literal["one", "few", "many"]
    """Whether it is about one promise; else of how many parties."""
    made: RelatedRow
    """The agreement or the meeting, and the report on it."""
    commitments: tuple[Commitment, ...]
    members: tuple[Member, ...]
    """In the order of the project and of the agreement."""
    ranked: tuple[Member, ...]
    """Those that have an average, the highest first."""
    blocks: tuple[Block, ...]
    """The matrix of many parties, as far as one table has room for its columns."""
    statuses: tuple[StandingWord, ...]
    """Those at which any party stands, the worst first."""
    average: Average | None
    """Of all scores."""
    scores: tuple[Score, ...]
    scale: str
    """What counts how much, in a sentence."""


def matrix_report(context: Context, name: str) -> MatrixReport:
    """Return the matrix of what has this name in this context.

    Raises ReporterError where it has no promises, or had none on the day.
    """
    library = context.library
    subject = rows.subject_of(library, name)
    every = rows.promises(subject)
    if not every:
        what = "is no promise" if subject.promise else "has no promises"
        hint = "name an agreement, a meeting or a promise that somebody committed to"
        stop(None, f"'{name}' {what}", hint)
    made = tuple(owned for owned in every if context.was_said(owned))
    if not made:
        raise context.unknown(name, context.made(every[0]))
    for owned in made:
        context.snapshot.note(context.made(owned))
    owners = rows.parties(library, subject, made)
    commitments = tuple(
        _commitment(context, number, owned, owners) for number, owned in enumerate(made, 1)
    )
    members = tuple(_member(context, owner, commitments) for owner in owners)
    overall = _average(context, _scores(commitments))
    found = {cell.status for row in commitments for cell in row.cells}
    return MatrixReport(
        id=subject.report,
        heading=rows.heading_of(library, subject),
        masthead=context.masthead(rows.heading_of(library, subject)),
        bottom_line=brief(_sentences(context.words, commitments, members, overall)),
        layout="one" if subject.promise else "few" if len(owners) <= FEW else "many",
        made=row(context, subject.owner, "", ()),
        commitments=commitments,
        members=members,
        ranked=tuple(sorted((one for one in members if one.average), key=_highest_first)),
        blocks=tuple(_blocks(commitments, members)),
        statuses=tuple(word for word in WORST_FIRST if word in found),
        average=overall,
        scores=tuple(
            Score(status=status, score=score)
            for status, score in library.project.scores.root.items()
        ),
        scale=_scale(context),
        corrections=context.corrections(subject.report),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _commitment(context: Context, number: int, owned: Owned, owners: Sequence[str]) -> Commitment:
    statement, words = owned.statement, context.words
    refs = context.sources.cite(statement.source)
    cells = tuple(_cell(context, owned, name) for name in owners)
    followed = context.at(owned.owner).followed(owned)
    return Commitment(
        id=statement.id or "",
        number=number,
        text=words.capital(followed.short),
        due=due(followed, words),
        cells=cells,
        counts=_counts(cells, words),
        average=_average(context, (cell.score for cell in cells)),
        evidence=tuple(_shown(context, entry) for entry in rows.decisive(context, statement)),
        refs=refs,
    )


def _shown(context: Context, entry: Entry) -> Line:
    """Return a line of a history, of a check that nothing was found."""
    line = context.entry(entry)
    return line if entry.date else in_vain(line, context.words).model_copy(update={"date": None})


def _cell(context: Context, owned: Owned, name: str) -> Cell:
    if name not in owned.statement.by:
        return Cell(party=name)
    standing = context.snapshot.of_owner(owned.statement, context.made(owned), name)
    scores = context.library.project.scores.root
    return Cell(
        party=name,
        status=standing.status,
        word=context.words.of("status", standing.status),
        notes=tuple(_notes(standing, context.words)),
        inferred=standing.inferred,
        overdue=standing.is_overdue,
        score=averages.score_of(standing.status, scores),
    )


def _notes(standing: Standing, words: Language) -> Iterator[str]:
    if standing.inferred:
        yield words.say("inferred")
    if standing.overdue_since:
        yield words.say("overdue_since", date=words.day(standing.overdue_since, short=True))


def _counts(cells: Iterable[Cell], words: Language) -> str:
    """Return ``14 met, 2 open, 2 overdue``, in the order of the codebook."""
    every = [cell for cell in cells if cell.status]
    found = counted((cell.status, False) for cell in every)
    told = [(one.number, words.small(words.of("status", one.status))) for one in found]
    told.append((sum(cell.overdue for cell in every), words.say("overdue")))
    told.append((sum(cell.inferred for cell in every), words.say("inferred")))
    said = (
        words.say("matrix_count", number=number, status=word) for number, word in told if number
    )
    return words.say("matrix_between").join(said)


def _member(context: Context, name: str, commitments: Iterable[Commitment]) -> Member:
    own = (cell.score for row in commitments for cell in row.cells if cell.party == name)
    return Member(
        id=name,
        name=context.in_full(name),
        short=context.party(name),
        average=_average(context, own),
    )


def _scores(commitments: Iterable[Commitment]) -> Iterator[Decimal | None]:
    return (cell.score for row in commitments for cell in row.cells)


def _average(context: Context, scores: Iterable[Decimal | None]) -> Average | None:
    found = averages.mean(scores)
    return _told(context, found) if found else None


def _told(context: Context, found: Mean) -> Average:
    words = context.words
    value = averages.rounded(found.value, 2)
    percent = averages.percent(found.value, context.library.project.scores.root.values())
    text = words.signed(value)
    if percent is not None:
        text = words.say("matrix_average", average=text, percent=percent)
    return Average(value=value, percent=percent, of=found.of, text=text)


def _highest_first(member: Member) -> Decimal:
    return -member.average.value if member.average else Decimal()


def _blocks(commitments: Sequence[Commitment], members: Sequence[Member]) -> Iterator[Block]:
    """Yield the matrix in parts of as many promises as the paper has room for, alike in width."""
    parts = -(-len(commitments) // MOST_COLUMNS)
    size = -(-len(commitments) // parts)
    for start in range(0, len(commitments), size):
        part = commitments[start : start + size]
        yield Block(
            numbers=tuple(row.number for row in part),
            rows=tuple(
                BlockRow(
                    name=member.name,
                    cells=tuple(row.cells[at] for row in part),
                    average=member.average,
                )
                for at, member in enumerate(members)
            ),
        )


def _sentences(
    words: Language,
    commitments: Sequence[Commitment],
    members: Sequence[Member],
    overall: Average | None,
) -> Iterator[str]:
    """Yield how many promises of how many there are, the average, and who and what stands out."""
    found = [(cell.status, False) for row in commitments for cell in row.cells if cell.status]
    number = words.say("matrix_promises", n=len(commitments))
    owed = words.say("matrix_parties", n=len(members), promises=number)
    told = standings(counted(found), words)
    said = {"number": words.number(len(found)), "owed": owed, "counts": told}
    key = "matrix_stand_alone" if len(found) == len(commitments) else "matrix_stand"
    yield words.capital(words.say(key, None, **said))
    if overall:
        yield words.say("matrix_overall", average=overall.text)
    ranked = sorted((one for one in members if one.average), key=_highest_first)
    if len(commitments) > 1 and ranked and not _is_alike(ranked[0], ranked[-1]):
        first, last = (_alike(words, ranked, one) for one in (ranked[0], ranked[-1]))
        yield words.say("matrix_ranked", first=first, last=last)


def _alike(words: Language, ranked: Sequence[Member], like: Member) -> str:
    """Return ``State C and State D, +1.00 (100%)``: all that have the same average."""
    names = [one.name.text for one in ranked if _is_alike(one, like)]
    more = len(names) - MOST_NAMED
    told = names[:MOST_NAMED] + ([words.say("others", n=more)] if more > 0 else [])
    average = like.average.text if like.average else ""
    return words.say("matrix_of", name=words.list(told), average=average)


def _is_alike(one: Member, other: Member) -> bool:
    """Return whether two have the same average, of however many scores."""
    return _highest_first(one) == _highest_first(other)


def _scale(context: Context) -> str:
    """Return what counts how much: ``Met counts +1, in progress 0, missed -1``."""
    words, scores = context.words, context.library.project.scores.root
    told = [
        words.say(
            "matrix_score",
            status=words.small(words.of("status", status)),
            score=words.signed(score),
        )
        for status, score in scores.items()
    ]
    said = words.say("matrix_scale", scores=words.list(told))
    if averages.percent(Fraction(), scores.values()) is None:
        return said
    return f"{said} {words.say('matrix_scale_percent')}"


def _is_there(snapshot: Snapshot, arguments: tuple[str]) -> bool:
    subject = rows.subject_of(snapshot.library, arguments[0])
    return any(map(snapshot.was_said, rows.promises(subject)))


VIEWS = Views(
    MatrixReport,
    lambda snapshot, name: rows.heading_of(
        snapshot.library, rows.subject_of(snapshot.library, name)
    ),
    matrix_report,
    there=_is_there,
)
