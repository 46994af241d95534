"""The wording of questions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.core.clock import today
from marketplace.questions.models import Question
from marketplace.questions.states import (
    QuestionDate,
    QuestionEvent,
    QuestionMove,
    QuestionRefusal,
    QuestionState,
    QuestionTask,
    QuestionTimed,
)
from marketplace.ui.filters import norwegian_date
from marketplace.ui.labels import LabelTables
from marketplace.ui.tasks import Task, Tasks

LABELS: LabelTables = (
    {QuestionDate.ANSWER_DUE: _l("Frist for å svare på et spørsmål")},
    {
        QuestionState.WAITING: _l("Venter på svar"),
        QuestionState.ANSWERED: _l("Besvart"),
        QuestionState.TURNED_DOWN: _l("Avvist"),
    },
    {
        QuestionMove.ANSWER: _l("Svar"),
        QuestionMove.ADD_TO_ANSWER: _l("Legg til noe i svaret"),
        QuestionMove.TURN_DOWN: _l("Avvis spørsmålet"),
    },
    {
        QuestionEvent.ASKED: _l("Spørsmålet ble stilt"),
        QuestionEvent.ANSWERED: _l("Enheten svarte"),
        QuestionEvent.ANSWER_ADDED_TO: _l("Enheten la til noe i svaret"),
        QuestionEvent.TURNED_DOWN: _l("Spørsmålet ble avvist"),
        QuestionEvent.UNIT_REMINDED: _l("Enheten ble minnet om spørsmålet"),
        QuestionEvent.COORDINATORS_REMINDED: _l("Koordinatorene ble minnet om spørsmålet"),
    },
    {
        QuestionTimed.DUE: _l("Et spørsmål må besvares i dag"),
        QuestionTimed.OVERDUE: _l("Et spørsmål er ikke besvart i tide"),
    },
    {
        QuestionRefusal.ENTREPRENEURS_ONLY: _l(
            "Bare entreprenører kan stille spørsmål om et behov."
        ),
        QuestionRefusal.UNIT_MEMBERS_ONLY: _l(
            "Bare de som arbeider i %(unit)s, kan svare. Ta kontakt med enheten."
        ),
        QuestionRefusal.UNIT_AND_COORDINATORS_ONLY: _l(
            "Bare de som arbeider i %(unit)s, eller en koordinator i kommunen kan avvise et"
            " spørsmål."
        ),
        QuestionRefusal.OWN_QUESTION: _l(
            "Ingen kan både spørre og svare. Be en annen i enheten om å gjøre dette."
        ),
        QuestionRefusal.NEED_NOT_OPEN: _l(
            "Behovet er ikke åpent for spørsmål nå. Svarene som er gitt, står på siden om behovet."
        ),
        QuestionRefusal.DEADLINE_PASSED: _l(
            "Fristen for å stille spørsmål er gått ut. Du kan fortsatt melde interesse fram til"
            " svarfristen."
        ),
        QuestionRefusal.ALREADY_ASKED: _l(
            "Du har allerede stilt dette spørsmålet. Det venter på svar fra enheten."
        ),
        QuestionRefusal.TEXT_MISSING: _l("Skriv noe i feltet."),
        QuestionRefusal.PERSONAL_DATA: _l(
            "«%(words)s» ser ut som %(what)s. Ta det bort: alle kan lese teksten. Er det et beløp,"
            " skriv «kr» etter tallet."
        ),
    },
)


def time_left(question: Question) -> str:
    """How long the unit still has, or how late it is."""
    days = (question.due_on - today()).days
    if days < 0:
        return _("Skulle vært besvart %(day)s", day=norwegian_date(question.due_on))
    if days == 0:
        return _("Bør besvares i dag")
    return _("Bør besvares innen %(day)s", day=norwegian_date(question.due_on))


TASKS: Tasks = {
    QuestionTask.ANSWER: Task(
        page=("needs.show", "need_id"),
        label=_l("Spørsmål uten svar"),
        to_do=_l("En entreprenør har spurt om behovet. Svaret blir åpent for alle."),
        place="questions",
    ),
}
"""How what waits is shown."""
