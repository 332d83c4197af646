"""Finds the paragraphs of the text itself in a file: without banner, headings, signatures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.brevity import joined, words
from reporter.sources.splitting import sentences
from reporter.sources.words import words as normal
from reporter.text import NOT_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.desk.draft.lexicon import Lexicon
    from reporter.sources.fingerprint import Fingerprint
    from reporter.sources.reading import Reading

FEW = 7  # words: what has fewer begins no text
LONGEST = 6_000  # letters of a sentence: what is longer is a table, or has lost its marks
FEWEST = 2  # words of a sentence inside it
SHORT = 40  # words: what has more is no banner, whatever words are in it
MOST_LOST = 3  # numbers of paragraphs, one after the other, that a text may be without
MOST_JOINED = 30  # paragraphs of a file that may be one of a document
_MARK = re.compile(
    r"(?:(?P<part>\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=\s))"
    r"|\(?(?P<number>\d{1,3})(?:[.)]|[-–](?=\s))"  # noqa: RUF001
    r"|[(（]\w{1,4}[)）]|[a-z][.)]|[ivxIVX]{1,4}[.)]"  # noqa: RUF001
    r"|[•●○◯■◆・*‣▪–—-])"  # noqa: RUF001
    r"(?=[\s\u3000]|[^\W\d])[\s\u3000]*"
)
_JAPANESE_NUMBER = re.compile(r"[一二三四五六七八九十]+、|[１-９][0-9０-９]?[\s\u3000.．]")  # noqa: RUF001
_FULL = (".", "。", "!", "?", ".”", '."')  # what ends a sentence; a preamble has commas
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FOOTNOTE = re.compile(r"\[\d+\]|\d{1,2} (?=[A-Z(])|[*†‡]\s")
_ENDS = re.compile(r"[.:;!?。：；！？][\"'”’)\]」』）]*(?:\[?\d{0,2}\]?)$")  # noqa: RUF001


class TextPiece(NamedTuple):
    """A paragraph of the file: text to read, and whether it is an item of a list."""

    text: str
    item: bool


class TextParagraph(NamedTuple):
    """A paragraph of the document, under its number."""

    number: int
    text: str
    pieces: tuple[TextPiece, ...]
    heading: str = ""


class Sentence(NamedTuple):
    """A sentence of a piece, under its number in the paragraph."""

    paragraph: int
    number: int
    text: str
    item: bool
    first: bool
    """Whether it begins its piece."""
    within: str
    """The sentence of the paragraph in which it stands: an item stands in that of its list."""

    @property
    def place(self) -> str:
        """The paragraph and the sentence."""
        return f"{self.paragraph}.{self.number}"


class Layout(NamedTuple):
    """The text of a document."""

    before: tuple[str, ...]
    """What stands in front of it: banner, title, place and day."""
    paragraphs: tuple[TextParagraph, ...]
    chosen: str
    """Which paragraphs of the file these are, as ``source add --paragraphs`` takes them."""
    changed: bool
    """Whether that differs from what is taken without saying which."""


def layout(there: Sequence[str], lexicon: Lexicon) -> Layout:
    """Return the text that is in the paragraphs of a file."""
    lines = [_plain(line) for line in there]
    begin, end = _begin(lines, lexicon), _end(lines, lexicon)
    if begin >= end:
        begin, end = 0, len(lines)
    inside = [at for at in range(begin, end) if not _is_outside(lines[at], lexicon)]
    groups, headings = _grouped(lines, inside, begin)
    return _laid(lines, groups, headings, begin)


def of_groups(there: Sequence[str], groups: list[list[int]]) -> Layout:
    """Return the text whose paragraphs are known: those of the file, counted from 1."""
    lines = [_plain(line) for line in there]
    counted = [[number - 1 for number in group] for group in groups]
    return _laid(lines, counted, {}, counted[0][0] if counted else 0)


def groups_of(there: Sequence[str], fingerprint: Fingerprint) -> list[list[int]]:
    """Return which paragraphs of a file, from 1, are a document's; none where not all are."""
    wanted: defaultdict[int, str] = defaultdict(str)
    for spot, digests in fingerprint.sentences.items():
        wanted[spot.paragraph] += digests
    found: list[list[int]] = []
    at = 0
    for digests in wanted.values():
        group = _next(there, at, digests, fingerprint)
        if not group:
            return []
        found.append(group)
        at = group[-1]
    return found


def _next(there: Sequence[str], at: int, digests: str, fingerprint: Fingerprint) -> list[int]:
    """Return the first paragraphs after one that together have these digests."""
    for begin in range(at, len(there)):
        if not digests.startswith(fingerprint.digests(there[begin])):
            continue
        for end in range(begin + 1, min(len(there), begin + MOST_JOINED) + 1):
            if fingerprint.digests(joined(there[begin:end])) == digests:
                return list(range(begin + 1, end + 1))
    return []


def _plain(line: str) -> str:
    """Return a line without what does not show."""
    return re.sub(NOT_TEXT, " ", _NO_WIDTH.sub("", line))


def _laid(
    lines: list[str], groups: list[list[int]], headings: dict[int, str], begin: int
) -> Layout:
    found = tuple(
        TextParagraph(
            number,
            joined(lines[at] for at in group),
            tuple(
                TextPiece(
                    lines[at],
                    _is_item(lines, at, first=at == group[0]) or _is_under(lines, group, at),
                )
                for at in group
            ),
            headings.get(group[0], ""),
        )
        for number, group in enumerate(groups, 1)
    )
    every = [[at] for at in range(len(lines))]
    return Layout(tuple(lines[:begin]), found, _named(groups), groups != every)


def _is_under(lines: list[str], group: list[int], at: int) -> bool:
    """Return whether a line stands below one of its paragraph that announces a list."""
    return at != group[0] and announces(lines[group[0]])


def announces(text: str) -> bool:
    """Return whether a text announces a list."""
    return text.rstrip().endswith((":", "："))  # noqa: RUF001


def is_around(text: str, lexicon: Lexicon) -> bool:
    """Return whether a paragraph belongs to the page and not to the text."""
    small = text.casefold()
    return words(text) < SHORT and any(phrase in small for phrase in lexicon.around)


def _is_outside(line: str, lexicon: Lexicon) -> bool:
    """Return whether a line is no text: a sentence that mentions an annex is one all the same."""
    names = [word for word in lexicon.ends if word in line.casefold()]
    mentions = bool(names) and is_text(line) and not is_around(_without(line, names), lexicon)
    return is_around(line, lexicon) and not mentions


def _without(line: str, names: list[str]) -> str:
    for name in names:
        line = line.casefold().replace(name, "")
    return line


def is_text(text: str, fewest: int = FEW) -> bool:
    """Return whether a paragraph is one of a text: a sentence, not a heading or a signature."""
    return bool(_ENDS.search(text)) and words(_bare(text)) >= fewest


def _bare(text: str) -> str:
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text


def _begin(lines: list[str], lexicon: Lexicon) -> int:
    """Return where the text begins: at its first sentence, after the last words announcing it."""
    announced = [
        at
        for at, line in enumerate(lines[: max(8, len(lines) // 3)])
        if _is_outside(line, lexicon) and not _numbered(line)
    ]
    begin = announced[-1] + 1 if announced else 0
    listing = tuple(phrase for phrase in lexicon.attended if phrase.endswith(":"))
    return next(
        (
            at
            for at in range(begin, len(lines))
            if is_text(lines[at], FEWEST if _numbered(lines[at]) == 1 else FEW)
            or lines[at].casefold().startswith(listing or "\0")
        ),
        begin,
    )


def _end(lines: list[str], lexicon: Lexicon) -> int:
    """Return where the text ends: before a heading of what is added, after its last sentence."""
    half = len(lines) // 2
    added = next(
        (
            at
            for at in range(half, len(lines))
            if words(lines[at]) < FEW
            and lines[at].casefold().strip(" :.0123456789") in lexicon.ends
        ),
        len(lines),
    )
    last = [
        at
        for at in range(added)
        if (is_text(lines[at], FEWEST) or _MARK.match(lines[at]))
        and not is_around(lines[at], lexicon)
        and not (at > half and _FOOTNOTE.match(lines[at]))
    ]
    return last[-1] + 1 if last else added


def _numbered(line: str) -> int:
    found = _MARK.match(line)
    return int(found["number"]) if found and found["number"] else 0


def _grouped(
    lines: list[str], inside: list[int], begin: int
) -> tuple[list[list[int]], dict[int, str]]:
    """Return which lines are one paragraph, and the heading above each first one."""
    kept: list[int] = []
    headings: dict[int, str] = {}
    heading = ""
    for at in inside:
        if (
            at == begin
            or is_text(lines[at], FEWEST)
            or words(lines[at]) >= (2 * FEW if _numbered(lines[at]) else SHORT)
            or _is_item(lines, at)
            or (kept and _goes_on(lines, at) and not _is_heading(lines, at))
        ):
            if heading:
                headings[at] = heading
            kept.append(at)
            heading = ""
        else:
            heading = lines[at]
    starts = _starts(lines, kept)
    groups: list[list[int]] = []
    for at in kept:
        if groups and _is_part(lines, groups[-1], at, starts):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups, headings


def _is_part(lines: list[str], group: list[int], at: int, starts: list[int]) -> bool:
    """Return whether a line belongs to the paragraph above: by its number, or as an item of it."""
    if starts:
        return at not in starts or at == starts[0]
    announced = announces(lines[group[0]])
    numbered = bool(_numbered(lines[at]))
    return announced and at == group[-1] + 1 and (_is_item(lines, at) or numbered)


def _starts(lines: list[str], kept: list[int]) -> list[int]:
    """Return the lines at which the document's own numbers stand; none where it has none."""
    found: list[int] = []
    last = 0
    for at in kept:
        number = _numbered(lines[at])
        if number == last + 2 and found:  # the one between has lost its number
            between = [one for one in kept if found[-1] < one < at and is_text(lines[one])]
            found += [one for one in between[-1:] if not _is_item(lines, one)]
        if last < number <= last + MOST_LOST:
            found.append(at)
            last = number
    front = [at for at in kept if found and at < found[0] and lines[at].rstrip().endswith(_FULL)]
    enough = len(found) > 2 and len(front) <= 2  # noqa: PLR2004
    if not enough or _is_list(lines, kept, found):
        return []
    if front and _numbered(lines[found[0]]) == 2:  # noqa: PLR2004 (the first has no number)
        found.insert(0, front[0])
        return found
    return found if _numbered(lines[found[0]]) == 1 else []


def _is_list(lines: list[str], kept: list[int], numbered: list[int]) -> bool:
    """Return whether numbered lines are a list in a text without numbers that goes on after it."""
    announced = numbered[0] > 0 and announces(lines[numbered[0] - 1])
    after = [at for at in kept if at > numbered[-1]]
    return announced and sum(is_text(lines[at]) and not _MARK.match(lines[at]) for at in after) > 1


def _is_item(lines: list[str], at: int, *, first: bool = False) -> bool:
    """Return whether a line is an item of a list, or one after a line that announces some."""
    mark = _MARK.match(lines[at])
    if mark and not mark["number"] and not mark["part"]:
        return True
    if first or at == 0:
        return False
    if _is_heading(lines, at):
        return False
    before = lines[at - 1].rstrip()
    is_open = before.endswith((":", ";", ",", "; and", ", and", "："))  # noqa: RUF001
    return is_open or lines[at][:1].islower()


def _is_heading(lines: list[str], at: int) -> bool:
    """Return whether a line stands above a text: short, with a capital, and no mark at its end."""
    short = words(lines[at]) <= FEW and not lines[at][:1].islower() and not _ENDS.search(lines[at])
    return short and at + 1 < len(lines) and is_text(lines[at + 1])


def _goes_on(lines: list[str], at: int) -> bool:
    return lines[at - 1].rstrip().endswith((",", ";", ":"))


def _named(groups: list[list[int]]) -> str:
    """Return groups of lines as ``source add --paragraphs`` takes them."""
    parts: list[str] = []
    run: list[int] = []
    for group in [*groups, []]:
        if len(group) == 1 and (not run or group[0] == run[-1] + 1):
            run.append(group[0])
            continue
        if run:
            parts.append(f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}")
        run = group if len(group) == 1 else []
        if len(group) > 1:
            parts.append("+".join(str(at + 1) for at in group))
    return ",".join(parts)


def sentences_of(paragraph: TextParagraph, reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each under the number that the fingerprint gives it."""
    spans = list(_spans(paragraph.text, reading))
    begins = [begin for begin, _ in spans]
    at = 0
    for piece in paragraph.pieces:
        begin = paragraph.text.find(piece.text, at)
        at = max(at, begin)
        place = at
        marked = _MARK.match(piece.text) or _JAPANESE_NUMBER.match(piece.text)
        bare = piece.text[marked.end() :] if marked else piece.text
        place += len(piece.text) - len(bare)
        for index, text in enumerate(sentences(bare, reading)):
            place = max(place, paragraph.text.find(text, place))
            number = bisect_right(begins, place) or 1
            within = spans[number - 1][1] if spans else text
            within = within if len(within) <= LONGEST else text
            yield Sentence(paragraph.number, number, text, piece.item, index == 0, within)
            place += len(text)
        at += len(piece.text)


def _spans(text: str, reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a paragraph that have words, each with where it begins."""
    at = 0
    for sentence in sentences(text, reading):
        at = max(at, text.find(sentence, at))
        if normal(sentence):
            yield at, sentence
        at += len(sentence)
