"""Who sees questions and answers: everyone, once a question is answered."""

from marketplace.core.sight import EVERYONE, Reader, Readers, Sight, Stage
from marketplace.questions.models import AnswerAddition

CONCERNED = (Reader.ASKER, Reader.UNIT, Reader.COORDINATORS)
HIDDEN = {Stage.WAITING: CONCERNED, Stage.TURNED_DOWN: CONCERNED}
TAKEN_AWAY: dict[Stage, Readers] = {Stage.TURNED_DOWN: ()}
"""What was answered before a question was turned down, nobody reads any more."""


def _stage(addition: AnswerAddition) -> str:
    return str(addition.question.state)


TEXT = Sight("question", ("text",), EVERYONE, HIDDEN)
ANSWER = Sight("question", ("answer",), EVERYONE, TAKEN_AWAY)
ADDITION = Sight("answer_addition", ("text",), EVERYONE, TAKEN_AWAY, stage_of=_stage)
TURNING_DOWN = Sight("question", ("turning_down_reason",), CONCERNED)

SIGHTS = (TEXT, ANSWER, ADDITION, TURNING_DOWN)
