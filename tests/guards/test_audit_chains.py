"""Which chain of the audit trail the events of a row belong to: every kind of row has chosen."""

from marketplace.core.audit_rows import AuditEvent
from marketplace.core.db import Base, Identified
from marketplace.models import metadata

OF_A_MUNICIPALITY = {
    "Agreement", "CapacityLimit", "Checkpoint", "Decision", "DialogueEntry", "Interest",
    "Invitation", "Judgement", "Lesson", "Need", "NeedCount", "NeedParticipation", "Organisation",
    "PaidTest", "PairWish", "Pairing", "Pilot", "PortfolioPlan", "Procurement", "ProcurementStep",
    "Programme", "Purchase", "Question", "RankingTrial", "ToldMatch", "Unit", "Wish",
}  # fmt: skip
OF_NONE = {
    "AgreementTemplate", "CalendarFeed", "Concept", "Follow", "MailDigest", "MailPreference",
    "Membership", "NewText", "OneTimeLink", "OutboxMessage", "Person", "RefusedForm",
    "Registration", "RoleOffer", "SavedSearch", "SignInAttempt", "StepTemplate", "Threshold",
    "TimedEvent", "ToldNeed", "UsedMark", "WebSession", "WordGroup",
}  # fmt: skip
PARTS = {
    "AgreedCheckpoint", "AgreedSite", "AnswerAddition", "CaseRoleHolder", "CheckpointReport",
    "ConflictDeclaration", "Criterion", "Effort", "FundUse", "Measurement", "NeedAddendum",
    "UnitNo", "WishAddressee",
}  # fmt: skip
"""No event is about one of these: it is about the row that they are a part of."""


def test_every_kind_of_row_has_a_chain() -> None:
    assert metadata.tables
    kinds = {mapper.class_ for mapper in Base.registry.mappers} - {AuditEvent}
    rows = {kind for kind in kinds if issubclass(kind, Identified)}
    belonging = {kind.__name__ for kind in rows if hasattr(kind, "municipality_id")}
    assert belonging == OF_A_MUNICIPALITY
    assert {kind.__name__ for kind in rows} - belonging == OF_NONE | PARTS
