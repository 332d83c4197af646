"""Tests of questions to those who promised, and of their answers."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner
from test_sheets import MEETING, line_of, root

from reporter.cli import main
from reporter.desk.sheets.ask import AskedOf, ask
from reporter.desk.sheets.take import take
from reporter.language import language_of
from reporter.library.edition import library_of
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["root"]
DAY = date(2026, 6, 30)
NEWS, WHEN = "Data flow both ways", "2025-09"


def asked(root: Path, day: date = DAY, **whom: Any) -> tuple[Any, EmailMessage]:  # noqa: ANN401
    """Return the sheet of questions, and the e-mail."""
    path, mail = ask(root, AskedOf(**whom), day, root.parent / "questions.xlsx")
    found = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return openpyxl.load_workbook(path).worksheets[0], found


def answer(root: Path, promise: str, **cells: str) -> Path:
    """Write an answer into the workbook of questions; '_' in a name is a blank."""
    path = root.parent / "questions.xlsx"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = [cell.value for cell in page[1]]
    for name, text in cells.items():
        page.cell(line_of(page, promise), head.index(name.replace("_", " ")) + 1).value = text
    book.save(path)
    return path


def promises(page: Any) -> list[str]:  # noqa: ANN401 (without types)
    """Return the promises about which a sheet asks."""
    return [page.cell(line, 2).value for line in range(2, page.max_row + 1)]


@pytest.mark.parametrize(
    ("whom", "found"),
    [
        ({"owner": "b-agency"}, ["u-01"]),
        ({"owner": "BSA"}, ["u-01"]),
        ({"owner": "state-a"}, ["c1-02", "c2-01"]),
        ({"desk": "state-b"}, ["u-01", "c1-02", "c2-01"]),
        ({"meeting": "meeting-01"}, ["c1-02"]),
        ({"desk": "state-b", "meeting": "meeting-01"}, ["c1-02"]),
    ],
)
def test_whom_to_ask(root: Path, whom: dict[str, Any], found: list[str]) -> None:
    """A body, a side with its bodies, or about a meeting: what is not done, most urgent first."""
    assert promises(asked(root, **whom)[0]) == found


def test_a_meeting_of_no_series_is_told_apart(root: Path) -> None:
    """As any command does, since the number may be right."""
    with pytest.raises(ReporterError, match="there is no series 'sea'"):
        asked(root, meeting="sea/meeting-01")


def test_what_its_side_owes_about_a_body(root: Path) -> None:
    """A body is asked about it, too."""
    path = root / "data" / MEETING
    path.write_text(
        path.read_text().replace(
            "strength: committed  # both", "strength: committed\n      about: b-agency"
        )
    )
    assert promises(asked(root, owner="b-agency")[0]) == ["u-01", "c1-02"]


@pytest.mark.parametrize(
    ("whom", "expected"),
    [
        ({"owner": "b-agenci"}, "there is no body 'b-agenci'\n    did you mean 'b-agency'?"),
        (
            {"owner": "b-ministry"},
            (
                "no promise that is not done is left to ask about\n"
                "    ask about what its side owes: --desk state-b"
            ),
        ),
        ({"desk": "state-c"}, "there is no side 'state-c'"),
        ({"meeting": "meeting-07"}, "there is no meeting 7"),
    ],
)
def test_nobody_to_ask(root: Path, whom: dict[str, Any], expected: str) -> None:
    """It is said, with what to try."""
    with pytest.raises(ReporterError) as caught:
        asked(root, **whom)
    assert expected in str(caught.value)


def test_the_email(root: Path) -> None:
    """It opens as a draft, has the workbook, and is the same bytes each time."""
    page, mail = asked(root, desk="state-b")
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "Space Talks of State A and State B: what became of three promises"
    assert mail["Date"] == "Tue, 30 Jun 2026 12:00:00 +0000"
    text, attachment = mail.iter_parts()
    told = text.get_content()
    assert "Launch the lander (Lander Agreement; due: 2025). Open, overdue since" in told
    assert "1 Jun 2024: looked for, not found: any exchange of data" in told
    assert attachment.get_filename() == "questions.xlsx"
    assert attachment.get_content() == (root.parent / "questions.xlsx").read_bytes()
    first = (root.parent / "questions.eml").read_bytes()
    asked(root, desk="state-b")
    assert (root.parent / "questions.eml").read_bytes() == first
    assert page["L2"].protection.locked is False
    assert page["G2"].protection.locked


def test_nothing_internal_is_asked(root: Path) -> None:
    """Neither an internal line nor an internal promise goes to another house."""
    path = root / "data" / MEETING
    text = path.read_text().replace(
        "status: not verified}", "status: not verified, internal: true}"
    )
    path.write_text(text)
    asked(root, desk="state-b")
    assert b"exchange of data" not in (root.parent / "questions.eml").read_bytes()
    path.write_text(
        text.replace("strength: committed  # both", "strength: committed\n      internal: true")
    )
    assert promises(asked(root, desk="state-b")[0]) == ["u-01", "c2-01"]


def test_an_answer(root: Path) -> None:
    """It becomes a line of the history, marked with who says so, and internal; but only once."""
    asked(root, owner="state-b")
    before = (root / "data" / MEETING).read_text()
    file = answer(root, "c1-02", news=NEWS, date_of_the_news=WHEN, status="in progress")
    assert take(root, file).paths == (root / "data" / MEETING,)
    new = (
        f"        - {{date: {WHEN}, text: {NEWS}, status: in progress, parties: state-b, "
        f"self_reported: state-b, internal: true}}\n"
    )
    after = (root / "data" / MEETING).read_text()
    assert after.replace(new, "") == before
    assert take(root, file).lines == ("the answer to 'c1-02' is on record already",)
    asked(root, owner="state-b")  # over the answers, which are on record
    library = library_of(contents := load(root))
    context = Context.on(library, DAY, language_of(contents.theme, "en"))
    followed = context.followed(library.statements["c1-02"])
    owners = {one.id: one.status for one in followed.standing.owners}
    assert owners == {"state-a": "not verified", "state-b": "in progress"}
    line = library.statements["c1-02"].statement.history[-1]
    assert context.told(line) == f"{NEWS} (self-reported by State B)"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"status": "met"}, "K3: error: what is self-reported cannot set the status 'met' without"),
        ({"source": "https://b.example/news"}, "J3: error: 'https://b.example/news' does not name"),
        ({"source": "nowhere"}, "J3: error: there is no document 'nowhere'"),
        ({"date_of_the_news": ""}, "I3: error: an answer without 'date of the news'"),
        ({"date_of_the_news": "soon"}, "I3: error: 'soon' is not a date"),
        ({"news": ""}, "H3: error: an answer without 'news'"),
        ({"answered_by": "nobody"}, "L3: error: there is no record 'nobody'"),
    ],
)
def test_an_answer_that_is_wrong(root: Path, cells: dict[str, str], expected: str) -> None:
    """It is told by its cell; nothing is taken."""
    asked(root, desk="state-b")
    file = answer(root, "c1-02", **{"news": NEWS, "date_of_the_news": WHEN, **cells})
    with pytest.raises(ReporterError) as caught:
        take(root, file)
    assert expected in "".join(problem.render(file.parent) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("when", "is_taken"),
    [
        *((when, True) for when in ("2026-06-30", "2026-06", "2026", "../2026-06-30")),
        *((when, False) for when in ("2026-07-01", "2026-07", "2027", "2026-06-01/2026-07-02")),
    ],
)
def test_an_answer_of_a_day_to_come(root: Path, when: str, is_taken: bool) -> None:  # noqa: FBT001
    """News is of today at the latest: what is to come is told by its cell, and nothing is taken."""
    asked(root, desk="state-b")
    file = answer(root, "c1-02", news=NEWS, date_of_the_news=when)
    if is_taken:
        assert take(root, file, DAY).paths
        return
    with pytest.raises(ReporterError) as caught:
        take(root, file, DAY)
    (problem,) = caught.value.problems
    expected = f"questions.xlsx:I3: error: news of '{when}': today is 2026-06-30"
    assert problem.render(file.parent).startswith(expected)


def test_no_answer_is_overwritten(root: Path) -> None:
    """Questions are not written over answers that nobody has taken."""
    asked(root, owner="state-b")
    answer(root, "c1-02", news=NEWS, date_of_the_news=WHEN)
    with pytest.raises(ReporterError, match="it holds changes that are not in the records"):
        asked(root, owner="state-b")


def test_an_answer_with_a_source(root: Path) -> None:
    """With a document that is on record it may say that it is met."""
    asked(root, owner="b-agency")
    take(
        root,
        answer(root, "u-01", news="Launched", date_of_the_news=WHEN, status="met", source="news"),
    )
    assert load(root).problems == ()
    text = (root / "data" / "agreements" / "lander-agreement.yaml").read_text()
    assert "        status: met\n        self_reported: b-agency\n        source: news\n" in text


def test_what_a_source_decided_of_the_same_promise_stays(root: Path) -> None:
    """Also where the source stands with another promise that is the same."""
    path = root / "data" / MEETING
    same = """    - id: c1-09
      by: [state-a, state-b]
      verb: concurred
      text: to share it
      strength: committed
      same_as: c1-02
      history: [{date: 2025-01, text: A part, status: partly met, source: news}]
      source: statement-01#3
"""
    path.write_text(path.read_text() + same)
    asked(root, meeting="meeting-01")
    file = answer(
        root, "c1-02", news=NEWS, date_of_the_news=WHEN, status="in progress", answered_by="state-a"
    )
    assert "sets no status: by its sources it is 'partly met'" in take(root, file).lines[1]


def test_what_a_source_decided_stays(root: Path) -> None:
    """An answer without a source is taken beside it, without its status."""
    path = root / "data" / MEETING
    check = "text: Any exchange of data, status: not verified}"
    entry = "text: x}\n        - {date: 2025-01, text: A part, status: partly met, source: news}"
    path.write_text(path.read_text().replace(check, entry))
    asked(root, meeting="meeting-01")
    file = answer(
        root, "c1-02", news=NEWS, date_of_the_news=WHEN, status="in progress", answered_by="state-a"
    )
    assert "sets no status: by its sources it is 'partly met'" in take(root, file).lines[1]
    assert (
        f"{{date: {WHEN}, text: {NEWS}, parties: state-a, self_reported: state-a, internal: true}}"
        in path.read_text()
    )


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ((), 2, "say whom or what to ask about"),
        (("--owner", "BSA", "-o", "x.ods"), 2, "it ends in .xlsx"),
        (("--owner", "BSA", "--as-of", "2026-06-30"), 0, "questions.eml"),
    ],
)
def test_the_command(root: Path, words: tuple[str, ...], code: int, expected: str) -> None:
    """It says whom it asks, and names the files that it writes."""
    where = () if "-o" in words else ("-o", str(root.parent / "questions.xlsx"))
    done = CliRunner().invoke(main, ["ask", *words, *where, "--project", str(root)])
    assert done.exit_code == code, done.output
    assert expected in done.output


def test_what_a_weak_source_says_is_told_as_not_confirmed(root: Path) -> None:
    """Other houses read it, too; and a name keeps its capital in the middle of a line."""
    path = root / "data" / MEETING
    check = "text: Any exchange of data, status: not verified}"
    text = path.read_text(encoding="utf-8")
    assert check in text
    said = f"{check}\n        - {{date: 2025-04, text: Data flow, source: blog}}"
    said = said.replace("Any exchange", "State B or an exchange")
    path.write_text(text.replace(check, said), encoding="utf-8")
    _, mail = asked(root, desk="state-b")
    told = next(mail.iter_parts()).get_content()
    assert "Apr 2025: reported, not confirmed: Data flow" in told
    assert "looked for, not found: State B or an exchange" in told
