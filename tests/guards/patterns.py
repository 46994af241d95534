"""Every regular expression of the packages, found in their modules and in their source."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import marketplace
import matching

USES = frozenset(
    {"compile", "sub", "subn", "split", "findall", "finditer", "match", "search", "fullmatch"}
)


def every_pattern() -> dict[str, re.Pattern[str]]:
    """By where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for pattern in {*_in_values(vars(module)), *_in_functions(module)}:
            found.setdefault(f"{module.__name__}: {pattern.pattern}", pattern)
    return found


def made_on_the_way() -> list[str]:
    """Calls whose pattern no constant makes: what nobody has seen cannot be judged."""
    return [
        f"{module.__name__}:{call.lineno}"
        for module in _modules()
        for function, call in _calls(module)
        if function is not None and _made_by(module, function, call) is None
    ]


def _modules() -> Iterator[ModuleType]:
    for package in (marketplace, matching):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not info.name.endswith("__main__"):
                yield importlib.import_module(info.name)


def _in_values(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _in_values(part)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for part in value:
            yield from _in_values(part)


def _in_functions(module: ModuleType) -> Iterator[re.Pattern[str]]:
    for function, call in _calls(module):
        made = _made_by(module, function, call)
        if made is not None and isinstance(made.pattern, str):
            yield made


Function = ast.FunctionDef | None


def _calls(module: ModuleType) -> Iterator[tuple[Function, ast.Call]]:
    source = Path(str(module.__file__)).read_text("utf-8")
    if "re." in source:
        yield from _calls_in(ast.parse(source), None)


def _calls_in(node: ast.AST, function: Function) -> Iterator[tuple[Function, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _is_use(child.func):
            yield function, child
        inside = child if isinstance(child, ast.FunctionDef) else function
        yield from _calls_in(child, inside)


def _is_use(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
        return False
    return called.value.id == "re" and called.attr in USES


def _made_by(module: ModuleType, function: Function, call: ast.Call) -> re.Pattern[str] | None:
    """From constants of the module, or by a function that needs nothing and returns it."""
    given = [call.args[0], *(word.value for word in call.keywords if word.arg == "flags")]
    flags = call.args[1:2] if ast.unparse(call.func) == "re.compile" else []
    try:
        values = [eval(ast.unparse(each), vars(module).copy()) for each in [*given, *flags]]  # noqa: S307
    except NameError:
        return _returned(module, function)
    return values[0] if isinstance(values[0], re.Pattern) else re.compile(*values)


def _returned(module: ModuleType, function: Function) -> re.Pattern[str] | None:
    maker = getattr(module, function.name, None) if function else None
    if maker is None or inspect.signature(maker).parameters:
        return None
    made = maker()
    return made if isinstance(made, re.Pattern) else None
