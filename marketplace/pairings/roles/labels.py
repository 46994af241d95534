"""Who got which role, and instead of whom: what the history of a case says of it."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from marketplace.core.audit import PastEvent
from marketplace.pairings.states import CaseRole, PairingEvent
from marketplace.ui.labels import label

People = Mapping[int, str]
"""The names that may be shown; whoever is not here is not named."""


def sentence(past: PastEvent, people: People) -> str:
    """What happened; a change of roles with the names of those who got and left them."""
    event = PairingEvent(past.event)
    if event is PairingEvent.PERSON_REPLACED:
        return ". ".join(_handed_over(past, people)) or label(event)
    if "role" not in past.after:
        return label(event)
    role = label(CaseRole(past.after["role"]))
    return _changed(event, past, role, people) or f"{label(event)}: {role}"


def _changed(event: PairingEvent, past: PastEvent, role: str, people: People) -> str:
    """Empty where the reader may not see who it is."""
    person = people.get(past.after.get("person_id") or 0, "")
    before = people.get(past.after.get("instead_of_id") or 0, "")
    values = {"person": person, "role": role, "before": before}
    if event is PairingEvent.DEPUTY_REMOVED:
        return _("%(before)s er ikke lenger vara for «%(role)s»", **values) if before else ""
    if not person:
        return ""
    instead = before and before != person
    if event is PairingEvent.DEPUTY_ASSIGNED:
        if instead:
            return _("%(person)s ble vara for «%(role)s» i stedet for %(before)s", **values)
        return _("%(person)s ble vara for «%(role)s»", **values)
    if instead:
        return _("%(person)s fikk rollen «%(role)s» i stedet for %(before)s", **values)
    return _("%(person)s fikk rollen «%(role)s»", **values)


def _handed_over(past: PastEvent, people: People) -> Iterator[str]:
    """One sentence for each successor, one for those not named, and one for what has nobody."""
    before = people.get(past.after.get("instead_of_id") or 0, "")
    taken: dict[str | None, list[str]] = {}
    for person_id, role in _posts(past):
        successor = None if person_id is None else people.get(person_id, "")
        taken.setdefault(successor, []).append(role)
    for successor, roles in taken.items():
        yield _taken_over(successor, before, ", ".join(roles))


def _posts(past: PastEvent) -> Iterator[tuple[int | None, str]]:
    """Who got what; a deputy may have gone without a successor."""
    for role, person_id in past.after.get("roles", {}).items():
        yield person_id, label(CaseRole(role))
    for role, person_id in past.after.get("deputies", {}).items():
        name = label(CaseRole(role))
        yield person_id, _("%(role)s, vara", role=name) if person_id is not None else name


def _taken_over(successor: str | None, before: str, roles: str) -> str:
    if successor is None:
        return f"{label(PairingEvent.DEPUTY_REMOVED)}: {roles}"
    if not successor:
        return f"{label(PairingEvent.PERSON_REPLACED)}: {roles}"
    values = {"person": successor, "before": before, "roles": roles}
    if not before:
        return _("%(person)s tok over: %(roles)s", **values)
    return _("%(person)s tok over for %(before)s: %(roles)s", **values)
