"""Tests of four eyes: what was reviewed, what changed since, and the edition with only that."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import several
from conftest import VALID
from reading import context, words

from reporter.choice import Choice, Edition
from reporter.desk.listing import listing
from reporter.desk.review import review
from reporter.formats import html
from reporter.library.edition import edited, library_of
from reporter.library.snapshot import Snapshot
from reporter.problems import ReporterError
from reporter.records.check import check
from reporter.records.project import load
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from reporter.choice import EditionName
    from reporter.library import Library

DAY = date(2026, 6, 1)
ALL = (
    *("meetings", "agreements", "programmes", "policies", "organisations", "people"),
    *("subjects", "documents", "disagreements"),
)
FIRST = "meetings/01.yaml"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project in which all was reviewed."""
    root = Path(shutil.copytree(VALID, tmp_path_factory.mktemp("reviewed") / "project"))
    review(root, ALL, "K. Sato", date(2026, 5, 1))
    return root


@pytest.fixture
def project(tmp_path: Path, reviewed: Path) -> Path:
    """Return a copy of it, to be changed."""
    return Path(shutil.copytree(reviewed, tmp_path / "project"))


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file of records."""
    path = root / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def in_edition(root: Path, name: EditionName = "reviewed") -> Library:
    """Return the library of an edition."""
    return edited(library_of(load(root)), Edition(name))


def test_all_that_was_reviewed_is_in_the_reviewed_edition(project: Path) -> None:
    """Then it is the internal one; and the records are as they were but for the reviews."""
    assert check(project).warnings == ()
    whole, found = library_of(load(VALID)), in_edition(project)
    assert list(whole.statements) == list(found.statements)
    assert len(whole.records) == len(found.records)
    text = (project / "data" / FIRST).read_text(encoding="utf-8")
    text = re.sub(r"(, |\n *)reviewed: \{by: K. Sato, on: 2026-05-01, digest: \w{12}\}", "", text)
    assert text == (VALID / "data" / FIRST).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "again"),
    [
        (FIRST, "to deliver its part", "to deliver the part", "c1-01"),
        (FIRST, "text: First tests", "text: Final tests", "c1-01@2024-03"),
        (FIRST, "due: 2024", "due: 2025", "c1-01"),
        (FIRST, "title: {en: First", "title: {en: Last", "meeting-01"),
        ("people.yaml", "The Envoy for", "An Envoy for", "a-envoy"),
        ("programmes/lander.yaml", "Work began", "Work begun", "lander"),
    ],
)
def test_what_was_changed_is_a_warning_at_its_line(
    project: Path, name: str, old: str, new: str, again: str
) -> None:
    """It says who reviewed it, when, and the command to review again; then it is quiet."""
    change(project, name, old, new)
    (warning,) = check(project).warnings
    assert warning.message == "changed since K. Sato reviewed it on 2026-05-01"
    assert f"'reporter review {again} --by NAME'" in (warning.hint or "")
    written = (project / "data" / name).read_text(encoding="utf-8").splitlines()
    assert "K. Sato" in written[warning.line - 1]
    found = review(project, [again], "A. Mori", date(2026, 5, 2))
    assert found.new == 1
    assert check(project).warnings == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number: 1\n", "number: 1\n# a remark\n"),
        (
            "verb: committed\n      text: to deliver its part of the lander",
            "text: to deliver its part\n        of the lander\n      verb: committed",
        ),
        ("due: 2024", "due: '2024'"),
        ("source: statement-01#2", "source: [statement-01#2]"),
        ("due: 2024", "due: 2024\n      internal: false"),
    ],
)
def test_how_it_is_written_is_nothing_that_was_reviewed(project: Path, old: str, new: str) -> None:
    """Comments, the order of keys, breaks of lines, quotation marks and defaults may change."""
    change(project, FIRST, old, new)
    assert check(project).warnings == ()


def test_a_statement_that_is_added_or_taken_out_changes_the_record(project: Path) -> None:
    """A list was reviewed as a whole; a line that is added to a history was not reviewed yet."""
    new = "  items:\n    - {by: state-a, verb: discussed, text: more, source: statement-01#3}\n"
    change(project, FIRST, "  items:\n", new)
    line = "status: met, source: news"
    change(project, FIRST, f"{line}, ", f"{line}, about: [lander], ")
    found = [problem.hint or "" for problem in check(project).warnings]
    assert ["review c1-01@2025-01-20 " in hint for hint in found] == [True, False]
    assert ["review meeting-01 " in hint for hint in found] == [False, True]


@pytest.mark.parametrize(
    ("wanted", "by", "message"),
    [
        (["meeting-01"], "desk for the Space Talks", "is the author"),
        (["meeting-01"], " ", "nobody is named"),
        (["meeting-10"], "K. Sato", "there is nothing 'meeting-10' to review"),
        (["c1-01@2031-01-01"], "K. Sato", "there is nothing 'c1-01@2031-01-01' to review"),
    ],
)
def test_a_review_that_is_none_is_refused(
    project: Path, wanted: list[str], by: str, message: str
) -> None:
    """The author is no second person; and what is reviewed has to be there."""
    before = (project / "data" / FIRST).read_bytes()
    with pytest.raises(ReporterError, match=message):
        review(project, wanted, by, DAY)
    assert (project / "data" / FIRST).read_bytes() == before


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        ("lander#launch", "'lander#launch' has no review of its own", "reviewed with 'lander'"),
        ("paris", "'paris' has no review of its own", "write the id of a record"),
        ("visits", "there is nothing 'visits' to review", "write the id of a record"),
        ("c1-01@", "there is nothing 'c1-01@' to review", "write the id of a record"),
    ],
)
def test_what_has_no_review_of_its_own_is_refused(
    project: Path, wanted: str, message: str, hint: str
) -> None:
    """What can be reviewed in its place is said."""
    (project / "data" / "visits").mkdir()
    visit = "id: paris\ntitle: {en: A visit}\nreports: [ledger]\n"
    (project / "data" / "visits" / "paris.yaml").write_text(visit, encoding="utf-8")
    with pytest.raises(ReporterError, match=re.escape(message)) as caught:
        review(project, [wanted], "A. Mori", DAY)
    assert hint in caught.value.problems[0].hint


def test_of_two_records_with_one_id_either_can_be_reviewed(tmp_path: Path) -> None:
    """A subject may go by the name of a programme; then its kind is said, too."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    paths = [review(root, [name], "A. Mori", DAY).paths for name in ("lander", "subject:lander")]
    assert [path.name for (path,) in paths] == ["lander.yaml", "subjects.yaml"]
    change(root, "subjects.yaml", "en: Lander", "en: Landers")
    (warning,) = check(root).warnings
    assert "'reporter review subject:lander --by NAME'" in warning.hint


def test_what_cannot_be_read_cannot_be_reviewed(project: Path) -> None:
    """Its problem is told, not that there is no such record."""
    change(project, FIRST, "number: 1", "number: one")
    with pytest.raises(ReporterError, match="expected a whole number"):
        review(project, ["meeting-01"], "A. Mori", DAY)


def test_a_comment_in_a_review_is_not_lost(project: Path) -> None:
    """Where the review of today would take it away, that is told at its line."""
    path = project / "data" / "people.yaml"
    before = path.read_text(encoding="utf-8").replace("The Envoy", "An Envoy")
    before = re.sub(r"reviewed: \{(by: [^,]*), ", r"reviewed: {  # with care\n    \1, ", before)
    path.write_text(before, encoding="utf-8")
    with pytest.raises(ReporterError, match="a comment stands there") as caught:
        review(project, ["people"], "A. Mori", DAY)
    assert (caught.value.problems[0].path, caught.value.problems[0].line) == (path, 1)
    assert path.read_text(encoding="utf-8") == before


def test_what_is_wrong_cannot_be_reviewed(project: Path) -> None:
    """The error is told; a record in which there is none can be reviewed all the same."""
    change(project, FIRST, "statement-01#2", "statement-01#9")
    change(project, "meetings/02.yaml", "to a third", "to the third")
    with pytest.raises(ReporterError, match="has no paragraph 9"):
        review(project, ["c1-01"], "A. Mori", DAY)
    assert review(project, ["e2-02"], "A. Mori", DAY).new == 1


def test_with_names_what_a_record_names_is_reviewed_too(tmp_path: Path) -> None:
    """Bodies, persons, subjects and documents; what was reviewed stays as it is."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    review(root, ["a-ministry"], "A. Mori", DAY)
    found = review(root, ["meeting-01"], "K. Sato", DAY, names=True)
    assert found.before == 1
    assert {path.name for path in found.paths} == {
        *("01.yaml", "documents.yaml", "organisations.yaml", "people.yaml", "subjects.yaml")
    }
    bodies = (root / "data" / "organisations.yaml").read_text(encoding="utf-8")
    assert (bodies.count("A. Mori"), bodies.count("K. Sato")) == (1, 2)
    assert "reviewed" not in (root / "data" / "programmes" / "lander.yaml").read_text("utf-8")
    library = in_edition(root)
    assert list(library.meetings) == [1]
    assert set(library.statements) == {"c1-01", "c1-02"}


def test_with_names_of_a_statement_are_those_that_it_names(tmp_path: Path) -> None:
    """What the rest of its meeting names is not looked at."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    review(root, ["c1-02"], "K. Sato", DAY, names=True)
    texts = {
        name: (root / "data" / f"{name}.yaml").read_text(encoding="utf-8")
        for name in ("organisations", "people", "subjects", "documents")
    }
    assert [name for name in texts if "K. Sato" in texts[name]] == ["subjects", "documents"]
    (reviewed,) = [line for line in texts["subjects"].splitlines() if "K. Sato" in line]
    assert "id: debris" in reviewed


def test_what_was_changed_is_marked_on_the_page(project: Path) -> None:
    """At the statement and at its promise; how many there are is told under How we know."""
    change(project, FIRST, "to deliver its part", "to deliver the part")
    change(project, FIRST, "text: Delivered", "text: Delivered whole")
    made = plan(project, Choice("meeting", (1,)), DAY, asked=True)
    task = made.task(made.selections[0], words("en"))
    page = html.render(Theme.of(project), task.template, task.report, "en")
    assert "Changed since review: one statement and one line on what became of a promise." in page
    assert 'the lander<span class="soft"> (changed since review)' in page
    assert page.count(">changed since review<") >= 1
    untouched = plan(VALID, Choice("meeting", (1,)), DAY, asked=True)
    task = untouched.task(untouched.selections[0], words("en"))
    assert "review" not in html.render(Theme.of(VALID), task.template, task.report, "en")


def test_who_works_on_it_in_our_house_is_neither_reviewed_nor_public(project: Path) -> None:
    """Another desk officer changes nothing of what was read; no review is told to the public."""
    change(project, FIRST, "due: 2024", "due: 2024\n      desk_officer: Desk B")
    assert check(project).warnings == ()
    change(project, FIRST, "to deliver its part", "to deliver the part")
    pages = []
    for name in ("internal", "public"):
        made = plan(project, Choice("meeting", (1,)), DAY, asked=True, edition=Edition(name))
        task = made.task(made.selections[0], words("en"))
        pages.append(html.render(Theme.of(project), task.template, task.report, "en"))
    assert ["since review" in page for page in pages] == [True, False]


def test_the_list_says_how_far_the_review_is(project: Path) -> None:
    """And names only what is not reviewed as it stands, when asked."""
    assert "reviewed" not in "".join(listing(VALID, DAY, asked=True))
    change(project, FIRST, "text: Delivered", "text: Delivered whole")
    lines = {line.split()[0]: line for line in listing(project, DAY, asked=True)}
    assert lines["meeting-01"].endswith("[1 changed since review]")
    assert lines["meeting-02"].endswith("[reviewed]")
    short = listing(project, DAY, asked=True, unreviewed=True)
    assert [line.split()[0] for line in short] == ["meeting-01", "compare-01-02"]
    assert listing(project, DAY, asked=True, desk="state-a") != short


def test_the_list_tells_records_of_one_id_and_what_has_no_review_apart(tmp_path: Path) -> None:
    """A programme is reviewed, the subject of its name is not; of a binder nothing is told."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    (root / "data" / "visits").mkdir()
    visit = "id: paris\ntitle: {en: A visit}\nreports: [programme-lander]\n"
    (root / "data" / "visits" / "paris.yaml").write_text(visit, encoding="utf-8")
    review(root, ["lander"], "A. Mori", DAY)
    lines = {line.split()[0]: line for line in listing(root, DAY, asked=True)}
    assert lines["programme-lander"].endswith("[reviewed]")
    assert lines["meeting-01"].endswith("[not reviewed]")
    assert not lines["binder-paris"].endswith("]")


def test_what_is_not_reviewed_is_in_no_list_and_nothing_is_said_of_it(project: Path) -> None:
    """The list is not complete then, the promise is neither overdue nor late."""
    change(project, FIRST, "text: the uses", "text: some uses")
    change(project, FIRST, "text: Delivered", "text: Delivered whole")
    found = in_edition(project)
    statements = found.meetings[1].statements
    assert [item.id for item in statements.items] == ["c1-01", "c1-02"]
    assert not statements.complete
    item = found.statements["c1-01"].statement
    assert [entry.text for entry in item.history] == ["First tests"]
    standing = Snapshot(found, DAY).standing(item, None)
    assert (standing.status, standing.overdue_since) == ("in progress", None)


def test_what_names_something_that_is_not_reviewed_goes_with_it(project: Path) -> None:
    """What cites a document, the head of a chair; a track goes whole, with its plans."""
    change(project, "documents.yaml", "title: Lander on its way", "title: Lander on the way")
    change(project, "people.yaml", "The Envoy", "An Envoy")
    found = in_edition(project)
    assert [entry.text for entry in found.statements["c1-01"].statement.history] == []
    assert found.programmes["lander"].tracks == ()
    assert [chair.head for chair in found.meetings[1].cochairs] == [None, None]
    assert found.people == {}


def test_the_phrases_of_a_series_are_there(tmp_path: Path) -> None:
    """A phrase needs no review: it is a setting, of one of several series as of a project."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    several.add(root)
    settings = root / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    phrases = text[text.index("phrases:") :].partition("\n\n")[0]
    phrases = re.match(r"phrases:.*\n(?:[ -].*\n)*", phrases)[0]  # type: ignore[index]
    settings.write_text(text.replace(phrases, ""), encoding="utf-8")
    with (root / "data" / "series" / "space" / "series.yaml").open("a", encoding="utf-8") as file:
        file.write(phrases)
    review(root, ALL, "K. Sato", DAY)
    found = in_edition(root).part("space").meetings[2]
    assert [phrase.phrase for phrase in found.phrases] == ["use-of-space"]


def test_a_binder_says_what_is_not_reviewed(project: Path) -> None:
    """At its line in the visit, with the command."""
    (project / "data" / "visits").mkdir()
    visit = "id: paris\ntitle: {en: A visit}\nreports: [meeting-01, meeting-02]\n"
    (project / "data" / "visits" / "paris.yaml").write_text(visit, encoding="utf-8")
    change(project, "meetings/02.yaml", "title: {en: Second", "title: {en: Next")
    choice, edition = Choice("binder", ("paris",)), Edition("reviewed")
    with pytest.raises(ReporterError, match="'meeting-02' is not in the reviewed") as caught:
        plan(project, choice, DAY, asked=True, edition=edition)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 23)
    assert "reporter review meeting-02 --by NAME" in problem.hint


def test_a_meeting_that_is_not_reviewed_is_refused_and_makes_no_gap(project: Path) -> None:
    """What to do is said; that no third meeting is on record is not said of the second."""
    change(project, "meetings/02.yaml", "title: {en: Second", "title: {en: Next")
    with pytest.raises(ReporterError, match="nobody has reviewed it as it stands") as caught:
        plan(project, Choice("meeting", (2,)), DAY, asked=True, edition=Edition("reviewed"))
    assert "reporter review meeting-02 --by NAME" in str(caught.value.problems[0].hint)
    found = in_edition(project)
    assert found.lacks_meetings
    made = plan(project, Choice("meeting", (1,)), DAY, asked=True, edition=Edition("reviewed"))
    report = made.selections[0].view(context(found, DAY)).model_dump_json()
    assert "on record" not in report


def test_both_editions_can_be_one(project: Path) -> None:
    """Then what is internal is left out, too, and the page says so."""
    change(project, FIRST, "text: the uses of space", "text: the uses of space, internal: true")
    review(project, ["meeting-01"], "K. Sato", DAY)
    kept = {
        name: len(in_edition(project, name).meetings[1].statements.items)
        for name in ("reviewed", "public-reviewed")
    }
    assert kept == {"reviewed": 3, "public-reviewed": 2}
    made = plan(project, Choice("series"), DAY, asked=True, edition=Edition("public-reviewed"))
    task = made.task(made.selections[0], words("en"))
    page = html.render(Theme.of(project), task.template, task.report, "en")
    assert "Public edition; only what was reviewed." in page


def test_nothing_reviewed_is_an_edition_of_nothing() -> None:
    """It can be built; what is not about a record is in it."""
    made = plan(VALID, Choice(), DAY, asked=True, edition=Edition("reviewed"))
    assert [item.id for item in made.selections] == ["ledger", "series", "index"]
    for task in made.tasks(words("en")):
        html.render(Theme.of(VALID), task.template, task.report, "en")


def test_bodies_that_cannot_be_read_are_no_change(tmp_path: Path) -> None:
    """What abbreviates a body is the same, whoever has broken the file of bodies meanwhile."""
    root = Path(shutil.copytree(VALID, tmp_path / "project"))
    change(root, FIRST, "[b-ministry, b-agency]", "[b-ministry, BSA]")
    review(root, ALL, "K. Sato", date(2026, 5, 1))
    change(root, "organisations.yaml", "abbreviation: BSA", "abbreviation: [BSA")
    with pytest.raises(ReporterError) as caught:
        check(root)
    assert "changed since" not in str(caught.value)
