"""An agreement as a PDF: the same sections as on its page, in the agreement's own language."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.document import sections
from marketplace.agreements.states import AgreementState
from marketplace.core.pdf import render_pdf
from marketplace.ui.labels import label

TEMPLATE = Path(__file__).parents[1] / "data" / "agreement.typ"
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def agreement_pdf(agreement: Agreement) -> bytes:
    with force_locale(agreement.language.value):
        data = _data(agreement)
    signed = (agreement.unit_signed_at, agreement.entrepreneur_signed_at)
    last = max((at for at in signed if at), default=agreement.updated_at)
    return render_pdf(TEMPLATE, data, at=last)


def file_name(agreement: Agreement) -> str:
    """For example avtale-nabokaffe-versjon-2.pdf; what is not signed says so."""
    title = agreement.pairing.concept.title.lower().translate(LETTERS)
    words = re.sub(r"[^a-z0-9]+", "-", title).strip("-")[:40].strip("-")
    state = {AgreementState.DRAFT: "utkast", AgreementState.OFFERED: "ikke-underskrevet"}
    parts = ("avtale", words, f"versjon-{agreement.number}", state.get(agreement.state, ""))
    return "-".join(part for part in parts if part) + ".pdf"


def _data(agreement: Agreement) -> Mapping[str, Any]:
    need, concept = agreement.pairing.need, agreement.pairing.concept
    values = {"number": agreement.number, "state": label(agreement.state).lower()}
    return {
        "lang": agreement.language.value,
        "title": _("Avtale om å prøve ut «%(concept)s»", concept=concept.title),
        "kind": _("Versjon %(number)s – %(state)s", **values),
        "footer": _(
            "Sak %(case)s, versjon %(number)s – %(state)s", case=agreement.pairing_id, **values
        ),
        "unshown": _(
            "Noen tegn finnes ikke i skriften i denne fila. De er vist som �, og står i avtalen på"
            " nettsiden."
        ),
        "parties": [
            {"name": _("Behov"), "text": need.title},
            {
                "name": _("Tjenesteenhet"),
                "text": f"{need.unit.name}, {need.unit.organisation.name}",
            },
            {
                "name": _("Entreprenør"),
                "text": f"{concept.organisation.name} ({concept.organisation.organisation_number})",
            },
        ],
        "sections": [asdict(section) for section in sections(agreement)],
    }
