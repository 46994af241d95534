"""Wording of the code words of matches."""

from flask_babel import lazy_gettext as _l

from marketplace.matches.states import (
    DismissalReason,
    JudgementEvent,
    MatchRefusal,
    RankingWay,
    Verdict,
    WhyNone,
)
from marketplace.ui.labels import LabelTables
from matching import Obstacle, Strength

LABELS: LabelTables = (
    {
        RankingWay.WHOLE: _l("Slik vi rangerer"),
        RankingWay.WITHOUT_MEANING: _l("Uten mening"),
        RankingWay.WITHOUT_VOCABULARY: _l("Uten ordlista"),
        RankingWay.WITHOUT_FACETS: _l("Uten alder og grupper"),
    },
    {
        Strength.STRONG: _l("Sterkt treff"),
        Strength.GOOD: _l("Godt treff"),
        Strength.POSSIBLE: _l("Mulig treff"),
        Strength.NONE: _l("Ikke treff"),
    },
    {
        Verdict.SHORTLISTED: _l("På kortlisten"),
        Verdict.DISMISSED: _l("Passer ikke"),
    },
    {
        DismissalReason.WRONG_PROBLEM: _l("Svarer på et annet problem"),
        DismissalReason.WRONG_TARGET_GROUP: _l("Passer ikke for målgruppen"),
        DismissalReason.ALREADY_TRIED: _l("Vi har prøvd det før"),
        DismissalReason.TOO_EXPENSIVE: _l("For dyrt for oss"),
        DismissalReason.TOO_EARLY: _l("For tidlig, mangler erfaring"),
        DismissalReason.OTHER: _l("Annet"),
    },
    {
        Obstacle.BLOCKED: _l("Koblingen er sperret"),
        Obstacle.NEED_FULL: _l("Behovet har fått så mange konsepter som det kan få"),
        Obstacle.CONCEPT_FULL: _l("Konseptet er brukt opp av andre behov"),
        Obstacle.GROUP_FULL: _l("Enheten har ikke kapasitet til flere"),
        Obstacle.NOT_BEST: _l("Passer bedre her enn det som er valgt, men helheten blir dårligere"),
    },
    {
        WhyNone.NO_MATCH: _l("Ingen konsepter passer godt nok"),
        WhyNone.NEED_FULL: _l("Behovet har allerede en kobling"),
        WhyNone.UNIT_FULL: _l("Enheten, eller en som er med på behovet, har ikke ledig kapasitet"),
        WhyNone.UNIT_USED: _l("Enhetens kapasitet er brukt på andre behov"),
        WhyNone.CONCEPTS_FULL: _l("Konseptene som passer, har ikke ledig kapasitet"),
        WhyNone.CONCEPTS_USED: _l("Konseptene som passer, er brukt på andre behov"),
        WhyNone.ALL_BLOCKED: _l("Alle koblingene som passer, er sperret"),
    },
    {
        JudgementEvent.SHORTLISTED: _l("Konseptet ble satt på kortlisten"),
        JudgementEvent.DISMISSED: _l("Enheten sa at konseptet ikke passer"),
        JudgementEvent.UNDONE: _l("Vurderingen ble angret"),
    },
    {
        MatchRefusal.UNIT_MEMBERS_ONLY: _l(
            "Bare de som arbeider i %(unit)s, kan vurdere treffene."
        ),
        MatchRefusal.NEED_NOT_PUBLISHED: _l(
            "Behovet er ikke publisert. Treff kan bare vurderes for publiserte behov."
        ),
        MatchRefusal.CONCEPT_NOT_PUBLISHED: _l(
            "Konseptet er trukket tilbake av dem som eier det, og kan ikke vurderes nå."
        ),
        MatchRefusal.ALREADY_JUDGED: _l("Dere har allerede vurdert dette konseptet slik."),
        MatchRefusal.NOTHING_TO_UNDO: _l("Det er ingenting å angre. Last siden på nytt."),
        MatchRefusal.EXPLAIN_OTHER: _l("Skriv kort hvorfor konseptet ikke passer."),
    },
)
