"""How good the suggestions are, as people judged them: one row a month.

A concept on one of the first three places of a need is judged when the unit shortlists or dismisses
it, or when somebody of the municipality proposes the pairing. It fits when it was shortlisted or
proposed. What was undone counts no more, so an earlier month may still change a little.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from marketplace.accounts import queries as accounts
from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.states import OrganisationKind
from marketplace.core.actor import Actor, Role
from marketplace.core.clock import NORWAY, today
from marketplace.core.rules import in_sql, of
from marketplace.dashboards.models import NeedCount, RankingTrial
from marketplace.dashboards.quality.counting import counted_now, start_of
from marketplace.dashboards.quality.judged import FIRST_PLACES
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, RankingWay, Verdict
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side

READERS = (Role.COORDINATOR, Role.LEADERSHIP)
MONTHS = 12
Pair = tuple[int, int]


@dataclass
class Month:
    """What happened in one month; the needs are None for a month that nobody counted."""

    first: date
    judged: int = 0
    fitting: int = 0
    dismissals: Counter[DismissalReason] = field(default_factory=Counter)
    proposed: int = 0
    unsuggested: int = 0
    needs: int | None = None
    without_good: int | None = None
    is_running: bool = False

    @property
    def precision(self) -> float | None:
        return self.fitting / self.judged if self.judged else None

    @property
    def unsuggested_share(self) -> float | None:
        return self.unsuggested / self.proposed if self.proposed else None

    @property
    def without_share(self) -> float | None:
        return (
            self.without_good / self.needs if self.needs and self.without_good is not None else None
        )

    def take(self, count: NeedCount) -> None:
        self.needs, self.without_good = count.needs, count.without_good


def list_municipalities(session: Session, actor: Actor) -> Sequence[Organisation]:
    return accounts.list_own_organisations(session, actor, *READERS)


def get_municipality(session: Session, actor: Actor, wanted_id: int | None) -> Organisation:
    return accounts.get_own_organisation(session, actor, wanted_id, *READERS)


def list_months(session: Session, municipality_id: int) -> Sequence[Month]:
    """The last twelve months, the running one first."""
    months = {first: Month(first) for first in _last_months()}
    judgements = _judgements(session, municipality_id)
    proposals = _proposals(session, municipality_id)
    for first, fits in _judged(judgements, proposals):
        if first in months:
            months[first].judged += 1
            months[first].fitting += fits
    for judgement in judgements:
        if judgement.reason is not None and (month := months.get(_month(judgement.at))):
            month.dismissals[judgement.reason] += 1
    for proposal in proposals:
        if month := months.get(_month(proposal.at)):
            month.proposed += 1
            month.unsuggested += proposal.rank is None
    _add_needs(session, municipality_id, months)
    return list(months.values())


def whole_period(months: Iterable[Month]) -> Month:
    """All of it in one row; needs are not added up, as most are there in every month."""
    months = list(months)
    return Month(
        first=months[-1].first,
        judged=sum(month.judged for month in months),
        fitting=sum(month.fitting for month in months),
        dismissals=sum((month.dismissals for month in months), Counter()),
        proposed=sum(month.proposed for month in months),
        unsuggested=sum(month.unsuggested for month in months),
    )


def list_trials(
    session: Session, municipality_id: int
) -> Mapping[date, Mapping[RankingWay, RankingTrial]]:
    """By month and way, the newest month first."""
    statement = select(RankingTrial).where(
        RankingTrial.municipality_id == municipality_id, RankingTrial.month >= min(_last_months())
    )
    found: dict[date, dict[RankingWay, RankingTrial]] = {}
    for trial in session.scalars(statement.order_by(RankingTrial.month.desc())):
        found.setdefault(trial.month, {})[trial.way] = trial
    return found


# ---------------------------------------------------------------- what people did


class Judged(NamedTuple):
    pair: Pair
    at: datetime
    verdict: Verdict
    reason: DismissalReason | None
    rank: int | None


class Proposed(NamedTuple):
    pair: Pair
    at: datetime
    side: Side
    rank: int | None


def _judgements(session: Session, municipality_id: int) -> Sequence[Judged]:
    """Those that stand."""
    statement = (
        select(Judgement)
        .join(Judgement.need)
        .join(Need.unit)
        .where(Unit.organisation_id == municipality_id, Judgement.undone_at.is_(None))
        .options(load_only(*_OF_JUDGEMENT))
        .order_by(Judgement.judged_at, Judgement.id)
    )
    return [
        Judged((j.need_id, j.concept_id), j.judged_at, j.verdict, j.reason, j.rank_shown)
        for j in session.scalars(statement)
    ]


def _proposals(session: Session, municipality_id: int) -> Sequence[Proposed]:
    """By when they were made; a pairing that is proposed again stays where it was."""
    statement = (
        select(Pairing)
        .join(Pairing.need)
        .join(Need.unit)
        .where(Unit.organisation_id == municipality_id)
        .options(load_only(*_OF_PAIRING))
        .order_by(Pairing.created_at, Pairing.id)
    )
    return [
        Proposed((p.need_id, p.concept_id), p.created_at, p.proposed_by_side, p.suggested_rank)
        for p in session.scalars(statement)
    ]


_OF_JUDGEMENT = (
    Judgement.need_id,
    Judgement.concept_id,
    Judgement.judged_at,
    Judgement.verdict,
    Judgement.reason,
    Judgement.rank_shown,
)
_OF_PAIRING = (
    Pairing.need_id,
    Pairing.concept_id,
    Pairing.created_at,
    Pairing.proposed_by_side,
    Pairing.suggested_rank,
)


def _judged(
    judgements: Iterable[Judged], proposals: Iterable[Proposed]
) -> Iterable[tuple[date, bool]]:
    """Month and whether it fits, once for each pair on the first places."""
    of_municipality = [each for each in proposals if each.side is not Side.ENTREPRENEUR]
    proposed = {each.pair for each in of_municipality}
    seen = set()
    for judgement in judgements:
        seen.add(judgement.pair)
        if _on_first_places(judgement.rank):
            fits = judgement.verdict is Verdict.SHORTLISTED or judgement.pair in proposed
            yield _month(judgement.at), fits
    for proposal in of_municipality:
        if proposal.pair not in seen and _on_first_places(proposal.rank):
            seen.add(proposal.pair)
            yield _month(proposal.at), True


def _on_first_places(rank: int | None) -> bool:
    return rank is not None and rank <= FIRST_PLACES


# ---------------------------------------------------------------- needs, and months


def _add_needs(session: Session, municipality_id: int, months: Mapping[date, Month]) -> None:
    running, *_ = months
    statement = select(NeedCount).where(NeedCount.municipality_id == municipality_id)
    for count in [*session.scalars(statement), counted_now(session, municipality_id)]:
        if month := months.get(count.month):
            month.take(count)
    months[running].is_running = True


def _last_months() -> Iterable[date]:
    first = today().replace(day=1)
    for _ in range(MONTHS):
        yield first
        first = (first - timedelta(days=1)).replace(day=1)


def _month(moment: datetime) -> date:
    return moment.astimezone(NORWAY).date().replace(day=1)


# ---------------------------------------------------------------- what the clock asks


def find_due(session: Session) -> Iterable[tuple[int, date]]:
    """Each municipality that was there, on the first of the month."""
    first = today().replace(day=1)
    statement = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.MUNICIPALITY,
        in_sql(is_approved(of(Organisation))),
        Organisation.created_at < start_of(first),
    )
    return [(municipality_id, first) for municipality_id in session.scalars(statement)]
