"""Every code word of needs has words, and two enums never share one by accident."""

from enum import StrEnum

import pytest
from flask import Flask

from marketplace.needs import states
from marketplace.needs.queries import NeedSort
from marketplace.needs.states import NeedEvent, RaisedBy, ServiceCategory
from marketplace.ui.labels import has_label, label

ENUMS = [
    enum
    for enum in (*vars(states).values(), NeedSort)
    if isinstance(enum, type)
    and issubclass(enum, StrEnum)
    and enum is not StrEnum
    and not enum.__name__.endswith("Topic")  # said by messages, not by labels
]


@pytest.mark.parametrize("enum", ENUMS)
def test_every_member_has_a_label(enum: type[StrEnum], app: Flask) -> None:
    assert app.name
    assert [member for member in enum if not has_label(member)] == []


def test_the_same_value_in_two_enums_keeps_two_wordings(app: Flask) -> None:
    with app.test_request_context():
        assert label(NeedEvent.PUBLISHED) == "Behovet ble publisert"
        assert label(RaisedBy.OTHER) == "Andre"
        assert label(ServiceCategory.OTHER) == "Annen tjeneste eller vare"
