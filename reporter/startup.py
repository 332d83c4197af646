"""Keeps Python files of the current folder from running in the place of libraries.

``python -m`` and ``python -c`` look for every module in the current folder first, and that may be
anybody's project with a ``socket.py`` in it. Imports only what Python has imported before this
runs.
"""

# ruff: noqa: PTH100, PTH120 (pathlib is not imported yet)

import os
import sys


def keep_out_current_folder() -> None:
    """Take the current folder off the path of this process, and of every Python that it starts.

    A checkout that is not installed may be the current folder: it then comes last, behind all
    libraries.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    if paths := os.environ.get("PYTHONPATH"):
        os.environ["PYTHONPATH"] = os.pathsep.join(_elsewhere(paths.split(os.pathsep)))
    standard = os.path.dirname(os.__file__)
    begin = sys.path.index(standard) if standard in sys.path else len(sys.path)
    sys.path[:begin] = _elsewhere(sys.path[:begin])  # what follows is Python's own
    package = os.path.dirname(os.path.abspath(__file__))
    if (home := os.path.dirname(package)) not in sys.path:
        sys.path.append(home)


def _elsewhere(folders: list[str]) -> list[str]:
    """Return the folders other than the current one, which an empty name also stands for."""
    try:
        here = os.path.realpath(os.curdir)
    except FileNotFoundError:  # it is no more
        return [folder for folder in folders if folder.startswith(os.sep)]
    return [folder for folder in folders if os.path.realpath(folder) != here]
