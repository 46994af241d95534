"""The programme that a case counts in: chosen by the municipality's coordinators."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.pairings import policies, recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.expectations import expect_coordinator
from marketplace.pairings.states import FELL, PairingEvent, PairingRefusal, PairingTopic
from marketplace.pairings.told import ProgrammeChosenTold, named
from marketplace.programmes import queries as programmes
from marketplace.programmes.models import Programme


def choose_programme(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, programme_id: int | None
) -> None:
    """Put the case into a programme, or take it out; both sides are told that a partner reads."""
    pairing.expect_version(version)
    expect_may_choose_programme(actor, pairing)
    chosen = _programme(session, pairing, programme_id)
    before = pairing.programme
    if chosen is before:
        return
    pairing.programme = chosen
    name, topic = PairingEvent.PROGRAMME_CHOSEN, PairingTopic.PROGRAMME_CHOSEN
    if chosen is None:
        name, topic = PairingEvent.PROGRAMME_LEFT, PairingTopic.PROGRAMME_LEFT
    event = record(session, actor, name, pairing)
    programme = chosen or before
    told = ProgrammeChosenTold(**named(pairing), title=programme.name if programme else "")
    tell(session, recipients.parties(session, pairing), topic, event, told)


def expect_programme_chooser(actor: Actor, pairing: Pairing) -> None:
    expect_coordinator(actor, pairing)
    if policies.has_conflict(actor, pairing):
        raise NotAllowed(PairingRefusal.CONFLICT_DECLARED)


def expect_may_choose_programme(actor: Actor, pairing: Pairing) -> None:
    expect_programme_chooser(actor, pairing)
    if pairing.state in FELL:
        raise NotNow(PairingRefusal.CASE_FELL)


def _programme(session: Session, pairing: Pairing, programme_id: int | None) -> Programme | None:
    if programme_id is None:
        return None
    offered = programmes.list_of_municipality(session, pairing.need.unit.organisation_id)
    chosen = next((programme for programme in offered if programme.id == programme_id), None)
    if chosen is None:
        raise InvalidField("programme_id", PairingRefusal.PROGRAMME_DOES_NOT_FIT)
    return chosen
