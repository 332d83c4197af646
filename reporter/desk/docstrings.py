"""What the models say of their fields: the texts that stand below them in the source."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = __name__.partition(".")[0]


def descriptions(model: type) -> dict[str, str]:
    """Return what is said of the fields of a model, and of those it inherits, by their names."""
    ours = [owner for owner in model.__mro__ if owner.__module__.startswith(f"{PACKAGE}.")]
    said = (_said_in(owner.__module__).get(owner.__name__, {}) for owner in reversed(ours))
    return {name: text for found in said for name, text in found.items()}


@cache
def _said_in(module: str) -> dict[str, dict[str, str]]:
    """Return the texts that stand below the fields of each class of a module."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        each.name: dict(_said_below(each.body))
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }


def _said_below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for pair in pairwise(body):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str() as said)),
            ):
                yield name, inspect.cleandoc(said)
