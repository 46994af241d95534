"""Procurements: thresholds by date, the route, its steps, dialogue, purchases and protocol."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, Versioned, code, person_reference, short_text
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.pairings.models import Pairing
from marketplace.procurements.states import (
    DialogueChannel,
    ProcurementState,
    PurchaseKind,
    ThresholdKey,
)

ANNOUNCED = "('open_tender', 'limited_tender', 'innovation_partnership', 'notice_of_intent')"


COUNTS = text("withdrawn_at IS NULL")


class Threshold(Identified, Base):
    """An amount, excluding VAT, from a day on. Rows are added, never overwritten.

    A wrong one is withdrawn: it stays to be seen, and is never used again.
    """

    __tablename__ = "threshold"
    __table_args__ = (
        Index(
            "uq_threshold_counts",
            "key",
            "valid_from",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name="withdrawal_names_who_when_and_why",
        ),
    )

    key: Mapped[ThresholdKey] = mapped_column(code(ThresholdKey))
    amount: Mapped[int]
    valid_from: Mapped[date]
    paragraph: Mapped[str] = short_text(200)
    source: Mapped[str] = short_text(300)
    checked_on: Mapped[date]
    added_by_id: Mapped[int | None] = person_reference()
    added_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_by_id: Mapped[int | None] = person_reference()
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]

    added_by: Mapped[Person | None] = relationship(foreign_keys="Threshold.added_by_id")
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys="Threshold.withdrawn_by_id")


class StepTemplate(Versioned, Base):
    """A step that every procurement by this route begins with."""

    __tablename__ = "step_template"
    __table_args__ = (
        UniqueConstraint("route", "position"),
        CheckConstraint("days > 0", name="days_positive"),
    )

    route: Mapped[ProcurementRoute] = mapped_column(code(ProcurementRoute))
    position: Mapped[int]
    title: Mapped[str] = short_text(200)
    days: Mapped[int]


class Procurement(Versioned, Base):
    __tablename__ = "procurement"
    __table_args__ = (
        CheckConstraint(
            "(announced_at IS NULL) = (notice_reference IS NULL)"
            " AND (announced_at IS NULL) = (announced_by_id IS NULL)"
            " AND (state <> 'announced' OR announced_at IS NOT NULL)",
            name="announcing_names_who_when_and_the_notice",
        ),
        CheckConstraint(
            f"(state <> 'announced' OR route IN {ANNOUNCED})"
            f" AND (state <> 'contracted' OR route NOT IN {ANNOUNCED}"
            " OR announced_at IS NOT NULL)",
            name="notice_belongs_to_the_route",
        ),
        CheckConstraint(
            "(state = 'contracted') = (contracted_at IS NOT NULL)"
            " AND (state = 'contracted') = (contracted_by_id IS NOT NULL)"
            " AND (state = 'contracted') = (contract_value IS NOT NULL)"
            " AND (state = 'contracted') = (award_reason IS NOT NULL)"
            " AND (state = 'contracted') = (supplier_name IS NOT NULL)",
            name="contract_names_who_when_and_why",
        ),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)"
            " AND (state = 'cancelled') = (cancelled_by_id IS NOT NULL)"
            " AND (state = 'cancelled') = (cancel_reason IS NOT NULL)",
            name="cancelling_names_who_when_and_why",
        ),
        CheckConstraint(
            "(state IN ('preparing', 'cancelled') OR route IS NOT NULL)"
            " AND (route IS NULL OR route <> 'undecided')",
            name="route_is_chosen",
        ),
        CheckConstraint(
            "supplier_id IS NULL OR supplier_name IS NOT NULL", name="supplier_has_a_name"
        ),
        CheckConstraint(
            "exempt_until IS NULL OR exempt_paragraph IS NOT NULL", name="exemption_has_a_paragraph"
        ),
        CheckConstraint("contract_value > 0", name="contract_value_positive"),
        CheckConstraint("estimated_value >= 0", name="value_not_negative"),
        CheckConstraint(
            "(package_shared_at IS NULL) = (package_shared_by_id IS NULL)"
            " AND (package_shared_at IS NULL OR package_text <> '')",
            name="sharing_names_who_and_when",
        ),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    state: Mapped[ProcurementState] = mapped_column(
        code(ProcurementState), default=ProcurementState.PREPARING, index=True
    )
    estimated_value: Mapped[int]
    service_category: Mapped[ServiceCategory] = mapped_column(code(ServiceCategory))
    starts_on: Mapped[date]
    route: Mapped[ProcurementRoute | None] = mapped_column(code(ProcurementRoute))
    route_reason: Mapped[str] = mapped_column(default="")
    # The notice's or the plan's own words; § 10-5 wants most of them in the protocol.
    object: Mapped[str] = mapped_column(default="")
    invited: Mapped[str] = mapped_column(default="")
    impartiality: Mapped[str] = mapped_column(default="")
    subcontractors: Mapped[str] = mapped_column(default="")
    reserved_reason: Mapped[str] = mapped_column(default="")
    exempt_paragraph: Mapped[str | None] = short_text(100)
    exempt_until: Mapped[date | None]
    notice_reference: Mapped[str | None] = short_text(100)
    announced_by_id: Mapped[int | None] = person_reference()
    announced_at: Mapped[datetime | None]
    package_shared_by_id: Mapped[int | None] = person_reference()
    package_shared_at: Mapped[datetime | None]
    package_text: Mapped[str] = mapped_column(default="")
    contracted_by_id: Mapped[int | None] = person_reference()
    contracted_at: Mapped[datetime | None]
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    supplier_name: Mapped[str | None] = short_text(200)
    contract_value: Mapped[int | None]
    award_reason: Mapped[str | None]
    cancelled_by_id: Mapped[int | None] = person_reference()
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    pairing: Mapped[Pairing] = relationship()
    supplier: Mapped[Organisation | None] = relationship()
    contracted_by: Mapped[Person | None] = relationship(foreign_keys="Procurement.contracted_by_id")
    cancelled_by: Mapped[Person | None] = relationship(foreign_keys="Procurement.cancelled_by_id")
    steps: Mapped[list["ProcurementStep"]] = relationship(
        order_by="ProcurementStep.position, ProcurementStep.id", back_populates="procurement"
    )
    dialogue: Mapped[list["DialogueEntry"]] = relationship(
        back_populates="procurement", order_by="DialogueEntry.held_on, DialogueEntry.id"
    )

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id


class PaidTest(Versioned, Base):
    """A test that pays more than may be bought directly, and how the adviser said it is bought.

    One for each payment and cap that was offered in a case: another payment asks anew.
    """

    __tablename__ = "paid_test"
    __table_args__ = (
        UniqueConstraint("pairing_id", "payment", "cost_cap"),
        CheckConstraint("payment > 0 AND cost_cap >= payment", name="something_is_paid"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"
            " AND (confirmed_at IS NULL) = (route IS NULL)"
            " AND (confirmed_at IS NULL) = (reason IS NULL)",
            name="confirming_names_who_when_how_and_why",
        ),
        CheckConstraint("route <> 'undecided'", name="route_is_chosen"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    payment: Mapped[int]
    cost_cap: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    route: Mapped[ProcurementRoute | None] = mapped_column(code(ProcurementRoute))
    reason: Mapped[str | None]
    confirmed_by_id: Mapped[int | None] = person_reference()
    confirmed_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship()
    confirmed_by: Mapped[Person | None] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id


class ProcurementStep(Versioned, Base):
    __tablename__ = "procurement_step"
    __table_args__ = (
        CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", name="done_names_who_and_when"),
        CheckConstraint("done_on IS NULL OR done_on >= started_on", name="done_after_it_began"),
        CheckConstraint(
            "dropped_at IS NULL OR done_on IS NULL", name="what_was_done_is_not_dropped"
        ),
    )

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = short_text(200)
    owner_id: Mapped[int | None] = person_reference()
    started_on: Mapped[date | None]
    due_on: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = person_reference()
    # Left undone when another route was chosen.
    dropped_at: Mapped[datetime | None]

    procurement: Mapped[Procurement] = relationship(back_populates="steps")
    owner: Mapped[Person | None] = relationship(foreign_keys="ProcurementStep.owner_id")
    done_by: Mapped[Person | None] = relationship(foreign_keys="ProcurementStep.done_by_id")

    @property
    def municipality_id(self) -> int:
        return self.procurement.municipality_id


class DialogueEntry(Identified, Base):
    """One talk with a supplier; corrected by adding, never by changing."""

    __tablename__ = "dialogue_entry"

    procurement_id: Mapped[int] = mapped_column(ForeignKey("procurement.id"), index=True)
    held_on: Mapped[date]
    supplier: Mapped[str] = short_text(200)
    channel: Mapped[DialogueChannel] = mapped_column(code(DialogueChannel))
    summary: Mapped[str]
    shared: Mapped[str] = mapped_column(default="")
    logged_by_id: Mapped[int] = person_reference()
    logged_at: Mapped[datetime] = mapped_column(default=now)

    procurement: Mapped[Procurement] = relationship(back_populates="dialogue")
    logged_by: Mapped[Person] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.procurement.municipality_id


class Purchase(Identified, Base):
    """What a unit paid or owes a supplier, excluding VAT: for the sums of § 5-4.

    Corrected by adding: an amount below zero takes back what was recorded wrongly. A supplier that
    is not registered here has a name only.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_says_something"),
        CheckConstraint("amount > 0 OR note <> ''", name="correction_says_why"),
        Index(None, "unit_id", "supplier_id", "bought_on"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    supplier_name: Mapped[str] = short_text(200)
    kind: Mapped[PurchaseKind] = mapped_column(code(PurchaseKind))
    amount: Mapped[int]
    bought_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int] = person_reference()
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    unit: Mapped[Unit] = relationship()
    supplier: Mapped[Organisation | None] = relationship()
    pairing: Mapped[Pairing] = relationship()

    @property
    def municipality_id(self) -> int:
        return self.pairing.municipality_id


def _refuse_change(_mapper: object, _connection: object, target: Identified) -> None:
    raise RuntimeError(f"{type(target).__name__} {target.id} is corrected by adding another")


def _refuse_but_withdrawal(mapper: object, connection: object, target: Threshold) -> None:
    """A row is withdrawn once, and nothing else of it changes."""
    changed = {each.key: each.history for each in inspect(target).attrs if each.history.added}
    again = any(before is not None for history in changed.values() for before in history.deleted)
    if again or not changed.keys() <= WITHDRAWAL:
        _refuse_change(mapper, connection, target)


WITHDRAWAL = frozenset({"withdrawn_by_id", "withdrawn_at", "withdrawal_reason"})
for _added_only in (Threshold, DialogueEntry, Purchase):
    event.listen(_added_only, "before_delete", _refuse_change)
for _never_changed in (DialogueEntry, Purchase):
    event.listen(_never_changed, "before_update", _refuse_change)
event.listen(Threshold, "before_update", _refuse_but_withdrawal)
