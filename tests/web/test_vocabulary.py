"""The vocabulary in an administrator's browser."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.vocabulary.models import WordGroup
from matching.thesaurus import Thesaurus
from matching.thesaurus.skos import read_skos
from tests.factories import make_member, make_organisation
from tests.web.client import Browser, errors

SignedIn = Callable[[Person], Browser]
PAGES = ("", "/new", "/import", "/eldre", "/eldre/switch")
START = "/administration/vocabulary"
SKOS = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:trivsel> a skos:Concept ; skos:prefLabel "trivselsvert"@nb ;
  skos:altLabel "gledesspreder"@nb .
<urn:x:alene> a skos:Concept ; skos:prefLabel "alene"@nb .
"""


@pytest.fixture
def administrator(signed_in: SignedIn, session: Session) -> Browser:
    return signed_in(make_member(session, Role.ADMINISTRATOR))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADERSHIP])
def test_others_are_refused(signed_in: SignedIn, session: Session, role: Role, page: str) -> None:
    somebody = signed_in(make_member(session, role, make_organisation(session)))
    answer = somebody.get(START + page)
    assert answer.status == 403
    assert "dministrator" in answer.text


def test_words_are_found_added_and_switched_off(administrator: Browser, session: Session) -> None:
    assert "pensjonist" in administrator.get(f"{START}?q=pensjonist").text
    assert "Ingen ord passer" in administrator.get(f"{START}?q=finnesikke").text
    page = administrator.get(f"{START}/new")
    shown = administrator.follow(
        administrator.submit(page, words="trivselsvert\r\ngledesspreder", reason="Vi sier det slik")
    )
    assert shown.heading == "trivselsvert"
    row = session.scalars(select(WordGroup)).one()
    switch = administrator.get(f"{START}/{row.name}/switch")
    assert switch.heading == "Slå av «trivselsvert»"
    off = administrator.follow(administrator.submit(switch, reason="Gale treff"))
    assert "Ordene er slått av" in off.text
    assert "Gale treff" in off.text
    session.expire_all()
    assert session.scalars(select(WordGroup)).one().is_off


def test_words_that_came_with_the_site_are_switched_off(
    administrator: Browser, session: Session
) -> None:
    page = administrator.get(f"{START}/eldre/switch")
    off = administrator.follow(administrator.submit(page, reason="Gale treff"))
    assert "Ordene er slått av" in off.text
    assert session.scalars(select(WordGroup)).one().is_off


def test_what_was_typed_and_refused_is_kept(administrator: Browser) -> None:
    page = administrator.get(f"{START}/new")
    refused = administrator.submit(page, words="trivselsvert", reason="Vi sier det slik")
    assert refused.refused
    assert "minst to ord" in errors(refused)
    assert "trivselsvert" in refused.text
    assert refused.soup.select("input[name=reason][value='Vi sier det slik']")


def test_a_file_is_looked_through_before_it_counts(
    administrator: Browser, session: Session
) -> None:
    page = administrator.get(f"{START}/import")
    refused = administrator.submit(page, file=(BytesIO(b"PK"), "ord.xlsx"))
    assert "SKOS-fil" in errors(refused)
    assert "Velg en fil" in errors(administrator.submit(page, file=None))
    page = administrator.get(f"{START}/import")
    look = administrator.submit(page, file=(BytesIO(SKOS), "ord.ttl"))
    assert look.heading == "Se over ordene før de blir lagt til"
    assert "trivselsvert; gledesspreder" in look.text
    assert session.scalars(select(WordGroup)).all() == []
    refused = administrator.submit(look, reason="")
    assert "hvorfor" in errors(refused)
    assert "trivselsvert; gledesspreder" in refused.text
    done = administrator.follow(administrator.submit(refused, reason="Fra Los"))
    assert "1 gruppe av ord er lagt til" in done.text
    assert session.scalars(select(WordGroup.words)).one() == "trivselsvert\ngledesspreder"


def test_what_is_left_out_of_a_file_is_shown_with_why(administrator: Browser) -> None:
    more = b"""<urn:x:trygg> a skos:Concept ; skos:prefLabel "trygg" ;
      skos:altLabel "kari@nabo.example", "sikker" ."""
    page = administrator.get(f"{START}/import")
    look = administrator.submit(page, file=(BytesIO(SKOS + more), "a.ttl"))
    assert "trygg; sikker" in look.text
    assert "trygg: «kari@nabo.example» ser ut som" in look.text
    again = administrator.submit(look, reason="")
    assert "trygg: «kari@nabo.example» ser ut som" in again.text


@pytest.mark.parametrize("kind", ["ttl", "rdf", "jsonld"])
def test_the_list_is_taken_out(administrator: Browser, kind: str, tmp_path: Path) -> None:
    out = administrator.client.get(f"{START}.{kind}")
    assert out.mimetype in {"text/turtle", "application/rdf+xml", "application/ld+json"}
    path = tmp_path / f"ut.{kind}"
    path.write_bytes(out.data)
    assert read_skos(path) == Thesaurus.default()
