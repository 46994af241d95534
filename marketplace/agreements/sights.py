"""Who sees an agreement: everyone in the case."""

from marketplace.core.sight import Reader, Sight
from marketplace.pairings.sights import CASE

TEXTS = Sight(
    "agreement",
    (
        "purpose", "unit_contribution", "entrepreneur_contribution", "on_yes", "on_no",
        "data_protection", "ownership",
    ),
    CASE,
)  # fmt: skip
REASONS = Sight("agreement", ("change_reason", "sent_back_reason", "withdrawal_reason"), CASE)
CRITERION = Sight("criterion", ("title", "measure", "target"), CASE)
CHECKPOINT = Sight("agreed_checkpoint", ("topic",), CASE)
SITE = Sight("agreed_site", ("name",), CASE)
TEMPLATE = Sight("agreement_template", TEXTS.columns, (Reader.ADMINISTRATORS,))

SIGHTS = (TEXTS, REASONS, CRITERION, CHECKPOINT, SITE, TEMPLATE)
