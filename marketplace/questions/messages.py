"""The messages about questions. None of them says who asked."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.needs.told import NeedTold
from marketplace.questions.states import QuestionTopic
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        QuestionTopic.ASKED,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Noen har spurt om behovet deres"),
        text=_l("En entreprenør har stilt et spørsmål om «%(title)s»."),
        what_to_do=_l(
            "Svar innen den dagen som står ved spørsmålet. Når dere har svart, kan alle lese"
            " spørsmålet og svaret."
        ),
    ),
    Message(
        QuestionTopic.YOURS_ANSWERED,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Enheten har svart på spørsmålet ditt"),
        text=_l("Spørsmålet ditt om «%(title)s» er besvart."),
        what_to_do=_l("Les svaret på siden om behovet. Ingen får vite at det var du som spurte."),
    ),
    Message(
        QuestionTopic.ANSWERED,
        TopicGroup.FOLLOWED,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Et spørsmål om et behov du følger, er besvart"),
        text=_l("Enheten har svart på et spørsmål om «%(title)s»."),
        what_to_do=_l("Les svaret. Det kan ha noe å si for det du har svart eller vil svare."),
    ),
    Message(
        QuestionTopic.ANSWER_ADDED_TO,
        TopicGroup.FOLLOWED,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Et svar på et behov du følger, er utfylt"),
        text=_l("Enheten har lagt til noe i et svar om «%(title)s»."),
        what_to_do=_l(
            "Les hva som er nytt. Det kan ha noe å si for det du har svart eller vil svare."
        ),
    ),
    Message(
        QuestionTopic.TURNED_DOWN,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Spørsmålet ditt er avvist"),
        text=_l("Spørsmålet ditt om «%(title)s» vises ikke for andre."),
        what_to_do=_l(
            "Les begrunnelsen. Er behovet fortsatt åpent, kan du spørre på en annen måte."
        ),
    ),
    Message(
        QuestionTopic.DUE,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Et spørsmål må besvares i dag"),
        text=_l("Et spørsmål om «%(title)s» venter fortsatt på svar fra enheten."),
        what_to_do=_l("Svar i dag, eller avvis spørsmålet med en begrunnelse."),
    ),
    Message(
        QuestionTopic.OVERDUE,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{need_id}",
        heading=_l("Et spørsmål er ikke besvart i tide"),
        text=_l("Et spørsmål om «%(title)s» skulle vært besvart for en uke siden."),
        what_to_do=_l("Enheten svarer, eller avviser spørsmålet. En koordinator kan hjelpe til."),
    ),
)
