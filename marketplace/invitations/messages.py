"""The message about an invitation."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.invitations.states import InvitationTopic
from marketplace.invitations.told import InvitedTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        InvitationTopic.RECEIVED,
        TopicGroup.WAITING,
        InvitedTold,
        "/invitations/{subject_id}",
        heading=_l("Dere er invitert til å svare på et behov"),
        text=_l("%(unit)s vil gjerne at dere svarer på «%(title)s» med «%(concept)s»."),
        what_to_do=_l("Les behovet og svar. Passer det ikke, trenger dere ikke gjøre noe."),
        written=_l("Enheten skriver:"),
    ),
)
