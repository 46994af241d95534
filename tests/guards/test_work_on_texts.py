"""What is done to a typed text takes as many more lines of code as the text has more characters."""

import gc
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from flask import Flask

from marketplace.agreements.pages.difference import _matched, _pair
from marketplace.core.cleaning import clean_line, clean_text
from marketplace.core.glyphs import shown_text
from marketplace.core.personal_data import find_personal_data
from marketplace.notifications.pages.masking import mask

PIECES = (
    *("91 ", "9", "1 1 ", "91 82 73 64 ", "918 27 364 ", "+", "kr 1 "),
    *("a@", "a@b.", "a(at)", "ola nes ", "\n"),
    *("e\u0301\u0323", "中", " \u200d", "\u20e3"),
)
SIZE = 300
NAMES = ("Ola Nes", "Ola Nes Ola", "Nes Ola Ola Ola")
WORK: dict[str, Callable[[str], Any]] = {
    "clean a text": clean_text,
    "clean a line": clean_line,
    "find people": lambda text: list(find_personal_data(text)),
    "mask": lambda text: mask(text, NAMES),
    "show": shown_text,
    "compare": lambda text: _pair("", text, text[::-1] + "b"),
    "compare a row": lambda text: list(_matched([text], [text[::-1]])),
}


def lines_run(work: Callable[[str], Any], text: str) -> int:
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    gc.disable()  # What other tests have left behind is not taken away in the middle of it.
    sys.settrace(note)
    try:
        work(text)
    finally:
        sys.settrace(before)
        gc.enable()
    return count


@pytest.fixture(autouse=True)
def _words(whole_app: Flask) -> Iterator[None]:
    with whole_app.test_request_context():
        yield


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
@pytest.mark.parametrize("name", WORK)
def test_the_work_grows_no_faster_than_the_text(name: str, piece: str) -> None:
    work = WORK[name]
    work(piece * SIZE)  # What is kept for the next time is not counted.
    one, two, three = (lines_run(work, piece * (SIZE * times)) for times in (1, 2, 3))
    assert three - 2 * two + one <= 0.2 * one + 100


def test_more_than_that_is_seen() -> None:
    def slow(text: str) -> None:
        for _one in text:
            for _other in text:
                pass

    one, two, three = (lines_run(slow, "a" * (SIZE * times)) for times in (1, 2, 3))
    assert three - 2 * two + one > 0.2 * one + 100
