"""What each message says: a heading, what happened, the reason, what to do now, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.accounts.states import AccountTopic
from marketplace.needs.states import NeedOutcome, NeedTopic
from marketplace.notifications.wording import NEWS, SENTENCES, UNTITLED
from marketplace.pairings.states import DeclineReason
from marketplace.ui.labels import has_label, label

PAGES = {
    "Need": "/needs/{}",
    "Concept": "/concepts/{}",
    "Interest": "/interests/{}",
    "Pairing": "/pairings/{}",
    "Organisation": "/organisations/{}",
}
"""Where a message leads. Mails carry these addresses, so they must not change."""

DESKS = {
    str(AccountTopic.ORGANISATION_WAITING): "/administration/organisations/{}",
    str(NeedTopic.SUBMITTED): "/needs/{}/review",
}
"""Where a message leads that asks its receiver to decide."""


@dataclass(frozen=True, slots=True)
class Message:
    heading: str
    text: str
    reason: str
    what_to_do: str
    path: str


def render(topic: str, payload: Mapping[str, Any], subject_type: str, subject_id: int) -> Message:
    """Put a message into words, in the language that is active."""
    sentences = SENTENCES.get(topic, NEWS)
    return Message(
        heading=str(sentences.heading),
        text=str(sentences.text) % _titles(payload),
        reason=_reason(payload),
        what_to_do=str(sentences.what_to_do),
        path=DESKS.get(topic, PAGES.get(subject_type, "/")).format(subject_id),
    )


def _titles(payload: Mapping[str, Any]) -> dict[str, str]:
    """The names of what it is about, under the names that the features give them."""
    sources = {"title": "title", "need": "need_title", "concept": "concept_title"}
    return {name: str(payload.get(source) or UNTITLED) for name, source in sources.items()}


def _reason(payload: Mapping[str, Any]) -> str:
    """The fixed reason, where one was chosen, and then what was written."""
    chosen = [
        label(code)
        for name, codes in (("outcome", NeedOutcome), ("decline_reason", DeclineReason))
        for code in codes
        if payload.get(name) == code.value and has_label(code)
    ]
    return ". ".join(part for part in (*chosen, str(payload.get("reason") or "")) if part)
