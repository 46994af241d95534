"""The example in the documentation."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path


def test_the_example_of_the_documentation_prints_what_it_says() -> None:
    page = Path(__file__).parents[3].joinpath("docs", "matching.md").read_text(encoding="utf-8")
    section = page[page.index("## Portfolio") :]
    example = re.search(r"```python\n(.*?)```\s*```\n(.*?)```", section, re.DOTALL)
    assert example is not None
    printed = StringIO()
    with redirect_stdout(printed):
        exec(example[1], {})  # noqa: S102 - our own page
    assert printed.getvalue() == example[2]
