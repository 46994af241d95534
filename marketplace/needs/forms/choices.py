"""Choosing a row of the database."""

from wtforms import SelectField
from wtforms.validators import Optional

from marketplace.ui.labels import Wording


def row_id(value: object) -> int | None:
    return int(str(value)) if value and value != "None" else None


def person_choice(wording: Wording, *, hint: Wording = "") -> SelectField:
    """One of the people that `open_step` puts in."""
    return SelectField(
        wording, description=hint, choices=[], coerce=row_id, validators=[Optional()]
    )
