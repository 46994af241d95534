"""The registry of who sees which text, over all features; docs and tests are made from it."""

from marketplace.accounts import sights as accounts
from marketplace.agreements import sights as agreements
from marketplace.concepts import sights as concepts
from marketplace.core.sight import Sight
from marketplace.decisions import sights as decisions
from marketplace.interests import sights as interests
from marketplace.invitations import sights as invitations
from marketplace.lessons import sights as lessons
from marketplace.matches import sights as matches
from marketplace.needs import sights as needs
from marketplace.news import sights as news
from marketplace.pairings import sights as pairings
from marketplace.pilots import sights as pilots
from marketplace.portfolios import sights as portfolios
from marketplace.procurements import sights as procurements
from marketplace.programmes import sights as programmes
from marketplace.questions import sights as questions
from marketplace.vocabulary import sights as vocabulary
from marketplace.wishes import sights as wishes

FEATURES = (
    accounts, programmes, needs, questions, wishes, concepts, matches, interests, pairings,
    invitations, news, portfolios, agreements, pilots, decisions, procurements, lessons,
    vocabulary,
)  # fmt: skip
SIGHTS: tuple[Sight, ...] = tuple(sight for feature in FEATURES for sight in feature.SIGHTS)

NAMES: tuple[Sight, ...] = (pairings.PEOPLE,)
"""Who learns that somebody has a role, beside the texts that people write."""

MADE = frozenset({
    "audit_link.contents_hash", "audit_link.hash", "audit_link.salt", "calendar_feed.token_hash",
    "judgement.matcher_version", "one_time_link.token_hash", "outbox_message.last_error",
    "outbox_message.subject_type", "outbox_message.topic", "pairing.suggested_strength",
    "person.password_hash", "refused_form.token_hash", "revision_mark.mark",
    "sign_in_attempt.counted_key", "text_vector.encoder", "text_vector.key",
    "timed_event.kind", "used_mark.location", "used_mark.mark_hash",
    "used_mark.sent_hash", "web_session.device", "web_session.token_hash",
})  # fmt: skip
"""Columns that no person writes in."""
COPIES = frozenset({
    "agreement.roles_at_signing", "audit_event.after", "audit_event.before", "audit_event.event",
    "audit_event.reason", "audit_event.subject_type", "one_time_link.email",
    "outbox_message.payload", "refused_form.contents", "word_group.name",
})  # fmt: skip
"""What was written elsewhere: shown to those who see it there."""
