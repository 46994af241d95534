"""Filling an empty database with the demo town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.passwords import hash_password
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import MailState, OutboxMessage
from marketplace.core.schedule import do_what_is_due
from marketplace.demo.agreements import plan_agreements
from marketplace.demo.endings import plan_endings
from marketplace.demo.pairings import plan_pairings
from marketplace.demo.pilots import plan_pilots
from marketplace.demo.procurements import plan_procurements
from marketplace.demo.programmes import plan_programmes
from marketplace.demo.rankings import fill_in_places
from marketplace.demo.story import (
    Story,
    plan_concepts,
    plan_interests,
    plan_invitations,
    plan_judgements,
    plan_needs,
)
from marketplace.demo.town import build_town
from marketplace.demo.voices import (
    plan_follows,
    plan_questions,
    plan_shared_needs,
    plan_wishes,
)
from marketplace.demo.words import plan_words
from marketplace.news.models import NewText

DEMO_PASSWORD = "fjordvik-demo-2026"  # noqa: S105  printed at the start, for people who do not exist
UNREAD_DAYS = 5
REMINDED_DAYS = 10
NEWS_DAYS = 16
TOWN_DAYS = 500
PLANS = (
    plan_concepts, plan_needs, plan_interests, plan_judgements, plan_invitations, plan_pairings,
    plan_programmes, plan_agreements, plan_pilots, plan_endings, plan_procurements, plan_questions,
    plan_shared_needs, plan_wishes, plan_follows, plan_words,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccount:
    role: Role
    email: str


def fill_if_empty(database: Database) -> bool:
    """Load the demo into a database without people; tell whether it was empty.

    The features must be installed, as `create_app` does: a case goes on by their reactions.
    """
    with database.writing() as session:
        if session.scalar(select(func.count()).select_from(Person)):
            return False
        load_demo(session)
        _forget_old_news(session)
        session.commit()
    _remind(database)
    with database.writing() as session:
        _settle_outbox(session)
        fill_in_places(session)
        session.commit()
    return True


def _remind(database: Database) -> None:
    """Of what waits at the end of the story, so that the worker does not begin with all of it."""
    for days_ago in range(REMINDED_DAYS, -1, -1):
        do_what_is_due(database, now() - timedelta(days=days_ago))


def load_demo(session: Session) -> Story:
    with clock_at(now() - timedelta(days=TOWN_DAYS)):
        town = build_town(session, hash_password(DEMO_PASSWORD))
    story = Story(session, town)
    for plan in PLANS:
        plan(story)
    story.tell()
    return story


def _forget_old_news(session: Session) -> None:
    """What was new before that is so to nobody: the index knows texts as they are at the end."""
    old = NewText.noted_at < now() - timedelta(days=NEWS_DAYS)
    session.execute(update(NewText).where(old).values(looked_at=now()))


def _settle_outbox(session: Session) -> None:
    """What happened before the demo began is not mailed, and what is old has been read."""
    waiting = OutboxMessage.mail_state == MailState.PENDING
    sent = update(OutboxMessage).where(waiting).values(mail_state=MailState.SENT, sent_at=now())
    session.execute(sent)
    old = OutboxMessage.created_at < now() - timedelta(days=UNREAD_DAYS)
    session.execute(update(OutboxMessage).where(old).values(read_at=now()))


def list_demo_accounts(session: Session) -> Sequence[DemoAccount]:
    statement = select(Person).where(Person.demo_order.is_not(None)).order_by(Person.demo_order)
    return [DemoAccount(p.memberships[0].role, p.email) for p in session.scalars(statement)]
