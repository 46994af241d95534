"""The demo's partnership agreement: what it is to test, in which cases, and what it has spent."""

from functools import partial

from marketplace.demo.parts import in_days
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.pairings.services.programme import choose_programme
from marketplace.programmes import services
from marketplace.programmes.services import ProgrammeContent

DAYS_UNTIL_CHOSEN = 4
"""A case is put into the programme a while after it was proposed, when it is approved."""


def plan_programmes(story: Story) -> None:
    for row in rows("around", "programme"):
        story.on(row["created_days_ago"], partial(_create, story, row))
        for use in row["used"]:
            story.on(use["days_ago"], partial(_use, story, row["key"], use))
    for row in rows("cases", "pairing"):
        if "programme" in row:
            story.on(row["days_ago"] - DAYS_UNTIL_CHOSEN, partial(_choose, story, row))


def _create(story: Story, row: Row) -> None:
    coordinator = story.coordinator()
    (municipality_id,) = coordinator.organisation_ids(*coordinator.roles)
    story.programmes[row["key"]] = services.create_programme(
        story.session,
        coordinator,
        municipality_id=municipality_id,
        content=ProgrammeContent(
            name=row["name"],
            about=row["about"],
            partner_id=story.town.organisations[row["partner"]].id,
            starts_on=in_days(story, row["starts"]),
            ends_on=in_days(story, row["ends"]),
            minimum=row["minimum"],
            maximum=row["maximum"],
            funds=row["funds"],
        ),
    )


def _use(story: Story, key: str, use: Row) -> None:
    programme = story.programmes[key]
    services.record_fund_use(
        story.session,
        story.coordinator(),
        programme=programme,
        version=programme.version,
        amount=use["amount"],
        used_on=in_days(story, -use["days_ago"]),
        note=use["note"],
    )


def _choose(story: Story, row: Row) -> None:
    pairing = story.cases[row["key"]]
    choose_programme(
        story.session,
        story.coordinator(),
        pairing=pairing,
        version=pairing.version,
        programme_id=story.programmes[row["programme"]].id,
    )
