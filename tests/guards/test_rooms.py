"""Each module of a feature has its room: what changes rows, what knows HTTP, and what does neither.

The layers themselves are contracts of import-linter, in pyproject.toml.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import marketplace
from marketplace.core.db import Base
from marketplace.models import MODULES

ROOT = Path(marketplace.__file__).parent
FEATURES = sorted(path.parent.name for path in ROOT.glob("*/hooks.py"))
WRITING_ROOMS = {"services", "models"}
WRITING_CALLS = {"insert", "update", "delete", "insert_if_new", "record", "tell", "run_reactions"}
SESSION_WRITES = {"add", "add_all", "delete", "merge"}
NO_ROWS = {"self", "form", "g"}
"""What these names stand for is no row, though some of its attributes are called like a column."""


HTTP_ROOMS = {"hooks", "routes", "forms", "pages", "messages", "labels"}


def contracts() -> dict[str, dict[str, Any]]:
    read = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in read["tool"]["importlinter"]["contracts"]}


def test_what_is_not_for_http_is_held_to_know_none() -> None:
    """The second contract names every room of the first, of features and of their parts."""
    inside, domain = contracts()["inside-a-feature"], contracts()["domain-knows-no-http"]
    rooms = {name for layer in inside["layers"] for name in re.findall(r"\w+", layer)}
    for container in inside["containers"]:
        part = container.count(".") > 1
        for room in rooms - HTTP_ROOMS:
            if not part:
                assert f"marketplace.*.{room}" in domain["source_modules"]
            elif _is_there(f"{container}.{room}"):
                assert f"{container}.{room}" in domain["source_modules"]


def test_every_feature_and_part_is_held_to_the_layers() -> None:
    inside = contracts()["inside-a-feature"]
    parts = {f"{path.parent}" for path in ROOT.glob("*/*/routes.py")}
    named = {str(ROOT.parent / Path(*name.split("."))) for name in inside["containers"]}
    assert named == parts | {str(ROOT / feature) for feature in FEATURES}


def _is_there(module: str) -> bool:
    path = ROOT.parent / Path(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def columns() -> frozenset[str]:
    assert MODULES
    return frozenset(at.key for mapper in Base.registry.mappers for at in mapper.attrs)


def modules_that_may_not_write() -> list[Path]:
    inside = (path for feature in FEATURES for path in sorted((ROOT / feature).rglob("*.py")))
    return [path for path in inside if not WRITING_ROOMS & set(_rooms(path))]


def _rooms(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts[1:]


def writes_of(code: str, known: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
            for target in _stored(node):
                if target.attr in known and _root(target) not in NO_ROWS:
                    yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and _is_writing(node.func):
            yield f"{node.lineno}: {ast.unparse(node)}"


def _stored(node: ast.AST) -> Iterator[ast.Attribute]:
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store | ast.Del):
            yield part


def _root(target: ast.expr) -> str:
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _is_writing(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in WRITING_CALLS
    if not isinstance(called, ast.Attribute) or called.attr not in SESSION_WRITES:
        return False
    return ast.unparse(called.value).removesuffix("()").endswith("session")


def test_only_services_write() -> None:
    known = columns()
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules_that_may_not_write()
        for line in writes_of(path.read_text(encoding="utf-8"), known)
    ]
    assert not found, "Move these into services:\n" + "\n".join(found)


WRITES = """\
session.add(row)
db_session().delete(row)
session.execute(update(Need))
need.title = text
need.title, other = text, 1
need.capacity += 1
record(session, actor, event, row)
"""
READS = """\
seen.add(row)
form.title.data = text
self.title = text
found = [need.title]
"""


def test_what_writes_is_seen() -> None:
    known = frozenset({"title", "capacity"})
    seen = {line.split(":")[0] for line in writes_of(WRITES + READS, known)}
    assert seen == {str(number) for number, _ in enumerate(WRITES.splitlines(), start=1)}
