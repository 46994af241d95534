"""Questions on a need: code words, moves, audit events, topics, refusals and timed work."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class QuestionState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    TURNED_DOWN = "turned_down"


class QuestionMove(StrEnum):
    ANSWER = "answer"
    ADD_TO_ANSWER = "add_to_answer"
    TURN_DOWN = "turn_down"


QUESTION_LIFECYCLE: Lifecycle[QuestionState, QuestionMove] = Lifecycle(
    {
        QuestionMove.ANSWER: Move(frozenset({QuestionState.WAITING}), QuestionState.ANSWERED),
        QuestionMove.ADD_TO_ANSWER: Move(
            frozenset({QuestionState.ANSWERED}), QuestionState.ANSWERED
        ),
        # Also what is public already: somebody may see too late that it names a person.
        QuestionMove.TURN_DOWN: Move(
            frozenset({QuestionState.WAITING, QuestionState.ANSWERED}),
            QuestionState.TURNED_DOWN,
            needs_reason=True,
        ),
    }
)


class QuestionEvent(StrEnum):
    ASKED = "question.asked"
    ANSWERED = "question.answered"
    ANSWER_ADDED_TO = "question.answer_added_to"
    TURNED_DOWN = "question.turned_down"
    UNIT_REMINDED = "question.unit_reminded"
    COORDINATORS_REMINDED = "question.coordinators_reminded"


class QuestionTopic(StrEnum):
    ASKED = "question.asked"
    YOURS_ANSWERED = "question.yours_answered"
    ANSWERED = "question.answered"
    ANSWER_ADDED_TO = "question.answer_added_to"
    TURNED_DOWN = "question.turned_down"
    DUE = "question.due"
    OVERDUE = "question.overdue"


class QuestionTimed(StrEnum):
    """What becomes due while a question waits for its answer."""

    DUE = "question.due"
    OVERDUE = "question.overdue"


class QuestionRefusal(StrEnum):
    ENTREPRENEURS_ONLY = "entrepreneurs_only"
    UNIT_MEMBERS_ONLY = "unit_members_only"
    UNIT_AND_COORDINATORS_ONLY = "unit_and_coordinators_only"
    OWN_QUESTION = "own_question"
    NEED_NOT_OPEN = "need_not_open"
    DEADLINE_PASSED = "deadline_passed"
    ALREADY_ASKED = "already_asked"
    TEXT_MISSING = "text_missing"
    PERSONAL_DATA = "personal_data"


class QuestionDate(StrEnum):
    """What a calendar may show."""

    ANSWER_DUE = "answer_due"


class QuestionTask(StrEnum):
    """What waits for somebody."""

    ANSWER = "question"
