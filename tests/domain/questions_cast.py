"""A published need, whoever may ask about it, and whoever answers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent, forget_changes
from marketplace.core.clock import now, today
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.models import Need
from marketplace.questions import services
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState, QuestionTopic
from tests.factories import (
    actor_for,
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)

TEXT = "Kan de hente brukerne hjemme?"
ANSWER = "Ja, mellom klokka ni og tolv."


@dataclass
class Cast:
    session: Session
    need: Need
    company: Organisation
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        return actor_for(self.people[name])

    def id_of(self, *names: str) -> set[int]:
        return {self.people[name].id for name in names}

    def question(self, state: QuestionState = QuestionState.WAITING, **values: Any) -> Question:
        return make_question(
            self.session, self.need, state, asker_id=self.people["asker"].id, **values
        )

    def ask(self, name: str = "asker", text: str = TEXT) -> Question:
        return services.ask_question(self.session, self.actor(name), need=self.need, text=text)

    def answer(self, name: str, question: Question, answer: str = ANSWER) -> None:
        services.answer_question(
            self.session,
            self.actor(name),
            question=question,
            version=question.version,
            answer=answer,
        )

    def add(self, name: str, question: Question, text: str = "Også i helgene.") -> None:
        services.add_to_answer(
            self.session, self.actor(name), question=question, version=question.version, text=text
        )

    def turn_down(self, name: str, question: Question, reason: str = "Gjelder én bruker.") -> None:
        services.turn_down_question(
            self.session,
            self.actor(name),
            question=question,
            version=question.version,
            reason=reason,
        )


def cast_for_questions(session: Session, **values: Any) -> Cast:
    municipality, company = make_organisation(session), make_entrepreneur(session)
    unit = make_unit(session, municipality)
    people = {
        "member": make_member(session, Role.UNIT_MEMBER, unit),
        "leader": make_member(session, Role.UNIT_LEADER, unit),
        "coordinator": make_member(session, Role.COORDINATOR, municipality),
        "asker": make_member(session, Role.ENTREPRENEUR, company),
        "colleague": make_member(session, Role.ENTREPRENEUR, company),
        "rival": make_concept(session).author,
        "adviser": make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        "leadership": make_member(session, Role.LEADERSHIP, municipality),
        "other_unit": make_member(session, Role.UNIT_LEADER, make_unit(session, municipality)),
        "elsewhere": make_member(session, Role.COORDINATOR, make_organisation(session)),
        "administrator": make_member(session, Role.ADMINISTRATOR),
    }
    need = make_need(session, unit, author=people["member"], leader=people["leader"], **values)
    return Cast(session, need, company, people)


def make_question(
    session: Session, need: Need, state: QuestionState = QuestionState.WAITING, **values: Any
) -> Question:
    defaults: dict[str, Any] = {"need": need, "state": state, "text": TEXT, "due_on": today()}
    if state is QuestionState.ANSWERED:
        defaults |= {"answer": ANSWER, "answered_by_id": need.author_id, "answered_at": now()}
    if state is QuestionState.TURNED_DOWN:
        defaults |= {
            "turned_down_by_id": need.author_id,
            "turned_down_at": now(),
            "turning_down_reason": "Gjelder én bruker.",
        }
    question = Question(**(defaults | values))
    session.add(question)
    session.flush()
    forget_changes(session)
    return question


def events(session: Session, question: Question) -> list[AuditEvent]:
    about = (AuditEvent.subject_type == "Question", AuditEvent.subject_id == question.id)
    return list(session.scalars(select(AuditEvent).where(*about).order_by(AuditEvent.id)))


def told(session: Session, topic: QuestionTopic) -> dict[int, dict[str, Any]]:
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic))
    return {message.person_id: message.payload for message in messages}


UNIT = ("member", "leader")
OUTSIDERS = ("rival", "adviser", "leadership", "other_unit", "elsewhere", "administrator")
