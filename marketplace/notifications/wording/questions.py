"""The sentences of messages about questions. None of them says who asked."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.questions.states import QuestionTopic

SENTENCES: dict[StrEnum, Sentences] = {
    QuestionTopic.ASKED: Sentences(
        _l("Noen har spurt om behovet deres"),
        _l("En entreprenør har stilt et spørsmål om «%(title)s»."),
        _l(
            "Svar innen den dagen som står ved spørsmålet. Når dere har svart, kan alle lese"
            " spørsmålet og svaret."
        ),
    ),
    QuestionTopic.YOURS_ANSWERED: Sentences(
        _l("Enheten har svart på spørsmålet ditt"),
        _l("Spørsmålet ditt om «%(title)s» er besvart."),
        _l("Les svaret på siden om behovet. Ingen får vite at det var du som spurte."),
    ),
    QuestionTopic.ANSWERED: Sentences(
        _l("Et spørsmål om et behov du følger, er besvart"),
        _l("Enheten har svart på et spørsmål om «%(title)s»."),
        _l("Les svaret. Det kan ha noe å si for det du har svart eller vil svare."),
    ),
    QuestionTopic.ANSWER_ADDED_TO: Sentences(
        _l("Et svar på et behov du følger, er utfylt"),
        _l("Enheten har lagt til noe i et svar om «%(title)s»."),
        _l("Les hva som er nytt. Det kan ha noe å si for det du har svart eller vil svare."),
    ),
    QuestionTopic.TURNED_DOWN: Sentences(
        _l("Spørsmålet ditt er avvist"),
        _l("Spørsmålet ditt om «%(title)s» vises ikke for andre."),
        _l("Les begrunnelsen. Er behovet fortsatt åpent, kan du spørre på en annen måte."),
    ),
    QuestionTopic.DUE: Sentences(
        _l("Et spørsmål må besvares i dag"),
        _l("Et spørsmål om «%(title)s» venter fortsatt på svar fra enheten."),
        _l("Svar i dag, eller avvis spørsmålet med en begrunnelse."),
    ),
    QuestionTopic.OVERDUE: Sentences(
        _l("Et spørsmål er ikke besvart i tide"),
        _l("Et spørsmål om «%(title)s» skulle vært besvart for en uke siden."),
        _l("Enheten svarer, eller avviser spørsmålet. En koordinator kan hjelpe til."),
    ),
}
