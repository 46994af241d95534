"""Addresses and answers that the web tests of agreements share."""

from collections.abc import Callable

from marketplace.accounts.models import Person
from tests.domain.agreement_cast import AgreementCast
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


def path_of(cast: AgreementCast, action: str = "") -> str:
    return f"/pairings/{cast.pairing.id}/agreement{action}"


def value_of(page: PageView, name: str) -> str:
    field = page.soup.select_one(f'[name="{name}"]')
    assert field is not None, f"no field «{name}»"
    return field.get_text().strip() if field.name == "textarea" else str(field.get("value", ""))
