"""Every code word that a person may meet has wording; what a topic says, `messages` says."""

import importlib
import inspect
from enum import StrEnum
from pathlib import Path

import pytest

import marketplace
from marketplace.ui.labels import has_label

FEATURES = sorted(p.parent.name for p in Path(marketplace.__path__[0]).glob("*/states.py"))


def enums_of(feature: str) -> list[type[StrEnum]]:
    module = importlib.import_module(f"marketplace.{feature}.states")
    return [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, StrEnum) and member.__module__ == module.__name__
        if not member.__name__.endswith("Topic")
    ]


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.usefixtures("whole_app")
def test_every_member_of_every_enum_has_a_label(feature: str) -> None:
    missing = [
        f"{enum.__name__}.{member.name}"
        for enum in enums_of(feature)
        for member in enum
        if not has_label(member)
    ]
    assert missing == []
