"""What a signature binds to, as whoever is about to give it sees it."""

from flask_babel import gettext as _

from marketplace.agreements import policies
from marketplace.agreements.models import Agreement
from marketplace.core.actor import Actor
from marketplace.pairings.states import Side
from marketplace.ui.filters import kroner, norwegian_date, number
from marketplace.ui.last_look import LastLook


def last_look(actor: Actor, agreement: Agreement) -> LastLook:
    meaning = [
        _meaning(agreement, policies.side_to_sign(actor, agreement)),
        _("Navnet ditt og tidspunktet står i avtalen, og begge parter ser det."),
    ]
    return LastLook(
        _("Skriv under avtalen"), " ".join(meaning), _("Skriv under"), facts=_facts(agreement)
    )


def _meaning(agreement: Agreement, side: Side | None) -> str:
    pairing = agreement.pairing
    if side is Side.UNIT:
        unit = pairing.need.unit.name
        if agreement.entrepreneur_signed_at:
            return _(
                "Du skriver under for %(unit)s. Entreprenøren har skrevet under, så avtalen gjelder"
                " med en gang du gjør det.",
                unit=unit,
            )
        return _(
            "Du skriver under for %(unit)s. Da er enheten bundet av avtalen når entreprenøren også"
            " har skrevet under.",
            unit=unit,
        )
    organisation = pairing.concept.organisation.name
    if agreement.unit_signed_at:
        return _(
            "Du skriver under for %(organisation)s. Enhetslederen har skrevet under, så avtalen"
            " gjelder med en gang du gjør det.",
            organisation=organisation,
        )
    return _(
        "Du skriver under for %(organisation)s. Da er dere bundet av avtalen når enhetslederen også"
        " har skrevet under.",
        organisation=organisation,
    )


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    starts, ends = map(norwegian_date, (agreement.test_starts_on, agreement.test_ends_on))
    return [
        (_("Versjon"), number(agreement.number)),
        (_("Utprøving"), _("%(from)s til %(to)s", **{"from": starts, "to": ends})),
        (_("Beslutning senest"), norwegian_date(agreement.decision_on)),
        (_("Betaling"), kroner(agreement.payment) or _("Ingen betaling")),
        (_("Koster høyst"), kroner(agreement.cost_cap)),
    ]
