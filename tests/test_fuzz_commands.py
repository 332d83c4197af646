"""The same by the command, in processes of their own, with the PDF.

This is slower, and therefore only in a long search.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import VALID, run
from fuzzing import content_of, examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from mutated import changes
from test_fuzz_bytes import strange
from test_fuzz_faults import faulty_projects
from test_fuzz_projects import choices

from reporter.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from faults import Faulty

    from reporter.choice import Choice

pytestmark = pytest.mark.fuzz
DAY = date(2026, 6, 1)


def arguments(choice: Choice) -> list[str]:
    """Return the options that ask for a report."""
    option = KINDS[choice.kind].option if choice.kind else None
    return [option.flag, *map(str, choice.arguments)] if option else []


def build(root: Path, choice: Choice, day: date, *more: str) -> CompletedProcess[str]:
    """Build as somebody at a desk does; a traceback is a failure, whatever else is true."""
    done = run(
        "build",
        "--project",
        root,
        "--output",
        root / "output",
        "--as-of",
        str(day),
        "--jobs",
        "1",
        *arguments(choice),
        *more,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in {0, 1}, done.stderr
    return done


@examples(3, 0.01)
@given(faulty_projects())
def test_check_names_the_place_and_exits_with_1(faulty: Faulty) -> None:
    """On stderr, with file and line."""
    with folder() as root, within(200):
        faulty.sample.save(root)
        done = run("check", "--project", root)
        assert (done.returncode, done.stdout) == (1, "")
        assert (
            any(f"data/{name}:{line}:" in done.stderr for name, line, _ in faulty.places)
            or "begins in line" in done.stderr
        )


@examples(3, 0.01)
@given(projects(printable=True), st.data())
def test_a_valid_project_is_built(sample: Sample, data: st.DataObject) -> None:
    """Page and PDF, of which the second build changes nothing.

    What is printed says the same as the records.
    """
    choice, day = data.draw(choices(sample)), data.draw(days(sample))
    with folder() as root, within(280):
        sample.save(root)
        done = build(root, choice, day)
        if done.returncode:
            refused = "was not held by|nothing was known of|was called off"
            assert re.search(refused, done.stderr), done.stderr
            return
        before = content_of(root / "output")
        assert {name.rpartition(".")[2] for name in before} == {"html", "pdf", "json"}
        again = build(root, choice, day)
        assert (again.returncode, again.stdout, content_of(root / "output")) == (0, "", before)
        papers = sorted(path for path in (root / "output").glob("*.pdf") if path.stem != "index")
        assert run("verify", papers[0], "--project", root).returncode == 0


@examples(3, 0.01)
@given(faulty_projects(), st.data())
def test_a_build_that_fails_leaves_every_file_as_it_was(
    faulty: Faulty, data: st.DataObject
) -> None:
    """Those of the build before the fault."""
    choice = data.draw(choices(faulty.original))
    with folder() as root, within(280):
        faulty.original.save(root)
        build(root, choice, DAY, "--format", "html")
        before = content_of(root / "output") if (root / "output").exists() else {}
        faulty.sample.save(root)
        if build(root, choice, DAY, "--format", "html").returncode:
            assert (content_of(root / "output") if before else {}) == before


@examples(3, 0.01)
@given(data=st.data())
def test_a_damaged_manifest_costs_no_more_than_a_build(data: st.DataObject) -> None:
    """The same pages are there afterwards, or a word about the edition, and none is touched."""
    with folder() as root, within(280):
        output = root / "output"
        command = (
            "build",
            "--project",
            VALID,
            "--output",
            output,
            "--series",
            "--format",
            "html",
            "--as-of",
            str(DAY),
        )
        assert run(*command).returncode == 0
        before = content_of(output)
        whole = before[".reporter.json"]
        (output / ".reporter.json").write_bytes(data.draw(strange(whole) | changes(whole, b"[[[[")))
        done = run(*command)
        after = content_of(output)
        assert after["series.html"] == before["series.html"]
        if done.returncode == 0:
            assert json.loads(after[".reporter.json"])["edition"] == "internal"
        else:
            assert "the folder holds the" in done.stderr
