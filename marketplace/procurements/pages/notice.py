"""Words for the notice that somebody copies to Doffin: nothing is posted from here."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from marketplace.needs.states import ProcurementRoute
from marketplace.procurements.models import Procurement
from marketplace.ui.filters import kroner
from marketplace.ui.labels import label


def notice_text(procurement: Procurement, public_url: str) -> str:
    return "\n\n".join(part for part in _parts(procurement, public_url) if part)


def _parts(procurement: Procurement, public_url: str) -> Iterator[str]:
    pairing = procurement.pairing
    need, unit = pairing.need, pairing.need.unit
    yield _("%(kind)s: %(title)s", kind=_kind(procurement.route), title=need.title)
    yield _("Oppdragsgiver: %(municipality)s, %(unit)s", municipality=unit.organisation.name,
            unit=unit.name)  # fmt: skip
    yield _("Hva vi vil kjøpe:") + "\n" + (procurement.object or need.problem)
    yield _("Hvem det gjelder:") + "\n" + _target(need.target_group, need.target_count)
    yield _("Hva vi vil oppnå:") + "\n" + need.wanted_effect
    yield _(
        "Anslått verdi: %(value)s uten mva., opsjoner medregnet. Type tjeneste: %(kind)s.",
        value=kroner(procurement.estimated_value),
        kind=label(procurement.service_category),
    )
    yield _intent(procurement)
    if procurement.reserved_reason:
        yield _("Konkurransen er reservert:") + "\n" + procurement.reserved_reason
    yield _shared(procurement, public_url)
    yield _("Spørsmål sendes til %(email)s.", email=unit.contact_email)


def _kind(route: ProcurementRoute | None) -> str:
    if route is ProcurementRoute.NOTICE_OF_INTENT:
        return _("Intensjonskunngjøring")
    return _("Kunngjøring av %(route)s", route=label(route).lower()) if route else _("Kunngjøring")


def _target(group: str, count: int | None) -> str:
    return _("%(group)s (%(count)d)", group=group, count=count) if count else group


def _intent(procurement: Procurement) -> str:
    """Only a notice of intent names whom the municipality means to buy from, and why."""
    if procurement.route is not ProcurementRoute.NOTICE_OF_INTENT:
        return ""
    organisation = procurement.pairing.concept.organisation
    return "\n".join(
        (
            _(
                "Vi vil inngå kontrakt med %(name)s (%(number)s) uten konkurranse, tidligst 10"
                " dager etter denne kunngjøringen. Begrunnelse:",
                name=organisation.name,
                number=organisation.organisation_number,
            ),
            procurement.route_reason,
        )
    ).strip()


def _shared(procurement: Procurement, public_url: str) -> str:
    if procurement.package_shared_at is None:
        return ""
    path = url_for("procurements.taught", pairing_id=procurement.pairing_id)
    return _(
        "Kommunen har prøvd ut en løsning. Det vi lærte, er åpent for alle: %(address)s",
        address=f"{public_url}{path}",
    )
