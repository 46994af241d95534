"""What no template may hold: the content security policy would refuse it, or a reader would."""

import re
from pathlib import Path

import pytest

import marketplace

TEMPLATES = sorted(Path(marketplace.__path__[0]).rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "event handler": re.compile(r"\son[a-z]+\s*="),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "address outside": re.compile(r"(?:src|href)=\"https?://"),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_keeps_the_rules(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20
