"""The pairings of the demo, from proposal to decision."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from marketplace.accounts.queries import actor_of
from marketplace.core.actor import Actor, Role
from marketplace.demo.story import Story, owner_of
from marketplace.demo.texts import Row, rows
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import missing_yes
from marketplace.pairings.roles.services import assign_role
from marketplace.pairings.services import answering, deciding, proposing, withdrawing
from marketplace.pairings.states import (
    ApprovalPoint,
    CaseRole,
    DeclineReason,
    PairingState,
    Side,
)


@dataclass
class Case:
    """One pairing on its way through its steps."""

    story: Story
    row: Row
    pairing: Pairing = field(init=False)

    def propose(self) -> None:
        self.pairing = proposing.propose_pairing(
            self.story.session,
            self.story.actor(self.row["proposer"]),
            need=self.story.needs[self.row["need"]],
            concept=self.story.concepts[self.row["concept"]],
            motivation=self.row["motivation"],
        )
        if "key" in self.row:
            self.story.cases[self.row["key"]] = self.pairing

    def accept(self) -> None:
        """Both sides that have not said yes yet do so."""
        for side in sorted(missing_yes(self.pairing)):
            actor = self._unit() if side is Side.UNIT else self._entrepreneur()
            answering.accept_pairing(
                self.story.session, actor, pairing=self.pairing, version=self.pairing.version
            )

    def ask_for_changes(self) -> None:
        answering.ask_for_changes(
            self.story.session,
            self._decider(),
            pairing=self.pairing,
            version=self.pairing.version,
            reason=self.row["change_request"],
        )

    def approve(self) -> None:
        town, decider = self.story.town, self._decider()
        adviser = next(
            person
            for person in town.people.values()
            if any(m.role is Role.PROCUREMENT_ADVISER for m in person.memberships)
        )
        leader = self.pairing.need.endorsed_by or adviser
        chosen = {CaseRole.PROCUREMENT_ADVISER: adviser, CaseRole.DATA_PROTECTION: leader}
        for role, person in chosen.items():
            assign_role(
                self.story.session,
                decider,
                pairing=self.pairing,
                role=role,
                person_id=person.id,
            )
        deciding.approve_pairing(
            self.story.session,
            decider,
            pairing=self.pairing,
            version=self.pairing.version,
            points=frozenset(ApprovalPoint),
            no_conflict=True,
        )

    def decline(self) -> None:
        deciding.decline_pairing(
            self.story.session,
            self._decider(),
            pairing=self.pairing,
            version=self.pairing.version,
            decline_reason=DeclineReason(self.row["decline_reason"]),
            reason=self.row["decline_note"],
        )

    def withdraw(self) -> None:
        withdrawing.withdraw_pairing(
            self.story.session,
            self.story.actor(self.row["proposer"]),
            pairing=self.pairing,
            version=self.pairing.version,
            reason=self.row["withdrawal_reason"],
        )

    def _unit(self) -> Actor:
        return actor_of(self.pairing.need.author)

    def _entrepreneur(self) -> Actor:
        return owner_of(self.story, self.pairing.concept)

    def _decider(self) -> Actor:
        return self.story.actor(self.row["decided_by"])


STEPS: dict[PairingState, tuple[Callable[[Case], None], ...]] = {
    PairingState.PROPOSED: (),
    PairingState.ACCEPTED: (Case.accept,),
    PairingState.NEEDS_CHANGES: (Case.ask_for_changes,),
    PairingState.APPROVED: (Case.accept, Case.approve),
    PairingState.DECLINED: (Case.accept, Case.decline),
    PairingState.WITHDRAWN: (Case.withdraw,),
}


def plan_pairings(story: Story) -> None:
    """The proposal on its day, and each step after it a day later."""
    for row in rows("cases", "pairing"):
        case = Case(story, row)
        story.on(row["days_ago"] - 0.01, case.propose)
        for day, step in enumerate(STEPS[PairingState(row["state"])], start=1):
            story.on(row["days_ago"] - day, partial(step, case))
