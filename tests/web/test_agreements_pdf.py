"""The PDF of a version: standards, language, title, and that typed text stays text."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements.models import AgreedSite, Criterion
from marketplace.agreements.states import AgreementState
from marketplace.pairings.states import CaseRole
from tests.domain.agreement_cast import AgreementCast, make_agreement_cast
from tests.web.agreement_pages import SignedIn, path_of

MARKUP = "#let x = 1; *fet* _skrå_ $x^2$ \\ [a] <b> @c `d` «æøå» – ~ ÆØÅ"
S = AgreementState


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def download(
    cast: AgreementCast, signed_in: SignedIn, name: str = "member", number: int = 1
) -> Any:
    browser = signed_in(cast.case.person(name))
    return browser.client.get(path_of(cast, f"/versions/{number}/pdf"))


def read(response: Any) -> PdfReader:
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return PdfReader(BytesIO(response.data))


def words(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def test_declares_both_standards_its_title_and_its_language(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.SIGNED, language=Language.NYNORSK)

    reader = read(download(cast, signed_in))

    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    for declared in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"):
        assert declared in metadata
    assert root["/Lang"] == "nn"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert cast.pairing.concept.title in str(reader.metadata.title)


def test_headings_and_tables_are_tagged(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED)

    root: Any = read(download(cast, signed_in)).trailer["/Root"]

    found: set[str] = set()
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        found.add(str(node.get("/S")))
        kids = node.get("/K", [])
        listed = kids if isinstance(kids, list) else [kids]
        waiting += [kid for kid in listed if hasattr(kid.get_object(), "get")]
    assert {"/H1", "/Table", "/TH", "/TD", "/L"} <= found


MARKS = "".join(chr(code) for code in (*range(0x300, 0x370), *range(0x20D0, 0x20F1)))


@pytest.mark.parametrize(
    "hostile",
    [
        "1️⃣ 2️⃣ #️⃣",
        MARKS,
        " ".join(MARKS),
        "".join(map(chr, range(0xAC00, 0xC000))),
        "\x0b\u202e\ufeff😀",
    ],
    ids=["keycaps", "marks", "marks alone", "unknown", "unseen"],
)
def test_any_text_gives_a_file(cast: AgreementCast, signed_in: SignedIn, hostile: str) -> None:
    cast.version(S.SIGNED, purpose=f"Først {hostile}", on_yes=hostile)
    cast.pairing.concept.title = f"{hostile}slutt"
    cast.pairing.need.title = hostile
    cast.session.flush()

    text = words(read(download(cast, signed_in)))

    assert "Først" in text
    assert "slutt" in text


def test_says_all_that_is_agreed(cast: AgreementCast, signed_in: SignedIn) -> None:
    agreement = cast.version(S.SIGNED)

    text = words(read(download(cast, signed_in)))

    leader = cast.case.person("leader").name
    for part in (
        agreement.purpose,
        agreement.unit_contribution,
        "Færre ensomme",
        "Er alle i gang?",
        "Dagsenteret",
        "150 000 kr",
        agreement.on_yes,
        agreement.on_no,
        agreement.data_protection,
        agreement.ownership,
        cast.case.concept.organisation.organisation_number,
        f"{leader}, 14.09.2026 kl. 12.00",
        "Versjon 1 – gjelder",
    ):
        assert "".join(part.split()) in text


def test_what_looks_like_markup_stays_text(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.pairing.need.title = f"A {MARKUP}"
    cast.pairing.concept.title = f"B {MARKUP}"
    cast.version(
        purpose=f"C {MARKUP}",
        criteria=[
            Criterion(position=1, title=f"D {MARKUP}", measure=MARKUP, target=MARKUP, weight=9)
        ],
        sites=[AgreedSite(unit_id=cast.case.unit.id, name=f"E {MARKUP}")],
    )

    text = words(read(download(cast, signed_in)))

    for letter in "ABC":
        assert letter + "".join(MARKUP.split()) in text
    assert text.count("#let") == 7


def test_characters_that_no_font_has_do_not_stop_it(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(purpose="Glad 😀 i 中国 og \x0c her")

    assert "Noentegnfinnesikke" in words(read(download(cast, signed_in)))


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (S.DRAFT, "avtale-nabokaffe-versjon-1-utkast.pdf"),
        (S.OFFERED, "avtale-nabokaffe-versjon-1-ikke-underskrevet.pdf"),
        (S.SIGNED, "avtale-nabokaffe-versjon-1.pdf"),
    ],
)
def test_the_file_is_named_after_what_it_is(
    cast: AgreementCast, signed_in: SignedIn, state: AgreementState, name: str
) -> None:
    cast.version(state)

    disposition = download(cast, signed_in).headers["Content-Disposition"]

    assert disposition == f'attachment; filename="{name}"'


def test_a_signed_version_is_always_the_same_file(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED)

    assert download(cast, signed_in).data == download(cast, signed_in, "coordinator").data


@pytest.mark.parametrize("state", [S.DRAFT, S.OFFERED, S.SIGNED])
def test_both_sides_get_the_same_file_with_all_names(
    cast: AgreementCast, signed_in: SignedIn, state: AgreementState
) -> None:
    cast.version(state)

    theirs = download(cast, signed_in, "entrepreneur")

    assert theirs.data == download(cast, signed_in).data
    text = words(read(theirs))
    for holder in cast.pairing.roles:
        assert "".join(holder.person.name.split()) in text
    breach = next(h for h in cast.pairing.roles if h.role is CaseRole.DATA_PROTECTION)
    assert "Meldbruddpåpersonvernettil" in text
    assert text.count("".join(breach.person.name.split())) > 1
