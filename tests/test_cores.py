"""Tests of counting cores: those the process may use, limited by its control group."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reporter.outputs.cores import cores

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("group", "files", "expected"),
    [
        ("0::/\n", {}, 8),
        ("0::/\n", {"cpu.max": "max 100000\n"}, 8),
        ("0::/\n", {"cpu.max": "200000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "150000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "5000 100000\n"}, 1),
        ("0::/\n", {"cpu.max": "nonsense\n"}, 8),
        (
            "0::/job/step\n",
            {"job/step/cpu.max": "max 100000\n", "job/cpu.max": "300000 100000\n"},
            3,
        ),
        (
            "4:cpu,cpuacct:/job\n2:memory:/job\n",
            {"cpu/job/cpu.cfs_quota_us": "400000\n", "cpu/job/cpu.cfs_period_us": "100000\n"},
            4,
        ),
        (
            "4:cpu,cpuacct:/job\n",
            {"cpu/job/cpu.cfs_quota_us": "-1\n", "cpu/job/cpu.cfs_period_us": "100000\n"},
            8,
        ),
        ("", {"cpu.max": "200000 100000\n"}, 8),
    ],
)
def test_cores(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    group: str,
    files: dict[str, str],
    expected: int,
) -> None:
    """The tightest limit of all enclosing control groups counts, in both of their versions."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    for name, text in {
        "proc/self/cgroup": group,
        **{f"sys/fs/cgroup/{name}": text for name, text in files.items()},
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    assert cores(tmp_path) == expected


def test_this_machine() -> None:
    """There is one at least, and no more than the process may run on."""
    assert 1 <= cores() <= len(os.sched_getaffinity(0))
