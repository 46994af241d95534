"""docs/security.md says what the code does, and names tests that there are."""

import re
from pathlib import Path

from tools.sights import PAGE, with_table

TESTS = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_the_table_of_who_sees_what_is_the_one_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run `make sights`"


def test_the_table_is_on_the_page() -> None:
    assert "| `interest` |" in PAGE.read_text(encoding="utf-8")


def test_every_test_that_the_page_names_is_there() -> None:
    named = TESTS.findall(PAGE.read_text(encoding="utf-8"))
    missing = [
        (file, test)
        for file, test in named
        if not (PAGE.parent.parent / file).is_file()
        or (test and f"def {test}(" not in Path(PAGE.parent.parent / file).read_text("utf-8"))
    ]
    assert named
    assert missing == []


def test_every_chapter_of_the_standard_is_spoken_of() -> None:
    chapters = re.findall(r"^### V(\d+) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(chapter) for chapter in chapters] == list(range(1, 18))
