"""Addresses and numbers that people type, brought to the one form in which they are stored."""

from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

from marketplace.accounts.states import AccountRefusal
from marketplace.core.errors import InvalidField


def read_email(text: str, field: str = "email") -> str:
    """Whether mail arrives there is not looked up: a link sent to the address proves that."""
    try:
        return str(validate_email(text.strip(), check_deliverability=False).normalized).lower()
    except EmailNotValidError:
        raise InvalidField(field, AccountRefusal.EMAIL_INVALID) from None


def same_email(text: str) -> str:
    """The stored form of an address that somebody looks up, whether it is one or not."""
    try:
        return read_email(text)
    except InvalidField:
        return text.strip().lower()


def read_organisation_number(text: str) -> str:
    """Nine digits with a right check digit, the first 8 or 9; spaces between them are fine."""
    try:
        number = str(orgnr.validate("".join(text.split())))
    except ValidationError:
        number = ""
    if not number.startswith(("8", "9")):
        raise InvalidField("organisation_number", AccountRefusal.ORGANISATION_NUMBER_INVALID)
    return number
