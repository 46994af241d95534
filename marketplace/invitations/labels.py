"""The wording of invitations."""

from flask_babel import lazy_gettext as _l

from marketplace.invitations.states import InvitationEvent, InvitationRefusal
from marketplace.ui.labels import LabelTables

LABELS: LabelTables = (
    {
        InvitationEvent.SENT: _l("Invitasjonen til å svare ble sendt"),
    },
    {
        InvitationRefusal.UNIT_AND_COORDINATORS_ONLY: _l(
            "Bare de som arbeider i %(unit)s, og koordinatorene i kommunen kan invitere."
        ),
        InvitationRefusal.NEED_NOT_OPEN: _l(
            "Behovet tar ikke imot svar nå. Bare publiserte behov der fristen ikke er ute, kan få"
            " flere svar."
        ),
        InvitationRefusal.CONCEPT_NOT_PUBLISHED: _l(
            "Konseptet er ikke publisert lenger. Velg et annet blant treffene."
        ),
        InvitationRefusal.LEFT_OUT: _l(
            "Dere har sagt nei til konseptet for dette behovet, eller koblingen er avslått. Har"
            " enheten sagt «Passer ikke», kan den angre det under treffene."
        ),
        InvitationRefusal.ALREADY_INVITED: _l(
            "Konseptet er allerede invitert til å svare på behovet. Vent på svar."
        ),
        InvitationRefusal.ALREADY_ANSWERED: _l(
            "Konseptet har allerede svart på behovet, eller er foreslått i en kobling. Se under"
            " behovet."
        ),
        InvitationRefusal.LINE_MISSING: _l("Skriv en linje om hvorfor dere spør akkurat dem."),
        InvitationRefusal.PERSONAL_DATA: _l(
            "Teksten inneholder %(what)s: «%(words)s». Ta det bort. De som svarer, ser hvem de kan"
            " kontakte når de leser behovet."
        ),
    },
)
