"""The wording of concepts."""

from flask_babel import lazy_gettext as _l

from marketplace.concepts.states import (
    ConceptEvent,
    ConceptMove,
    ConceptRefusal,
    ConceptRequirement,
    ConceptState,
    ConceptTask,
    EvidenceLevel,
)
from marketplace.ui.labels import LabelTables
from marketplace.ui.tasks import Task, Tasks

LABELS: LabelTables = (
    {
        ConceptState.DRAFT: _l("Utkast"),
        ConceptState.PUBLISHED: _l("Publisert"),
        ConceptState.ARCHIVED: _l("Arkivert"),
    },
    {
        ConceptMove.PUBLISH: _l("Publiser"),
        ConceptMove.ARCHIVE: _l("Arkiver"),
        ConceptMove.REOPEN: _l("Gjør til utkast igjen"),
    },
    {
        EvidenceLevel.IDEA: _l("Idé – ikke prøvd ennå"),
        EvidenceLevel.TESTED: _l("Prøvd ut i praksis"),
        EvidenceLevel.DOCUMENTED: _l("Dokumentert effekt"),
    },
    {
        ConceptRequirement.TITLE: _l("Tittel"),
        ConceptRequirement.DESCRIPTION: _l("Hva dere gjør"),
        ConceptRequirement.TARGET_GROUP: _l("Målgruppe"),
        ConceptRequirement.EVIDENCE_LEVEL: _l("Hvor langt konseptet har kommet"),
        ConceptRequirement.EVIDENCE: _l("Hva dere vet om effekten"),
        ConceptRequirement.USED_WHERE: _l("Hvor konseptet er brukt"),
        ConceptRequirement.PRICE_INDICATION: _l("Pris, omtrent"),
        ConceptRequirement.CAPACITY: _l("Hvor mange utprøvinger dere kan ha samtidig"),
        ConceptRequirement.NEEDS_FROM_MUNICIPALITY: _l("Hva dere trenger fra kommunen"),
        ConceptRequirement.LEGAL_FORM: _l("Selskapsform"),
        ConceptRequirement.NO_PERSONAL_DATA: _l(
            "Tekst uten fødselsnumre, telefonnumre og e-postadresser"
        ),
    },
    {
        ConceptEvent.CREATED: _l("Konseptet ble opprettet"),
        ConceptEvent.CHANGED: _l("Konseptet ble endret"),
        ConceptEvent.TARGET_GROUP_CONFIRMED: _l("Det ble sagt hvem konseptet er for"),
        ConceptEvent.PUBLISHED: _l("Konseptet ble publisert"),
        ConceptEvent.ARCHIVED: _l("Konseptet ble arkivert"),
        ConceptEvent.REOPENED: _l("Konseptet ble gjort til utkast igjen"),
    },
    {
        ConceptRefusal.OWNERS_ONLY: _l(
            "Bare entreprenørene i organisasjonen som eier konseptet, kan gjøre dette."
        ),
        ConceptRefusal.ORGANISATION_NOT_APPROVED: _l(
            "Organisasjonen må være godkjent før konseptet kan publiseres. En administrator"
            " behandler registreringen. Utkastet ligger trygt her imens."
        ),
        ConceptRefusal.NOT_EDITABLE: _l(
            "Konseptet er arkivert og kan ikke endres. Gjør det til utkast igjen først."
        ),
        ConceptRefusal.NOT_READY: _l("Fyll ut dette før konseptet kan være publisert:"),
        ConceptRefusal.PERSONAL_DATA: _l(
            "«%(words)s» ser ut som %(what)s. Ta det bort: andre kan lese teksten når konseptet er"
            " publisert."
        ),
        ConceptRefusal.IN_OPEN_PAIRING: _l(
            "Konseptet er med i en åpen kobling. Trekk koblingen først, eller vent til den er"
            " avgjort."
        ),
    },
)


TASKS: Tasks = {
    ConceptTask.DRAFT: Task(
        page=("concepts.show", "concept_id"),
        label=_l("Utkast til konsept"),
        to_do=_l("Skriv konseptet ferdig, og publiser det."),
    ),
}
"""How what waits is shown."""
