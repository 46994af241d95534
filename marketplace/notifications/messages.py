"""What each message says: a heading, what happened, the reason, what to do now, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.accounts.states import AccountTopic
from marketplace.core.actor import Role
from marketplace.lessons.states import LessonTopic, Outcome
from marketplace.needs.states import NeedOutcome, NeedTopic
from marketplace.notifications.states import TrailTopic
from marketplace.notifications.wording.sentences import NEWS, UNTITLED
from marketplace.notifications.wording.tables import SENTENCES
from marketplace.pairings.states import CaseRole, DeclineReason, PairingTopic
from marketplace.pilots.states import StopReason
from marketplace.procurements.states import ProcurementTopic
from marketplace.programmes.states import ProgrammeTopic
from marketplace.ui.filters import norwegian_date, norwegian_moment
from marketplace.ui.labels import has_label, label

PAGES = {
    "Need": "/needs/{}",
    "NeedParticipation": "/needs/{need_id}",
    "Concept": "/concepts/{}",
    "Interest": "/interests/{}",
    "Pairing": "/pairings/{}",
    "Organisation": "/organisations/{}",
    "Agreement": "/pairings/{pairing_id}/agreement",
    "Pilot": "/pairings/{pairing_id}/pilot",
    "Checkpoint": "/pairings/{pairing_id}/pilot",
    "Decision": "/pairings/{pairing_id}/decision",
    "Procurement": "/pairings/{pairing_id}/procurement",
    "ProcurementStep": "/pairings/{pairing_id}/procurement",
    "Lesson": "/pairings/{pairing_id}/lessons",
    "Question": "/needs/{need_id}",
    "Programme": "/programmes/{}",
    "Wish": "/wishes/{}",
    "MailDigest": "/notifications",
}
"""Where a message leads, by the row it is about or by an id in its payload.

Mails carry these addresses, so they must not change.
"""

FIXED_REASONS: Mapping[str, type[StrEnum]] = {
    "outcome": NeedOutcome,
    "decline_reason": DeclineReason,
    "stop_reason": StopReason,
}
"""What was chosen from a list, by its name in the payload."""

DESKS = {
    str(AccountTopic.ADDRESS_ASKED): "/profile",
    str(AccountTopic.ADDRESS_KNOWN): "/sign-in",
    str(AccountTopic.ORGANISATION_WAITING): "/administration/organisations/{}",
    str(LessonTopic.PUBLISHED): "/lessons/{pairing_id}",
    str(NeedTopic.SUBMITTED): "/needs/{}/review",
    str(PairingTopic.DEPUTY_REMOVED): "/pairings",
    str(PairingTopic.ROLE_LOST): "/pairings",
    str(ProcurementTopic.PACKAGE_SHARED): "/pilots-taught/{pairing_id}",
    str(ProcurementTopic.ANNOUNCED_TO_OTHERS): "/needs/{need_id}",
    str(ProcurementTopic.CONTRACTED_TO_OTHERS): "/needs/{need_id}",
    str(ProcurementTopic.CANCELLED_TO_OTHERS): "/needs/{need_id}",
    str(ProgrammeTopic.PARTNER_LEFT): "/programmes",
    str(ProgrammeTopic.CASE_BOUGHT): "/programmes/{programme_id}",
    str(ProgrammeTopic.CASE_EXTENDED): "/programmes/{programme_id}",
    str(ProgrammeTopic.CASE_NOT_BOUGHT): "/programmes/{programme_id}",
    str(ProgrammeTopic.CASE_STOPPED): "/programmes/{programme_id}",
    str(ProgrammeTopic.CASE_CONTRACTED): "/programmes/{programme_id}",
    str(ProgrammeTopic.CASE_PURCHASE_CANCELLED): "/programmes/{programme_id}",
    str(TrailTopic.FAULT_FOUND): "/notifications",
}
"""Where a message leads by its topic: to where it is decided, or to what the receiver may read."""


@dataclass(frozen=True, slots=True)
class Message:
    heading: str
    text: str
    fixed_reason: str
    written_reason: str
    what_to_do: str
    path: str

    @property
    def reason(self) -> str:
        """The fixed reason, where one was chosen, and then what was written."""
        return ". ".join(filter(None, (self.fixed_reason, self.written_reason)))


def render(topic: str, payload: Mapping[str, Any], subject_type: str, subject_id: int) -> Message:
    """Put a message into words, in the language that is active."""
    sentences = SENTENCES.get(topic, NEWS)
    values = _titles(payload) | _invitation(payload) | _day(payload) | _answers(payload)
    values |= {"outcome": _outcome(payload)}
    return Message(
        heading=str(sentences.heading),
        text=(str(sentences.text) % values).strip(),
        fixed_reason=_fixed_reason(payload),
        written_reason=str(payload.get("reason") or ""),
        what_to_do=(str(sentences.what_to_do) % values).strip(),
        path=_path(topic, payload, subject_type, subject_id),
    )


def _path(topic: str, payload: Mapping[str, Any], subject_type: str, subject_id: int) -> str:
    ids = {name: payload.get(name, 0) for name in ("pairing_id", "need_id", "programme_id")}
    return DESKS.get(topic, PAGES.get(subject_type, "/")).format(subject_id, **ids)


def _titles(payload: Mapping[str, Any]) -> dict[str, str]:
    """The names of what it is about, under the names that the features give them."""
    sources = {"title": "title", "need": "need_title", "concept": "concept_title", "unit": "unit"}
    return {name: str(payload.get(source) or UNTITLED) for name, source in sources.items()}


def _invitation(payload: Mapping[str, Any]) -> dict[str, str]:
    """A sentence on the role and one on when the link ends, where the message tells of these."""
    role = _role(payload)
    ends = payload.get("expires_at")
    moment = norwegian_moment(datetime.fromisoformat(ends)) if ends else ""
    return {
        "role": _("Rollen din: %(role)s.", role=role) if role else "",
        "expires": _("Den går ut %(moment)s.", moment=moment) if moment else "",
    }


def _day(payload: Mapping[str, Any]) -> dict[str, str]:
    """The day that the message is about, where it is about one."""
    day = payload.get("day")
    return {"day": norwegian_date(date.fromisoformat(day)) if day else ""}


def _outcome(payload: Mapping[str, Any]) -> str:
    """How a case went, where the message tells of its end."""
    went = next((code for code in Outcome if code == payload.get("case_outcome")), None)
    return _("Slik gikk det: %(outcome)s.", outcome=label(went)) if went else ""


def _answers(payload: Mapping[str, Any]) -> dict[str, str]:
    """Who has answered a need: by the titles of the concepts, and never by name."""
    concepts = payload.get("concepts") or []
    titles = ", ".join(f"«{title}»" for title in concepts)
    some = ngettext(
        "%(num)d har svart: %(titles)s.",
        "%(num)d har svart: %(titles)s.",
        len(concepts),
        titles=titles,
    )
    return {"answers": some if concepts else _("Ingen har svart.")}


def _role(payload: Mapping[str, Any]) -> str:
    if not payload.get("role"):
        return ""
    role = next(
        (code for codes in (Role, CaseRole) for code in codes if code == payload["role"]), None
    )
    return ", ".join(filter(None, (label(role), payload.get("place"))))


def _fixed_reason(payload: Mapping[str, Any]) -> str:
    return ". ".join(
        label(code)
        for name, codes in FIXED_REASONS.items()
        for code in codes
        if payload.get(name) == code.value and has_label(code)
    )


def case_title(payload: Mapping[str, Any]) -> str:
    """What a message is about, for a heading above all that is about the same."""
    titles = [payload.get(name) for name in ("concept_title", "need_title")]
    return " – ".join(str(title) for title in titles if title) or str(
        payload.get("title") or _("Annet")
    )
