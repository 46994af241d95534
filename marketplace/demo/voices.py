"""What people ask, share and wish for around the demo's needs."""

from functools import partial

from marketplace.accounts.states import Language, ServiceArea
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.needs.joining import services as joining
from marketplace.needs.models import NeedParticipation
from marketplace.news.services import following
from marketplace.questions import services as questions
from marketplace.questions.models import Question
from marketplace.wishes import services as wishes
from marketplace.wishes.models import Wish

# ---------------------------------------------------------------- questions


def plan_questions(story: Story) -> None:
    for row in rows("around", "question"):
        story.on(row["days_ago"], partial(_ask, story, row))


def _ask(story: Story, row: Row) -> None:
    """Ask, and plan what comes of it: who answers needs the question itself."""
    question = questions.ask_question(
        story.session, story.actor(row["asker"]), need=story.needs[row["need"]], text=row["text"]
    )
    story.then(row.get("answered_days_ago"), partial(_answer, story, row, question))
    story.then(row.get("added_days_ago"), partial(_add, story, row, question))
    story.then(row.get("turned_down_days_ago"), partial(_turn_down, story, row, question))


def _answer(story: Story, row: Row, question: Question) -> None:
    questions.answer_question(
        story.session,
        story.actor(row["answered_by"]),
        question=question,
        version=question.version,
        answer=row["answer"],
    )


def _add(story: Story, row: Row, question: Question) -> None:
    questions.add_to_answer(
        story.session,
        story.actor(row["answered_by"]),
        question=question,
        version=question.version,
        text=row["added"],
    )


def _turn_down(story: Story, row: Row, question: Question) -> None:
    questions.turn_down_question(
        story.session,
        story.actor(row["turned_down_by"]),
        question=question,
        version=question.version,
        reason=row["reason"],
    )


# ---------------------------------------------------------------- needs that units share


def plan_shared_needs(story: Story) -> None:
    for row in rows("around", "share"):
        story.on(row["asked_days_ago"], partial(_ask_to_join, story, row))


def _ask_to_join(story: Story, row: Row) -> None:
    person = story.town.people[row["person"]]
    participation = joining.ask_to_join(
        story.session,
        story.actor(row["person"]),
        need=story.needs[row["need"]],
        unit=story.town.units[row["unit"]],
        share=joining.Share(
            site=row["site"],
            contribution=row["contribution"],
            hours=row["hours"],
            target_count=row["target_count"],
            contact_id=person.id,
        ),
    )
    story.then(row.get("endorsed_days_ago"), partial(_endorse, story, row, participation))


def _endorse(story: Story, row: Row, participation: NeedParticipation) -> None:
    joining.endorse_participation(
        story.session,
        story.actor(row["endorsed_by"]),
        participation=participation,
        version=participation.version,
    )


# ---------------------------------------------------------------- wishes


def plan_wishes(story: Story) -> None:
    for row in rows("around", "wish"):
        story.on(row["days_ago"], partial(_wish, story, row))


def _wish(story: Story, row: Row) -> None:
    units = [story.town.units[key] for key in row["units"]]
    wish = wishes.raise_wish(
        story.session,
        story.actor(row["author"]),
        municipality=story.town.municipality,
        title=row["title"],
        what=row["what"],
        why=row["why"],
        area=ServiceArea(row["area"]) if "area" in row else None,
        units=units,
        language=Language(row.get("language", Language.BOKMAL)),
    )
    for no in row.get("noes", ()):
        story.then(no["days_ago"], partial(_say_no, story, no, wish))
    story.then(row.get("taken_on_days_ago"), partial(_take_on, story, row, wish))
    story.then(row.get("withdrawn_days_ago"), partial(_withdraw, story, row, wish))


def _say_no(story: Story, no: Row, wish: Wish) -> None:
    wishes.say_no_to_wish(
        story.session,
        story.actor(no["person"]),
        wish=wish,
        version=wish.version,
        unit=story.town.units[no["unit"]],
        reason=no["reason"],
    )


def _take_on(story: Story, row: Row, wish: Wish) -> None:
    wishes.take_on_wish(
        story.session,
        story.actor(row["taken_on_by"]),
        wish=wish,
        version=wish.version,
        unit=story.town.units[row["taken_on_for"]],
    )


def _withdraw(story: Story, row: Row, wish: Wish) -> None:
    wishes.withdraw_wish(
        story.session,
        story.actor(row["author"]),
        wish=wish,
        version=wish.version,
        reason=row["withdrawal_reason"],
    )


# ---------------------------------------------------------------- what people follow


def plan_follows(story: Story) -> None:
    for row in rows("around", "follow"):
        story.on(row["days_ago"], partial(_follow, story, row))


def _follow(story: Story, row: Row) -> None:
    actor = story.actor(row["person"])
    if "unit" in row:
        following.follow_unit(story.session, actor, unit=story.town.units[row["unit"]])
    else:
        following.follow_need(story.session, actor, need=story.needs[row["need"]])
