"""How many cores this process may use."""

from __future__ import annotations

import os
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def cores(root: Path = Path("/")) -> int:
    """Return the number of cores for this process, or less if its control group gets less time."""
    affinity = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min([affinity, *(ceil(quota) for quota in _quotas(root))]))


def _quotas(root: Path) -> Iterator[float]:
    """Yield how many cores' time each group around this process gets, where that is limited."""
    groups = root / "sys/fs/cgroup"
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        for name in (
            path,
            *map(str, Path(path).parents),
        ):  # a container sees its own group at the top
            folder = groups / ("cpu" if controllers else "") / name.strip("/")
            given = (
                _text(folder / "cpu.max")
                or f"{_text(folder / 'cpu.cfs_quota_us')} {_text(folder / 'cpu.cfs_period_us')}"
            )
            with suppress(ValueError, ZeroDivisionError):  # "max", "-1", or nothing
                quota, period = map(int, given.split())
                if quota > 0:
                    yield quota / period


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
