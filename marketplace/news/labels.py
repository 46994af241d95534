"""The wording of news."""

from flask_babel import lazy_gettext as _l

from marketplace.news.states import NewsEvent, NewsRefusal, NewsWork, ToldStrength
from marketplace.ui.labels import LabelTables

LABELS: LabelTables = (
    {
        ToldStrength.GOOD: _l("godt treff"),
        ToldStrength.STRONG: _l("sterkt treff"),
    },
    {
        NewsEvent.MATCH_TOLD: _l("Det ble varslet om et treff"),
        NewsEvent.FOLLOWERS_TOLD: _l("De som følger med, ble varslet om et behov"),
        NewsEvent.FOLLOWED: _l("Begynte å følge"),
        NewsEvent.FOLLOW_ENDED: _l("Sluttet å følge"),
        NewsEvent.SEARCH_SAVED: _l("Søket ble lagret"),
        NewsEvent.SEARCH_ENDED: _l("Det lagrede søket ble slettet"),
    },
    {
        NewsWork.LOOKED_AT: _l("Nye behov og konsepter er sett på"),
    },
    {
        NewsRefusal.SIGN_IN_FIRST: _l("Logg inn først."),
        NewsRefusal.NEED_NOT_OPEN: _l("Bare behov som er publisert og ikke avsluttet, kan følges."),
        NewsRefusal.ALREADY_FOLLOWED: _l(
            "Du følger dette allerede. Se «Det du følger» i profilen din."
        ),
        NewsRefusal.NOTHING_SEARCHED: _l("Skriv noen ord eller velg noe i lista over behov først."),
        NewsRefusal.ALREADY_SAVED: _l(
            "Du har lagret dette søket før. Se «Det du følger» i profilen din."
        ),
        NewsRefusal.TOO_MANY_SEARCHES: _l(
            "Du har %(most)s lagrede søk, og flere går ikke. Slett ett under «Det du følger» først."
        ),
    },
)
