"""Words that the administrator of the demo has added, and some that were switched off again."""

from functools import partial

from marketplace.core.actor import Actor, Role
from marketplace.demo.story import Story
from marketplace.vocabulary import queries, services

ADDED_DAYS, OFF_DAYS = 60, 45
ADDED = {
    "trivselsvert\nmiljøvert\ngledesspreder": "Skolene og sykehjemmene har hvert sitt ord for det.",
    "kursendring\nomstilling": "Forslag fra næringskontoret.",
}
SWITCHED_OFF = {"kursendring": "Ga treff på konsepter om kurs. Ordene står for ulike ting."}


def plan_words(story: Story) -> None:
    story.on(ADDED_DAYS, partial(_add, story))
    story.on(OFF_DAYS, partial(_switch_off, story))


def _add(story: Story) -> None:
    for words, reason in ADDED.items():
        services.add_group(story.session, _keeper(story), words=words.splitlines(), reason=reason)


def _switch_off(story: Story) -> None:
    for entry in queries.list_entries(story.session):
        reason = SWITCHED_OFF.get(entry.group.label)
        if entry.row is not None and reason:
            services.switch(
                story.session, _keeper(story), entry=entry, version=entry.row.version, off=True,
                reason=reason,
            )  # fmt: skip


def _keeper(story: Story) -> Actor:
    people = story.town.people.items()
    key = next(k for k, p in people if any(m.role is Role.ADMINISTRATOR for m in p.memberships))
    return story.actor(key)
