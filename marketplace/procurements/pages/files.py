"""The files of a procurement: its protocol and what the pilot taught, as PDF and as text."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from marketplace.core.cleaning import clean_text
from marketplace.core.pdf import render_pdf
from marketplace.pairings.pages.names import Names
from marketplace.procurements.models import Procurement
from marketplace.procurements.pages.case import step_rows
from marketplace.procurements.pages.teaching import sections_of
from marketplace.procurements.protocol import missing_points
from marketplace.procurements.states import ProtocolPoint
from marketplace.ui.filters import kroner, norwegian_date
from marketplace.ui.labels import label

DATA = Path(__file__).parents[1] / "data"
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def file_name(kind: str, procurement: Procurement, ending: str) -> str:
    """For example protokoll-nabokaffe.pdf."""
    title = procurement.pairing.concept.title.lower().translate(LETTERS)
    words = re.sub(r"[^a-z0-9]+", "-", title).strip("-")[:40].strip("-")
    return f"{kind}-{words or procurement.pairing_id}.{ending}"


# ---------------------------------------------------------------- the protocol


def protocol_pdf(procurement: Procurement, names: Names) -> bytes:
    missing = missing_points(procurement)
    points = [
        {"heading": label(point), "text": text}
        for point, text in _points(procurement)
        if text or point in missing
    ]
    for point in points:
        point["text"] = point["text"] or _("Ikke skrevet ennå.")
    return render_pdf(
        DATA / "protocol.typ",
        {
            **_frame(procurement, _("Protokoll for anskaffelsen")),
            "parties": list(_facts(procurement, names)),
            "sections": points,
            "steps_heading": _("Trinnene, og hvor lang tid de tok"),
            "steps_head": [_("Trinn"), _("Frist"), _("Ferdig"), _("Dager")],
            "steps": _steps(procurement),
        },
    )


def _points(procurement: Procurement) -> Iterator[tuple[ProtocolPoint, str]]:
    """The points of § 10-5, in its order."""
    yield ProtocolPoint.OBJECT, procurement.object
    yield ProtocolPoint.VALUE, _value(procurement)
    yield ProtocolPoint.INVITED, procurement.invited
    yield ProtocolPoint.IMPARTIALITY, procurement.impartiality
    yield ProtocolPoint.WINNER, _winner(procurement)
    yield ProtocolPoint.SUBCONTRACTORS, procurement.subcontractors
    yield ProtocolPoint.CANCELLED, procurement.cancel_reason or ""
    yield ProtocolPoint.RESERVED, procurement.reserved_reason


def _value(procurement: Procurement) -> str:
    if not procurement.estimated_value:
        return ""
    return _("%(value)s uten mva.", value=kroner(procurement.estimated_value))


def _winner(procurement: Procurement) -> str:
    if procurement.supplier_name is None:
        return ""
    won = _(
        "%(name)s, for %(value)s uten mva.",
        name=procurement.supplier_name,
        value=kroner(procurement.contract_value),
    )
    return f"{won}\n\n{procurement.award_reason}"


def _facts(procurement: Procurement, names: Names) -> Iterator[dict[str, str]]:
    route = procurement.route
    pairs = [
        *_about(procurement),
        (_("Status"), label(procurement.state)),
        (_("Begynte"), norwegian_date(procurement.starts_on)),
        (_("Type tjeneste"), label(procurement.service_category)),
        (_("Framgangsmåte"), label(route) if route is not None else _("Ikke valgt ennå")),
        (_("Hvorfor denne framgangsmåten"), procurement.route_reason),
        (_("Kunngjøring"), procurement.notice_reference or ""),
        (_("Kontrakt inngått"), norwegian_date(procurement.contracted_at)),
        (_("Registrert av"), names.of(procurement.contracted_by)),
        (_("Avlyst"), norwegian_date(procurement.cancelled_at)),
        (_("Unntatt fra innsyn"), _exemption(procurement)),
    ]
    for name, text in pairs:
        if text:
            yield {"name": name, "text": text}


def _exemption(procurement: Procurement) -> str:
    paragraph, until = procurement.exempt_paragraph, procurement.exempt_until
    if paragraph is None:
        return ""
    if until is None:
        return paragraph
    return _("%(paragraph)s, til %(day)s", paragraph=paragraph, day=norwegian_date(until))


def _steps(procurement: Procurement) -> list[list[str]]:
    return [
        [
            row.step.title,
            norwegian_date(row.step.due_on),
            norwegian_date(row.step.done_on) or _("nei"),
            "" if row.days is None else str(row.days),
        ]
        for row in step_rows(procurement)
    ]


# ---------------------------------------------------------------- what the pilot taught


def package_pdf(procurement: Procurement) -> bytes:
    parties = [{"name": name, "text": text} for name, text in _about(procurement)]
    return render_pdf(
        DATA / "package.typ",
        {
            **_frame(procurement, _("Dette lærte utprøvingen oss")),
            "parties": [
                *parties,
                {"name": _("Delt"), "text": norwegian_date(procurement.package_shared_at)},
            ],
            "sections": [
                {"heading": heading, "text": text}
                for heading, text in sections_of(procurement.package_text)
            ],
        },
        at=procurement.package_shared_at,
    )


def package_as_text(procurement: Procurement) -> str:
    """Plain text, as a citizen or a supplier may want to keep it."""
    facts = [f"{name}: {text}" for name, text in _about(procurement)]
    heading = _("Dette lærte utprøvingen oss")
    shared = _("Delt: %(day)s", day=norwegian_date(procurement.package_shared_at))
    said = "\n".join((heading, "", *facts, shared, "", procurement.package_text))
    return clean_text(said) + "\n"


# ---------------------------------------------------------------- parts of both


def _about(procurement: Procurement) -> list[tuple[str, str]]:
    need = procurement.pairing.need
    return [
        (_("Behov"), need.title),
        (_("Tjenesteenhet"), f"{need.unit.name}, {need.unit.organisation.name}"),
        (_("Prøvd ut"), procurement.pairing.concept.title),
    ]


def _frame(procurement: Procurement, kind: str) -> Mapping[str, Any]:
    return {
        "lang": str(get_locale() or "nb"),
        "title": procurement.pairing.need.title,
        "kind": kind,
        "footer": _("Sak %(case)s – %(kind)s", case=procurement.pairing_id, kind=kind),
        "unshown": _(
            "Noen tegn finnes ikke i skriften i denne fila. De er vist som �, og står på nettsiden."
        ),
    }
