"""The words in which a form promises who reads a text."""

import pytest
from flask import Flask

from marketplace.core.sight import EVERYONE, Reader, Sight, Stage
from marketplace.ui.promises import promise

OWN = (Reader.UNIT, Reader.LEADERSHIP)


@pytest.mark.parametrize(
    ("sight", "words"),
    [
        (Sight("t", ("a",), EVERYONE), "Alle kan lese det du skriver."),
        (
            Sight("t", ("a",), (Reader.COORDINATORS,)),
            "Bare koordinatorene kan lese det du skriver.",
        ),
        (
            Sight("t", ("a",), OWN),
            "Bare enheten og ledelsen i kommunen kan lese det du skriver.",
        ),
        (
            Sight("t", ("a",), EVERYONE, {Stage.DRAFT: OWN, Stage.ARCHIVED: OWN}),
            (
                "Mens det er et utkast eller det er arkivert, kan bare enheten og ledelsen i"
                " kommunen lese det. Ellers kan alle lese det."
            ),
        ),
        (
            Sight("t", ("a",), OWN, {Stage.UNSHARED: (Reader.CASE_ADVISER,)}),
            (
                "Mens det ikke er delt, kan bare innkjøpsrådgiveren i saken lese det."
                " Ellers kan bare enheten og ledelsen i kommunen lese det."
            ),
        ),
        (
            Sight("t", ("a",), EVERYONE, {Stage.WITHDRAWN: ()}),
            "Alle kan lese det du skriver.",
        ),
    ],
    ids=lambda value: None if isinstance(value, Sight) else value[:30],
)
def test_a_promise_names_all_readers(app: Flask, sight: Sight, words: str) -> None:
    with app.test_request_context():
        assert promise(sight) == words
