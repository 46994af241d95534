"""Who sees what a side learned: those in the case, and everyone when the case is closed."""

from marketplace.core.sight import EVERYONE, Sight, Stage
from marketplace.lessons.models import Lesson
from marketplace.pairings.sights import CASE


def _stage(lesson: Lesson) -> str:
    return "" if lesson.published_at else Stage.UNPUBLISHED


LESSON = Sight(
    "lesson",
    ("worked", "did_not_work", "do_differently"),
    EVERYONE,
    {Stage.UNPUBLISHED: CASE},
    stage_of=_stage,
)

SIGHTS = (LESSON,)
