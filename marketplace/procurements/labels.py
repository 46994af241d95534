"""The words for the code words of procurements."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements.states import (
    Announcing,
    DialogueChannel,
    ProcurementDate,
    ProcurementEvent,
    ProcurementMove,
    ProcurementRefusal,
    ProcurementState,
    ProcurementTask,
    ProcurementWork,
    ProtocolPoint,
    PurchaseKind,
    SumLevel,
    ThresholdKey,
    Track,
)
from marketplace.ui.changes import Told, day, money, word
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

STATES: dict[StrEnum, Wording] = {
    ProcurementState.PREPARING: _l("Forberedes"),
    ProcurementState.ANNOUNCED: _l("Kunngjort"),
    ProcurementState.CONTRACTED: _l("Kontrakt er inngått"),
    ProcurementState.CANCELLED: _l("Avlyst"),
}

MOVES: dict[StrEnum, Wording] = {
    ProcurementMove.ANNOUNCE: _l("Registrer kunngjøringen"),
    ProcurementMove.CONTRACT: _l("Registrer kontrakten"),
    ProcurementMove.CANCEL: _l("Avlys anskaffelsen"),
}

THRESHOLDS: dict[StrEnum, Wording] = {
    ThresholdKey.ACT_APPLIES: _l("Anskaffelsesloven gjelder fra"),
    ThresholdKey.NATIONAL: _l("Nasjonal terskelverdi"),
    ThresholdKey.EEA_GOODS_SERVICES: _l("EØS-terskel for varer og tjenester"),
    ThresholdKey.EEA_WORKS: _l("EØS-terskel for bygg og anlegg"),
    ThresholdKey.HEALTH_SOCIAL: _l("EØS-terskel for helse- og sosialtjenester"),
}

TRACKS: dict[StrEnum, Wording] = {
    Track.OUTSIDE_ACT: _l("Under grensen for anskaffelsesloven"),
    Track.PART_I: _l("Forskriften del I"),
    Track.PART_II: _l("Forskriften del I og II"),
    Track.PART_III: _l("Forskriften del I og III"),
    Track.PART_IV: _l("Forskriften del I og IV"),
}

TRACK_MEANINGS: dict[Track, Wording] = {
    Track.OUTSIDE_ACT: _l(
        "Kommunen kan kjøpe direkte. Kommunens egne regler, reglene om habilitet og arkiv, og"
        " retten til innsyn gjelder likevel."
    ),
    Track.PART_I: _l(
        "Det er ingen plikt til å kunngjøre. Men kommunen skal sørge for konkurranse så langt det"
        " går: Spør minst tre leverandører, eller kunngjør at dere vil kjøpe direkte."
    ),
    Track.PART_II: _l("Kommunen må kunngjøre konkurransen på Doffin, og skrive protokoll."),
    Track.PART_III: _l(
        "Kommunen må kunngjøre konkurransen på Doffin og i TED (for hele EØS), og skrive protokoll."
    ),
    Track.PART_IV: _l(
        "Kommunen må kunngjøre konkurransen og hvem som vant, vente i 10 dager før kontrakten"
        " skrives under, og skrive protokoll."
    ),
}

ROUTE_MEANINGS: dict[ProcurementRoute, Wording] = {
    ProcurementRoute.DIRECT_PURCHASE: _l("Dere forhandler med én leverandør og kjøper."),
    ProcurementRoute.MINI_COMPETITION: _l(
        "Dere beskriver hva dere trenger, og ber minst tre leverandører om tilbud."
    ),
    ProcurementRoute.OPEN_TENDER: _l("Alle som vil, kan gi tilbud etter en kunngjøring."),
    ProcurementRoute.LIMITED_TENDER: _l(
        "Alle kan melde seg etter en kunngjøring, og dere velger hvem som får gi tilbud."
    ),
    ProcurementRoute.INNOVATION_PARTNERSHIP: _l(
        "Dere utvikler noe nytt sammen med en leverandør, og kjøper det til en avtalt pris."
        " Verdien er utviklingen og kjøpet til sammen."
    ),
    ProcurementRoute.RESEARCH_DEVELOPMENT: _l(
        "Unntaket for forskning og utvikling (§ 2-5). Kjøpet etterpå er en ny anskaffelse."
    ),
    ProcurementRoute.NOTICE_OF_INTENT: _l(
        "Dere kunngjør at dere vil kjøpe direkte, og venter i 10 dager på om andre melder seg."
    ),
}

ANNOUNCING: dict[StrEnum, Wording] = {
    Announcing.NOWHERE: _l("Ingen plikt til å kunngjøre"),
    Announcing.DOFFIN: _l("Plikt til å kunngjøre på Doffin"),
    Announcing.DOFFIN_AND_TED: _l("Plikt til å kunngjøre på Doffin og i TED"),
}

SUM_LEVELS: dict[StrEnum, Wording] = {
    SumLevel.BELOW: _l("Under"),
    SumLevel.NEAR: _l("Nær grensen"),
    SumLevel.OVER: _l("Over grensen"),
}

PROTOCOL_POINTS: dict[StrEnum, Wording] = {
    ProtocolPoint.OBJECT: _l("Hva som skal kjøpes"),
    ProtocolPoint.VALUE: _l("Anslått verdi"),
    ProtocolPoint.INVITED: _l("Hvem som ble invitert eller deltok, og hvorfor"),
    ProtocolPoint.IMPARTIALITY: _l("Habilitet, og hva som ble gjort med det"),
    ProtocolPoint.SUBCONTRACTORS: _l("Underleverandører"),
    ProtocolPoint.WINNER: _l("Hvem som vant, hvorfor, og for hvor mye"),
    ProtocolPoint.RESERVED: _l("Hvorfor konkurransen er reservert"),
    ProtocolPoint.CANCELLED: _l("Hvorfor anskaffelsen ble avlyst"),
}

PURCHASE_KINDS: dict[StrEnum, Wording] = {
    PurchaseKind.PILOT: _l("Betaling for utprøvingen"),
    PurchaseKind.FOLLOW_UP: _l("Kjøp etter utprøvingen"),
}

CHANNELS: dict[StrEnum, Wording] = {
    DialogueChannel.MEETING: _l("Møte"),
    DialogueChannel.PHONE: _l("Telefon"),
    DialogueChannel.EMAIL: _l("E-post"),
    DialogueChannel.EVENT: _l("Arrangement for flere leverandører"),
    DialogueChannel.OTHER: _l("Annet"),
}

EVENTS: dict[StrEnum, Wording] = {
    ProcurementEvent.OPENED: _l("Anskaffelsen ble åpnet"),
    ProcurementEvent.PLANNED: _l("Framgangsmåten ble valgt"),
    ProcurementEvent.STEP_DONE: _l("Et trinn ble ferdig"),
    ProcurementEvent.STEP_REOPENED: _l("Et trinn ble åpnet igjen"),
    ProcurementEvent.STEP_CHANGED: _l("Et trinn ble endret"),
    ProcurementEvent.STEP_ADDED: _l("Et trinn ble lagt til"),
    ProcurementEvent.STEP_REMINDED: _l("Det ble minnet om et trinn"),
    ProcurementEvent.DIALOGUE_LOGGED: _l("En samtale med en leverandør ble skrevet inn"),
    ProcurementEvent.PACKAGE_WRITTEN: _l("Det utprøvingen lærte oss, ble skrevet ned"),
    ProcurementEvent.PACKAGE_SHARED: _l("Det utprøvingen lærte oss, ble delt med alle"),
    ProcurementEvent.PROTOCOL_CHANGED: _l("Protokollen ble endret"),
    ProcurementEvent.ANNOUNCED: _l("Anskaffelsen ble kunngjort"),
    ProcurementEvent.CONTRACTED: _l("Kontrakten ble inngått"),
    ProcurementEvent.CANCELLED: _l("Anskaffelsen ble avlyst"),
    ProcurementEvent.PURCHASE_RECORDED: _l("Et kjøp ble skrevet inn"),
    ProcurementEvent.THRESHOLD_ADDED: _l("En terskelverdi ble lagt til"),
    ProcurementEvent.THRESHOLD_WITHDRAWN: _l("En terskelverdi ble trukket"),
    ProcurementEvent.TEST_ROUTE_ASKED: _l("Rådgiveren ble spurt om en betalt utprøving"),
    ProcurementEvent.TEST_ROUTE_CONFIRMED: _l("Framgangsmåten for utprøvingen ble bekreftet"),
    ProcurementEvent.ADVICE_CHANGED: _l("Rådet ble et annet fordi en terskelverdi ble endret"),
    ProcurementEvent.STEP_TEMPLATE_CHANGED: _l("Trinnene for en framgangsmåte ble endret"),
}


WORK: dict[StrEnum, Wording] = {
    ProcurementWork.STEP_DUE: _l("Trinn i anskaffelser som har frist"),
}

REFUSALS: dict[StrEnum, Wording] = {
    ProcurementRefusal.ADVISER_ONLY: _l(
        "Bare innkjøpsrådgiveren i saken, eller den som er vara, kan gjøre dette. Du finner dem"
        " under «Hvem snakker jeg med?» på sakens sider."
    ),
    ProcurementRefusal.SPEAKS_FOR_ENTREPRENEUR: _l(
        "Du hører også til entreprenøren i saken, og kan ikke kjøpe inn fra den. Be koordinatoren"
        " om å gi rollen som innkjøpsrådgiver til en annen."
    ),
    ProcurementRefusal.ADMINISTRATORS_ONLY: _l("Bare en administrator kan endre dette."),
    ProcurementRefusal.ROUTE_MISSING: _l(
        "Velg framgangsmåte først. Da vet vi hvilke trinn som gjelder."
    ),
    ProcurementRefusal.ROUTE_FIXED: _l(
        "Anskaffelsen er kunngjort, og framgangsmåten kan ikke endres. Må den endres, avlys"
        " anskaffelsen med en grunn."
    ),
    ProcurementRefusal.DEPARTURE_UNEXPLAINED: _l(
        "Framgangsmåten er en annen enn tabellen anbefaler. Skriv hvorfor den likevel er riktig,"
        " eller velg en av dem som passer."
    ),
    ProcurementRefusal.NO_NOTICE_ON_ROUTE: _l(
        "Framgangsmåten «%(route)s» kunngjøres ikke. Registrer kontrakten når den er klar, eller"
        " velg en annen framgangsmåte."
    ),
    ProcurementRefusal.MUST_ANNOUNCE: _l(
        "Framgangsmåten «%(route)s» går gjennom en kunngjøring. Registrer nummeret på"
        " kunngjøringen først."
    ),
    ProcurementRefusal.PROTOCOL_INCOMPLETE: _l(
        "Protokollen må være ferdig før kontrakten inngås (§ 10-5). Dette mangler:"
    ),
    ProcurementRefusal.VALUE_UNEXPLAINED: _l(
        "Med denne verdien passer ikke framgangsmåten lenger. Gå til «Framgangsmåte», rett anslått"
        " verdi, og velg en annen framgangsmåte eller skriv hvorfor denne er riktig."
    ),
    ProcurementRefusal.OVER: _l("Anskaffelsen har status «%(state)s», og kan ikke endres mer."),
    ProcurementRefusal.WITHHELD: _l(
        "Protokollen er unntatt fra innsyn til en leverandør er valgt, eller så lenge unntaket"
        " gjelder. Innkjøpsrådgiveren kan svare på når den blir åpen."
    ),
    ProcurementRefusal.CASE_CLOSED: _l(
        "Saken er ikke i gang lenger, så dette kan ikke endres. Spør en koordinator om den skal"
        " tas opp igjen."
    ),
    ProcurementRefusal.STEP_DONE: _l("Trinnet er ferdig. Åpne det igjen hvis det skal endres."),
    ProcurementRefusal.STEP_OF_ANOTHER: _l(
        "Bare innkjøpsrådgiveren, vara og den som har trinnet, kan si at det er ferdig."
    ),
    ProcurementRefusal.STEP_OPEN: _l("Trinnet er ikke ferdig. Last siden på nytt."),
    ProcurementRefusal.OWNER_DOES_NOT_FIT: _l("Velg en person i kommunen fra lista."),
    ProcurementRefusal.UNIT_DOES_NOT_FIT: _l("Velg en av enhetene i saken fra lista."),
    ProcurementRefusal.SUPPLIER_DOES_NOT_FIT: _l("Velg en av leverandørene i saken fra lista."),
    ProcurementRefusal.DAY_AHEAD: _l("Velg i dag eller en dag som har vært."),
    ProcurementRefusal.DAY_TAKEN: _l(
        "Det finnes alt et beløp som gjelder fra denne dagen. Beløp blir aldri skrevet over: velg"
        " dagen da det nye gjelder fra, eller trekk det som er feil, med en grunn."
    ),
    ProcurementRefusal.ORDER_IMPOSSIBLE: _l(
        "Da ville «%(lower)s» (%(lower_amount)s kr) ligge over «%(upper)s» (%(upper_amount)s kr)"
        " %(day)s. Grensen der loven gjelder fra, kan ikke være høyere enn den nasjonale, og den"
        " nasjonale ikke høyere enn EØS-tersklene. Se over beløpet, eller rett det andre først."
    ),
    ProcurementRefusal.TEST_ROUTE_UNCONFIRMED: _l(
        "Utprøvingen kan koste %(value)s kr, og så mye kan ikke kjøpes direkte uten videre."
        " Innkjøpsrådgiveren i saken må bekrefte framgangsmåten før noen skriver under."
    ),
    ProcurementRefusal.TEST_NOT_OFFERED: _l(
        "Avtalen er ikke sendt til underskrift. Vent til partene har sendt den."
    ),
    ProcurementRefusal.TEST_NEEDS_NO_ROUTE: _l(
        "Betalingen for utprøvingen er under grensen for direkte kjøp, så det er ikke noe å"
        " bekrefte."
    ),
    ProcurementRefusal.TEST_SIGNED: _l(
        "Noen har skrevet under, og framgangsmåten ligger fast. Må den endres, send avtalen"
        " tilbake til utkast først."
    ),
    ProcurementRefusal.TEST_ROUTE_KNOWN: _l("Den framgangsmåten er alt bekreftet."),
    ProcurementRefusal.JUMP_UNCONFIRMED: _l(
        "Beløpet går fra %(before)s kr til %(after)s kr, mer enn halvparten opp eller ned. Se etter"
        " om et siffer er feil. Er beløpet riktig, kryss av her."
    ),
    ProcurementRefusal.DAY_MISSING: _l("Skriv en dato, for eksempel 31.12.2026."),
    ProcurementRefusal.DAY_BEFORE_OPENING: _l(
        "Anskaffelsen ble åpnet %(first)s. Velg den dagen eller en senere dag."
    ),
    ProcurementRefusal.NOTICE_NUMBER_UNREADABLE: _l(
        "Skriv nummeret slik det står på Doffin, for eksempel 2026-123456."
    ),
    ProcurementRefusal.TEXT_MISSING: _l("Dette må fylles ut."),
    ProcurementRefusal.SUPPLIER_MISSING: _l("Skriv navnet på leverandøren som får kontrakten."),
    ProcurementRefusal.CORRECTION_UNEXPLAINED: _l("Skriv i merknaden hvorfor beløpet rettes."),
    ProcurementRefusal.CORRECTION_TOO_LARGE: _l(
        "Det er skrevet inn %(recorded)s kroner for enheten i denne saken, og mer enn det kan ikke"
        " rettes bort."
    ),
    ProcurementRefusal.PERSONAL_DATA: _l(
        "«%(words)s» ser ut som %(what)s. Ta det bort: alle kan lese teksten når den er delt."
    ),
    ProcurementRefusal.TEXT_TOO_LONG: _l("Skriv kortere: det er plass til %(most)s tegn."),
    ProcurementRefusal.NUMBER_OUT_OF_RANGE: _l(
        "Skriv et tall over 0, og ikke over 2 000 000 000, for eksempel 250 000."
    ),
}

DATES: dict[StrEnum, Wording] = {
    ProcurementDate.STEP: _l("Frist for et trinn i en anskaffelse"),
}

FOR_ALL: Mapping[str, Told] = {
    "route": word(_l("Framgangsmåte"), ProcurementRoute),
}
INSIDE: Mapping[str, Told] = {
    **FOR_ALL,
    "estimated_value": money(_l("Anslått verdi")),
    "service_category": word(_l("Slags tjeneste"), ServiceCategory),
    "starts_on": day(_l("Anskaffelsen starter")),
}
"""What the history tells of a change of plan: the estimate is the municipality's own."""

LABELS: LabelTables = (
    DATES,
    STATES,
    MOVES,
    THRESHOLDS,
    TRACKS,
    ANNOUNCING,
    SUM_LEVELS,
    PROTOCOL_POINTS,
    PURCHASE_KINDS,
    CHANNELS,
    EVENTS,
    WORK,
    REFUSALS,
)
"""One mapping an enum: members of two enums with the same value are equal as keys."""


TASKS: Tasks = {
    ProcurementTask.TEST_ROUTE: Task(
        page=("agreements.show", "pairing_id"),
        label=_l("Betalt utprøving uten bekreftet framgangsmåte"),
        to_do=_l("Les avtalen, og bekreft hvordan utprøvingen kjøpes. Før det kan ingen signere."),
        others_do=_l("Innkjøpsrådgiveren bekrefter hvordan utprøvingen kjøpes."),
    ),
    ProcurementTask.ROUTE: Task(
        page=("procurements.show", "pairing_id"),
        label=_l("Anskaffelse uten valgt vei"),
        to_do=_l("Det er besluttet å kjøpe. Velg hvordan anskaffelsen skal gjøres."),
        others_do=_l("Kommunen skal kjøpe. Innkjøpsrådgiveren velger hvordan."),
    ),
    ProcurementTask.OWN_STEP: Task(
        page=("procurements.show", "pairing_id"),
        label=_l("Ditt trinn i en anskaffelse med frist"),
        to_do=_l(
            "Et trinn du har, har nådd fristen. Gjør det ferdig, eller be innkjøpsrådgiveren om å"
            " sette en ny frist."
        ),
        others_do=_l("Et trinn i kommunens anskaffelse har nådd fristen."),
    ),
    ProcurementTask.STEP: Task(
        page=("procurements.show", "pairing_id"),
        label=_l("Trinn i en anskaffelse med frist"),
        to_do=_l("Et trinn har nådd fristen. Gjør det ferdig, eller flytt fristen."),
        others_do=_l("Et trinn i kommunens anskaffelse har nådd fristen."),
    ),
}
"""How what waits is shown."""
