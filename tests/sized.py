"""Projects of any size, made as those by which speed is measured."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from projects import generate

sys.path.pop(0)

__all__ = ["generate"]
