"""A cell that a person typed is never run as a formula, however it begins."""

import pytest

from marketplace.ui.spreadsheet import csv_text


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\u200b=", "\u00a0=", "＝", "＋", "－", "＠"]
)
def test_what_begins_as_a_formula_is_a_text(begin: str) -> None:
    row = csv_text(["Navn"], [[f"{begin}1+1"]]).splitlines()[1]
    assert row == f"'{begin[-1]}1+1"
