"""What the models say of their fields: the texts that stand below them in the source."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise

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
        each.name: {
            name: inspect.cleandoc(said)
            for above, below in pairwise(each.body)
            if (name := _field(above)) and (said := _text(below))
        }
        for each in tree.body
        if isinstance(each, ast.ClassDef)
    }


def _field(node: ast.stmt) -> str:
    match node:
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _text(node: ast.stmt) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str() as said)):
            return said
    return ""
