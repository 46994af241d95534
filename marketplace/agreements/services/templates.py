"""The administrator's text that first versions start from."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements import policies, queries, starting_text
from marketplace.agreements.content import TEXTS
from marketplace.agreements.models import AgreementTemplate
from marketplace.agreements.states import AgreementEvent, AgreementRefusal
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, Stale
from marketplace.core.texts import expect_text


def save_template(
    session: Session,
    actor: Actor,
    *,
    language: Language,
    version: int,
    texts: Mapping[str, str],
) -> AgreementTemplate:
    """Store the text that first versions start from; `version` is 0 where none was stored."""
    expect_may_edit_templates(actor)
    for name in TEXTS:
        expect_text(name, texts.get(name, ""), AgreementRefusal.TEXT_MISSING)
        for place in starting_text.unknown_places(texts[name]):
            raise InvalidField(name, AgreementRefusal.PLACE_UNKNOWN, place=place)
    template = queries.find_template(session, language)
    if (template.version if template else 0) != version:
        raise Stale
    template = template or AgreementTemplate(language=language)
    for name in TEXTS:
        setattr(template, name, texts[name].strip())
    template.updated_by_id, template.updated_at = actor.person_id, now()
    session.add(template)
    record(session, actor, AgreementEvent.TEMPLATE_CHANGED, template)
    return template


def expect_may_edit_templates(actor: Actor) -> None:
    if not policies.can_edit_templates(actor):
        raise NotAllowed(AgreementRefusal.ADMINISTRATORS_ONLY)
