"""What a mail does not show: addresses, numbers, and the names of those around the case."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from marketplace.config import Settings
from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.notifications.pages.masking import mask, mask_numbers
from marketplace.pairings.states import PairingTopic
from marketplace.worker import run_once
from tests.domain.digest_stage import put_message
from tests.domain.mail_stage import Collected
from tests.domain.pairing_cast import make_cast
from tests.factories import make_member, make_organisation

NAMES = ("Kari Nordmann", "Anne-Grete von Berg")


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    app = Flask("marketplace")
    Babel(app, default_locale="nb")
    with app.app_context():
        yield


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring Kari Nordmann i dag.", "Ring [navn] i dag."),
        ("Kari sa nei, og det var Nordmanns valg.", "[navn] sa nei, og det var [navn] valg."),
        ("Spør Anne-Grete von Berg.", "Spør [navn]."),
        ("Grete kan svare.", "[navn] kan svare."),
        ("Skriv til kari@kommune.example.", "Skriv til [e-postadresse]."),
        ("Ring 912 34 567 eller +47 22 33 44 55.", "Ring [telefonnummer] eller [telefonnummer]."),
        ("Gjelder 010190 12345.", "Gjelder [fødselsnummer]."),
    ],
)
def test_what_points_to_a_person_is_taken_out(text: str, shown: str) -> None:
    assert mask(text, NAMES) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Det koster 250 000 kr i 2026, fra 01.02.2026 til 31.12.2026.",
        "Karius og Nordmannsfjell er ikke navn her, og berget er høyt.",
        "40 av 60 over 80 år møtte opp.",
    ],
)
def test_the_rest_stands(text: str) -> None:
    assert mask(text, NAMES) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åse Røkke sa nei.", "[navn] sa nei."),
        ("A\u030ase Røkke sa nei.", "[navn] sa nei."),
        ("ÅSE RØKKE sa nei.", "[navn] sa nei."),
        ("A\u030aSE RØKKE sa nei.", "[navn] sa nei."),
        ("åse røkke og åse, og røkkes svar", "[navn] og [navn], og [navn] svar"),
        ("Åse\u00a0Røkke, Å\u200bse og Å\u00adse", "[navn], [navn] og [navn]"),
        ("Åse  Røkke’s og Åse-Røkke", "[navn] og [navn]"),
        ("Anne Grete Von Berg", "[navn]"),
        ("Siri ringte, SIRI OG DAG ringte.", "[navn] ringte, [navn] OG [navn] ringte."),
        ("Spør José og Zo\u0308e.", "Spør [navn] og [navn]."),
    ],
)
def test_a_name_goes_in_any_spelling(text: str, shown: str) -> None:
    names = ("A\u030ase Røkke", "Anne-Grete von Berg", "Siri Dag", "Jose\u0301", "Zöe")
    assert mask(text, names) == shown


@pytest.mark.parametrize(
    "text",
    ["En dag i mai kom de per båt.", "Hele dagen, alle dager.", "Åsen, røkken og sirius."],
)
def test_a_name_that_is_a_word_stays_where_it_is_one(text: str) -> None:
    assert mask(text, ("Åse Røkke", "Siri Dag", "Mai Dagen", "Per")) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring 918\u201127\u2011364, takk.", "Ring [telefonnummer], takk."),
        ("Å 9182 7364 ring", "Å [telefonnummer] ring"),
        ("Skriv til ola(at)enhet.no nå.", "Skriv til [e-postadresse] nå."),
        ("9️⃣1️⃣8️⃣2️⃣7️⃣3️⃣6️⃣4️⃣.", "[telefonnummer]."),
        ("Gjelder 17.05.1949 12345.", "Gjelder [fødselsnummer]."),
    ],
)
def test_other_dress_hides_nothing(text: str, shown: str) -> None:
    assert mask(text, ()) == shown
    assert mask_numbers(text) == shown


def test_without_names_numbers_still_go() -> None:
    assert mask("kari@kommune.example", ()) == mask_numbers("kari@kommune.example")
    assert mask("Kari", ("", " ")) == "Kari"


def body_of(
    database: Database,
    settings: Settings,
    reason: str,
    coordinator: str = "Kari Nordmann",
    **more: Any,
) -> str:
    """The mail about a declined pairing, whose reason names people on both sides."""
    with database.writing() as session:
        cast = make_cast(session)
        cast.person("coordinator").name = coordinator
        cast.person("colleague").name = "Ola Fjell"
        make_member(session, Role.COORDINATOR, make_organisation(session), name="Per Fremmed")
        payload = {
            "pairing_id": cast.pairing().id,
            "need_title": cast.need.title,
            "concept_title": cast.concept.title,
            "reason": reason,
        }
        put_message(session, cast.person("member"), PairingTopic.DECLINED, payload | more)
        session.commit()
    sent = Collected()
    run_once(database, settings, sent)
    return str(sent[0].get_content())


def test_a_mail_gives_the_reason_without_the_people(real: Database, settings: Settings) -> None:
    reason = "Fullt i år, sier Kari Nordmann. Ola kan ringe 912 34 567 eller Per Fremmed."
    body = body_of(real, settings, reason, decline_reason="capacity")
    assert "Fullt i år, sier [navn]. [navn] kan ringe [telefonnummer] eller Per Fremmed." in body
    assert "Personopplysninger er tatt ut." in body
    assert not any(part in body for part in ("Kari", "Nordmann", "Ola", "912"))


def test_a_mail_hides_a_name_in_decomposed_letters(real: Database, settings: Settings) -> None:
    body = body_of(real, settings, "KA\u030aRE sa nei.", coordinator="Ka\u030are Nordås")
    assert "[navn] sa nei." in body
    assert "Personopplysninger er tatt ut." in body


@pytest.mark.parametrize(
    "hostile",
    [
        "\x00\x0b\x1b[2J\x85\u2028",
        "\u202e\u2066\u200f",
        "1️⃣ 👩\u200d👩\u200d👧 \U0001f1f3",
        "e\u20e3\u0315",
    ],
)
def test_any_text_gives_a_mail(real: Database, settings: Settings, hostile: str) -> None:
    body = body_of(real, settings, f"Nei{hostile}takk.", need_title=f"Før{hostile}etter")
    assert "Nei" in body
    assert "etter" in body
    seen = body.replace("\n", "").replace("\u200d", "")
    assert [ascii(c) for c in seen if unicodedata.category(c) in {"Cc", "Cf"}] == []
    assert "Personopplysninger" not in body


def test_a_reason_without_people_stands_whole(real: Database, settings: Settings) -> None:
    body = body_of(real, settings, "Fullt i år.")
    assert "Begrunnelse:\nFullt i år." in body
    assert "Personopplysninger" not in body


def test_a_title_gives_no_number_away(real: Database, settings: Settings) -> None:
    body = body_of(real, settings, "Nei.", need_title="Ring 912 34 567")
    assert "912" not in body
