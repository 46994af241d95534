"""The wording of news."""

from flask_babel import lazy_gettext as _l

from marketplace.news.states import NewsEvent, NewsWork, ToldStrength
from marketplace.ui.labels import LabelTables

LABELS: LabelTables = (
    {
        ToldStrength.GOOD: _l("godt treff"),
        ToldStrength.STRONG: _l("sterkt treff"),
    },
    {
        NewsEvent.MATCH_TOLD: _l("Det ble varslet om et treff"),
    },
    {
        NewsWork.LOOKED_AT: _l("Nye behov og konsepter er sett på"),
    },
)
