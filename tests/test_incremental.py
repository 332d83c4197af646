"""Tests of what is not done twice: what is rendered again, why, and what is left as it is."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import children
import pytest
from conftest import ROOT, VALID

from reporter.build import BuildOutcome, build
from reporter.choice import Choice, Edition, Options
from reporter.formats import job_maker as making
from reporter.outputs import outputs
from reporter.outputs.digests import inputs_of
from reporter.outputs.folder import DAY, EDITED, LOOK, MISSING, NEW, VIEW, Folder
from reporter.outputs.manifest import NAME
from reporter.outputs.outputs import FORCED
from reporter.problems import ReporterError
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.full

TODAY, TOMORROW = date(2025, 6, 30), date(2025, 7, 1)
FIRST, EVERYTHING = Choice("meeting", (1,)), Choice()


def order(
    project: Path,
    choice: Choice = FIRST,
    day: date = TODAY,
    **how: Any,  # noqa: ANN401
) -> Options:
    """Options HTML: what is said of one format is true of both."""
    return Options(
        project,
        project / "output",
        day,
        asked=False,
        choice=dataclasses.replace(choice, formats=("html",)),
        **how,
    )


def built(
    project: Path,
    choice: Choice = FIRST,
    day: date = TODAY,
    **how: Any,  # noqa: ANN401
) -> BuildOutcome:
    """Build it without a problem."""
    outcome = build(order(project, choice, day, **how))
    assert not outcome.failed
    return outcome


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the valid project with all that is built of it; not to be changed."""
    project = shutil.copytree(VALID, tmp_path_factory.mktemp("built") / "project")
    assert set(reasons(built(project, EVERYTHING)).values()) == {NEW}
    return project


@pytest.fixture
def made(tmp_path: Path, everything: Path) -> Path:
    """Return a copy of it, to be changed."""
    return shutil.copytree(everything, tmp_path / "made")


def reasons(outcome: BuildOutcome) -> dict[str, str]:
    """Return why each file was written, or would be."""
    return {path.name: reason for path, reason in outcome.reasons.items()}


def content(folder: Path) -> dict[str, bytes]:
    """Return all outputs, without the manifest."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != NAME}


def state_of(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed(made: Path) -> None:
    """The second build writes nothing, not even the manifest."""
    before = {path: state_of(path) for path in (made / "output").iterdir()}
    outcome = built(made, EVERYTHING)
    assert outcome.written == ()
    assert {path.name for path in outcome.unchanged} == {path.name for path in before} - {NAME}
    assert {path: state_of(path) for path in (made / "output").iterdir()} == before


def test_a_quiet_night(made: Path) -> None:
    """On another day, on which nothing happened, every output keeps its bytes."""
    before = content(made / "output")
    assert built(made, EVERYTHING, TOMORROW).written == ()
    assert content(made / "output") == before
    assert built(made, EVERYTHING, TOMORROW).written == ()


TWICE = "{id: c2-77, verb: committed, text: to hand over its plans, strength: committed, due: 2031,"


@pytest.mark.parametrize("warned", [False, True])
def test_no_view_is_made_before_the_day_that_may_change_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, *, warned: bool
) -> None:
    """Of a quiet night that of the index alone; once that day has come, those that it changes.

    What there is to say of the records is said each night.
    """
    if warned:
        for name in ("01", "02"):
            line = f"  items:\n    - {TWICE} by: state-a, subjects: debris, source: news}}\n"
            path = project / "data" / "meetings" / f"{name}.yaml"
            replace(path, "  items:\n", line.replace("c2-77", f"c{name}-77"))
    problems = built(project, EVERYTHING).problems
    assert bool(problems) == warned
    made: list[str] = []
    job_of = making.job_of

    # its arguments are those of `job_of`
    def noted(context: Any, since: Any, selection: Any, formats: Any) -> Any:  # noqa: ANN401
        made.append(selection.id)
        return job_of(context, since, selection, formats)

    monkeypatch.setattr(making, "job_of", noted)
    assert built(project, EVERYTHING, TOMORROW).problems == problems
    assert made == ["index"]
    files = json.loads((project / "output" / NAME).read_text(encoding="utf-8"))["files"]
    days = {name.removesuffix(".html"): values["until"] for name, values in files.items()}
    day = min(days.values())
    made.clear()
    built(project, EVERYTHING, date.fromisoformat(day))
    assert {*made} == {"index"} | {name for name, until in days.items() if until <= day}
    assert len(made) < len(days)


def test_a_day_on_which_something_happens(project: Path) -> None:
    """What the day changes is written, and it is said that it was the day."""
    built(project, FIRST, date(2023, 6, 1))
    assert reasons(built(project, FIRST, date(2025, 6, 30))) == {"meeting-01.html": DAY}


def test_a_day_that_is_asked_for(project: Path) -> None:
    """'As of' stands on the page, and so it is another page, on the same day too."""
    built(project)
    asked = Options(
        project,
        project / "output",
        TODAY,
        asked=True,
        choice=dataclasses.replace(FIRST, formats=("html",)),
    )
    assert reasons(build(asked)) == {"meeting-01.html": DAY}


def test_one_record_changed(made: Path) -> None:
    """Only reports that show it are written."""
    replace(
        made / "data" / "meetings" / "01.yaml",
        "text: the uses of space",
        "text: the many uses of space",
    )
    found = reasons(built(made, EVERYTHING))
    assert set(found.values()) == {VIEW}
    assert "meeting-01.html" in found
    assert "agreement-lander-agreement.html" not in found


def test_a_comment_in_a_record(made: Path) -> None:
    """What no view shows changes nothing, and is not read again the next time."""
    replace(made / "data" / "meetings" / "01.yaml", "number: 1", "number: 1  # the first")
    assert built(made, EVERYTHING).written == ()
    assert built(made, EVERYTHING).written == ()


def test_a_template_changed(made: Path) -> None:
    """Pages are made anew; those that come out the same are not written."""
    (made / "templates").mkdir()
    shutil.copy(default_templates() / "meeting.html", made / "templates")
    assert built(made, EVERYTHING).written == ()
    replace(
        made / "templates" / "meeting.html",
        "{% block main %}",
        "{% block main %}<p>House style</p>",
    )
    assert reasons(built(made, EVERYTHING)) == {"meeting-01.html": LOOK, "meeting-02.html": LOOK}


def delete(path: Path) -> None:
    """Delete an output."""
    path.unlink()


def edit(path: Path) -> None:
    """Edit an output, without a trace in its length or time."""
    state = path.stat()
    path.write_bytes(path.read_bytes().replace(b"First", b"Frist"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(("change", "reason"), [(delete, MISSING), (edit, EDITED)])
def test_an_output_that_was_touched(
    project: Path, change: Callable[[Path], None], reason: str
) -> None:
    """It is noticed, and written as it was."""
    built(project)
    before = content(project / "output")
    change(project / "output" / "meeting-01.html")
    assert reasons(built(project)) == {"meeting-01.html": reason}
    assert content(project / "output") == before


def test_force(project: Path) -> None:
    """Everything is rendered, and the bytes are the same."""
    built(project)
    before = content(project / "output")
    assert reasons(built(project, force=True)) == {"meeting-01.html": FORCED}
    assert content(project / "output") == before


def test_one_report_and_all(project: Path) -> None:
    """What was built for one report need not be built for all, and the other way round."""
    built(project)
    assert "meeting-01.html" not in reasons(built(project, EVERYTHING))
    assert built(project).written == ()
    assert built(project, Choice("ledger")).written == ()


def test_a_report_that_no_longer_exists(made: Path) -> None:
    """Its files are listed by each full build until they are removed.

    What somebody else put there stays.
    """
    built(made, Choice("comparison", (1, 2)))
    (made / "output" / "notes.html").write_bytes(b"mine")
    early = date(2024, 1, 1)  # the second meeting was not held
    left = {"compare-01-02.html", "meeting-02.html"}
    for _ in range(2):
        outcome = built(made, EVERYTHING, early)
        assert left <= {path.name for path in outcome.left}
        assert outcome.removed == ()
    assert built(made, FIRST, early).left == ()
    assert left <= {path.name for path in built(made, EVERYTHING, early, prune=True).removed}
    assert not left & set(content(made / "output"))
    assert "notes.html" in content(made / "output")
    assert built(made, EVERYTHING, early).left == ()


LEDGER = Choice("ledger", formats=())


def exported(
    project: Path,
    choice: Choice = LEDGER,
    *forms: str,
    **how: Any,  # noqa: ANN401
) -> BuildOutcome:
    """Write what is for other programs."""
    return build(
        Options(
            project,
            project / "output",
            how.pop("day", TODAY),
            asked=False,
            choice=choice,
            exports=forms or ("json", "csv"),
            **how,
        )
    )


def test_a_form_for_other_programs_is_renewed_like_a_page(project: Path) -> None:
    """It is written once, and anew where its records changed or somebody edited it.

    `--check` looks at it.
    """
    assert reasons(exported(project)) == {"ledger.csv": NEW, "ledger.json": NEW}
    before = {path: state_of(path) for path in (project / "output").iterdir()}
    assert [path.name for path in exported(project).unchanged] == ["ledger.json", "ledger.csv"]
    assert {path: state_of(path) for path in (project / "output").iterdir()} == before
    (project / "output" / "ledger.csv").write_bytes(b"mine")
    assert reasons(checked := exported(project, check=True)) == {"ledger.csv": EDITED}
    assert (checked.failed, (project / "output" / "ledger.csv").read_bytes()) == (True, b"mine")
    assert reasons(exported(project)) == {"ledger.csv": EDITED}
    assert reasons(exported(project, force=True)) == {"ledger.csv": FORCED, "ledger.json": FORCED}
    (project / "output" / "ledger.json").unlink()
    assert reasons(exported(project)) == {"ledger.json": MISSING}
    replace(project / "data" / "meetings" / "01.yaml", "strength: committed", "strength: intends")
    assert set(reasons(exported(project)).values()) == {VIEW}


def test_a_form_of_a_report_that_no_longer_exists(project: Path) -> None:
    """It is left over like a page, and goes with it."""
    everything = Choice(formats=("html",))
    exported(project, everything, "json")
    early = date(2024, 1, 1)
    assert "meeting-02.json" in {
        path.name for path in exported(project, everything, "json", day=early).left
    }
    assert "meeting-02.json" in {
        path.name for path in exported(project, everything, "json", day=early, prune=True).removed
    }
    assert not {"meeting-02.json", "meeting-02.html"} & set(content(project / "output"))


def test_what_was_built_by_itself_stays(project: Path) -> None:
    """A comparison of others than neighbours is in no full build and yet no leftover.

    So it is as long as its meetings are on record.
    """
    third = (project / "data" / "meetings" / "02.yaml").read_text(encoding="utf-8")
    renamed = (
        third.replace("number: 2", "number: 3")
        .replace("c2-", "c3-")
        .replace("e2-", "e3-")
        .replace("2025-", "2026-")
    )
    (project / "data" / "meetings" / "03.yaml").write_text(renamed, encoding="utf-8")
    day = date(2027, 1, 1)
    built(project, EVERYTHING, day)
    built(project, Choice("comparison", (1, 3)), day)
    assert (
        built(project, EVERYTHING, day, check=True).left,
        built(project, EVERYTHING, day, prune=True).removed,
    ) == ((), ())
    (project / "data" / "meetings" / "03.yaml").unlink()
    assert {"compare-01-03.html", "compare-02-03.html"} <= {
        path.name for path in built(project, EVERYTHING, day).left
    }


def test_the_edition_is_said_before_the_first_output(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is killed leaves a folder of its edition."""

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Folder, "keep", kill)
    with pytest.raises(KeyboardInterrupt):
        build(order(project))
    monkeypatch.undo()
    assert (project / "output" / "meeting-01.html").exists()
    with pytest.raises(ReporterError, match="holds the internal edition"):
        build(dataclasses.replace(order(project), edition=Edition("public")))


def test_a_form_that_cannot_be_written_costs_no_other(project: Path) -> None:
    """It is an error; the page and the other form are written, and known the next time."""
    (project / "output" / "ledger.json").mkdir(parents=True)
    choice = dataclasses.replace(LEDGER, formats=("html",))
    outcome = exported(project, choice)
    assert (outcome.failed, set(reasons(outcome))) == (True, {"ledger.html", "ledger.csv"})
    assert {path.name for path in exported(project, choice).unchanged} == {
        "ledger.html",
        "ledger.csv",
    }


def test_what_cannot_be_removed_is_no_obstacle(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error, is still left over, and what else was done is noted."""
    early, unlink = date(2024, 1, 1), Path.unlink

    def refuse(path: Path, **how: bool) -> None:
        if path.name == "meeting-02.html":
            raise PermissionError(13, "Permission denied")
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", refuse)
    outcome = build(order(made, EVERYTHING, early, prune=True))
    assert (outcome.failed, [path.name for path in outcome.left]) == (True, ["meeting-02.html"])
    assert [path.name for path in outcome.removed] == ["compare-01-02.html"]
    assert "compare-01-02.html" not in json.loads((made / "output" / NAME).read_bytes())["files"]


@pytest.mark.parametrize("forms", [("json",), ("csv",)])
def test_editions_of_other_forms_do_not_share_a_folder(
    project: Path, forms: tuple[str, ...]
) -> None:
    """What is for other programs is no less internal than a page."""
    exported(project, LEDGER, "json")
    with pytest.raises(ReporterError, match="holds the internal edition"):
        exported(project, LEDGER, *forms, edition=Edition("public"))


def test_the_index_leads_to_a_feed_once_there_is_one(made: Path) -> None:
    """It is made again for it, and again once it is gone; it is nobody else's matter."""
    feed, index = made / "output" / "feed.xml", made / "output" / "index.html"
    for content, written in ((b"<feed/>", {"index.html": VIEW}), (b"<feed><a/></feed>", {})):
        feed.write_bytes(content)
        assert reasons(built(made, EVERYTHING)) == written
        assert b'href="feed.xml"' in index.read_bytes()
    feed.unlink()
    assert reasons(built(made, EVERYTHING)) == {"index.html": VIEW}


def test_the_index_is_the_same_whatever_is_built_last(project: Path) -> None:
    """It leads to all that is there.

    Where something came or went since, it is stale, and then made anew.
    """
    index = project / "output" / "index.html"

    def made(*formats: str, **how: Any) -> BuildOutcome:  # noqa: ANN401
        return build(
            Options(
                project,
                project / "output",
                TODAY,
                asked=False,
                choice=Choice(formats=formats),
                **how,
            )
        )

    made("html")
    alone = Choice("ledger", formats=("html", "pdf"))
    build(Options(project, project / "output", TODAY, asked=False, choice=alone))
    assert b'href="ledger.pdf"' not in index.read_bytes()
    assert reasons(made("html", check=True)) == {"index.html": VIEW}
    assert reasons(made("html")) == {"index.html": VIEW}
    whole = index.read_bytes()
    assert re.findall(b'href="([^"]*pdf)"', whole) == [b"ledger.pdf"]
    made("html", force=True)
    assert index.read_bytes() == whole
    assert reasons(made("html", check=True)) == {}


def test_of_a_report_that_fails_no_form_is_written(project: Path) -> None:
    """What is there of it is all of one day; the other reports are written in every form."""
    (project / "templates").mkdir()
    (project / "templates" / "meeting.html").write_text("{{ nothing }}", encoding="utf-8")
    choice = Choice(formats=("html",))
    outcome = build(
        Options(project, project / "output", TODAY, asked=False, choice=choice, exports=("json",))
    )
    assert outcome.failed
    found = {path.name for path in (project / "output").iterdir()}
    assert {"ledger.html", "ledger.json"} <= found
    assert not any(name.startswith("meeting-") for name in found)


def test_a_failure_is_no_success_the_next_time(project: Path) -> None:
    """What could not be made is tried again, and the rest is not made again."""
    (project / "templates").mkdir()
    shutil.copy(default_templates() / "meeting.html", project / "templates")
    replace(
        project / "templates" / "meeting.html",
        "{% block main %}",
        "{% block main %}{{ 1 / (report.heading.number - 1) }}",
    )
    for written in (True, False):
        outcome = build(order(project, EVERYTHING))
        assert (outcome.failed, bool(outcome.written)) == (True, written)
        assert "meeting-01.html" not in content(project / "output")
    (project / "templates" / "meeting.html").unlink()
    assert reasons(built(project, EVERYTHING))["meeting-01.html"] == NEW


def test_a_warning_is_told_each_time(project: Path) -> None:
    """What the report does not show is wrong still, though nothing is rendered."""
    path = project / "data" / "programmes" / "other.yaml"
    path.write_text("id: other\nnonsense: 1\n", encoding="utf-8")
    first, second = built(project), built(project)
    assert second.written == ()
    assert first.problems == second.problems != ()


# --check


def test_check(project: Path) -> None:
    """It names each output that is not as it would be built, and why, and writes nothing."""
    missing = build(order(project, EVERYTHING, check=True))
    assert missing.failed
    assert not (project / "output").exists()
    built(project, EVERYTHING)
    for day in (TODAY, TOMORROW):
        assert not build(order(project, EVERYTHING, day, check=True)).failed
    delete(project / "output" / "meeting-02.html")
    edit(project / "output" / "index.html") if b"First" in (
        project / "output" / "index.html"
    ).read_bytes() else None
    replace(
        project / "data" / "meetings" / "01.yaml",
        "text: the uses of space",
        "text: the many uses of space",
    )
    before, manifest = content(project / "output"), (project / "output" / NAME).read_bytes()
    outcome = build(order(project, EVERYTHING, check=True))
    assert outcome.failed
    assert outcome.written == ()
    assert (content(project / "output"), (project / "output" / NAME).read_bytes()) == (
        before,
        manifest,
    )
    found = reasons(outcome)
    assert found["meeting-02.html"] == MISSING
    assert found["meeting-01.html"] == VIEW
    shown = "\n".join(problem.render(project) for problem in outcome.problems)
    assert "output/meeting-02.html: error: not what the records say: it is missing" in shown


# PDF


def test_a_pdf_is_printed_only_where_its_input_changed(project: Path) -> None:
    """A template that gives the same page costs no PDF; one that is forced has the same bytes."""
    both = Options(project, project / "output", TODAY, asked=False, choice=FIRST)
    build(both)
    before = content(project / "output")
    (project / "templates").mkdir()
    (project / "templates" / "meeting.html").write_text(
        "{# ours #}" + default_templates().joinpath("meeting.html").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    assert build(both).written == ()
    (project / "templates" / "crest.svg").write_text("<svg/>", encoding="utf-8")
    assert [path.name for path in build(both).written] == ["meeting-01.pdf"]  # it might show it
    edit(project / "output" / "meeting-01.html")
    assert [path.name for path in build(both).written] == ["meeting-01.html"]
    (project / "templates" / "crest.svg").unlink()
    assert [path.name for path in build(both).written] == ["meeting-01.pdf"]
    assert content(project / "output") == before


BLOCKED = """
import sys
sys.modules.update(dict.fromkeys({names!r}))
from reporter.cli import main
main(prog_name="reporter")
"""


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (
            "2025-06-30",
            ("yaml", "pydantic", "jinja2", "babel", "weasyprint", "multiprocessing", "rich"),
        ),
        ("2025-07-01", ("jinja2", "weasyprint", "rich")),
    ],
)
@pytest.mark.parametrize("own", [False, True], ids=["our look", "a copy of it"])
def test_what_is_not_imported(
    tmp_path: Path, day: str, names: tuple[str, ...], *, own: bool
) -> None:
    """On the same day nothing heavy is imported, on a quiet night neither Jinja nor WeasyPrint."""
    project = shutil.copytree(VALID, tmp_path / "project")
    if own:
        shutil.copytree(default_templates(), project / "templates")
    command = ["build", "--project", str(project), "--meeting", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(day: str, program: list[str]) -> str:
        epoch = f"{(date.fromisoformat(day) - date(1970, 1, 1)).days * 86400}"
        settings = {**environment, "SOURCE_DATE_EPOCH": epoch}
        done = children.run(
            [sys.executable, *program, *command],
            env=settings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    assert run("2025-06-30", ["-m", "reporter"]).startswith("2 written, 0 unchanged")
    assert run(day, ["-c", BLOCKED.format(names=names)]).startswith("0 written, 2 unchanged")


def test_the_same_bytes_with_any_number_of_jobs_and_from_any_folder(tmp_path: Path) -> None:
    """Neither how many work on it nor where it lies changes anything, in the manifest either."""
    found = []
    for folder, jobs in (("a", 1), ("another/folder", 2)):
        project = shutil.copytree(VALID, tmp_path / folder)
        outcome = build(
            Options(project, project / "output", TODAY, asked=False, choice=EVERYTHING, jobs=jobs)
        )
        assert not outcome.failed
        found.append({path.name: path.read_bytes() for path in (project / "output").iterdir()})
    assert len(found[0]) > 10
    assert found[0] == found[1]


# What was read is what is recorded


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/meetings/01.yaml", "text: the uses of space", "text: the many uses of space"),
        ("data/project.yaml", "author:", "author: Another"),
        ("templates/meeting.html", "{% block main %}", "{% block main %}<p>House style</p>"),
        ("templates/style.css", "", "p { color: #123 }\n"),
    ],
)
def test_a_file_that_changes_only_while_it_is_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
) -> None:
    """Before and after it is another: pages of what was read are not taken for pages of that."""
    (project / "templates").mkdir()
    for part in ("meeting.html", "style.css"):
        shutil.copy(default_templates() / part, project / "templates")
    path = project / name
    good = path.read_text(encoding="utf-8")
    plain = inputs_of

    def swap(*arguments: Any, **how: Any) -> dict[str, str]:  # noqa: ANN401 (as it is)
        found = plain(*arguments, **how)
        path.write_text(good.replace(old, new, 1) if old else new + good, encoding="utf-8")
        return found

    monkeypatch.setattr(outputs, "inputs_of", swap)
    built(project)
    monkeypatch.undo()
    path.write_text(good, encoding="utf-8")
    assert build(order(project, check=True)).failed
    assert [path.name for path in built(project).written] == ["meeting-01.html"]
    assert not build(order(project, check=True)).failed
    assert built(project).written == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("data/meetings/02.yaml", "records"),
        ("data/disagreements.yaml", "records"),
        ("data/programmes/lander.yaml", "records"),
        ("templates/meeting.html", "look"),
        ("templates/look.css", "look"),
    ],
)
def test_a_file_that_is_away_only_while_it_is_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    """What was made without it is not taken for what is made with it."""
    replace(project / "data/meetings/01.yaml", "about: [lander, ", "about: [")
    (project / "templates").mkdir()
    if key == "look":
        shutil.copy(default_templates() / Path(name).name, project / "templates")
    path = project / name
    content, plain = path.read_bytes(), inputs_of

    def remove(*arguments: Any, **how: Any) -> dict[str, str]:  # noqa: ANN401 (as it is)
        found = plain(*arguments, **how)
        path.unlink()
        return found

    monkeypatch.setattr(outputs, "inputs_of", remove)
    build(order(project))
    monkeypatch.undo()
    path.write_bytes(content)
    entry = json.loads((project / "output" / NAME).read_bytes())["files"]["meeting-01.html"]
    assert key not in entry
    assert not build(order(project)).failed
    assert not build(order(project, check=True)).failed
    assert built(project).written == ()
