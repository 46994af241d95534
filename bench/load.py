"""Load the site as people do, and say what a page costs.

Usage: python -m bench.load [--scale N] [--clients N] [--seconds T] [--processes N] [--cache FOLDER]
PostgreSQL with a demo of N needs and as many concepts is made in the folder, or found there from
the last time. The server runs as `marketplace serve` does. Each client is somebody (a unit leader,
an entrepreneur, a coordinator, a partner, or anybody), asks for a page, waits for it, and asks for
the next; after some that warm up, so for T seconds. Then a bare handler answers the same bytes
to the same clients, so that figures of two machines, or of one machine that does other work too,
can be compared: by its ratio, by the processor's time and by the number of pages.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench._clients import Answers, Ask, Browser, Mix, closed_loop, each_page_once
from bench._processes import Memory, memory_of, processor_seconds
from bench._serving import bare_path, bare_served, filled, served
from bench.pages import demo_person
from bench.pages import names as names_of
from marketplace.accounts.queries import actor_of
from marketplace.config import Settings, load_settings
from marketplace.core.actor import ANONYMOUS, Role
from marketplace.core.db import Identified
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.queries import latest_pairings
from marketplace.programmes.queries import list_programmes
from marketplace.ui.web import WebApplication
from tests.provisioning.postgres import kept_postgres

CACHE = Path("/tmp/behovstorget-load")  # noqa: S108  made by us, and closed to others by PostgreSQL
WARM_UP = 5.0

EVERYBODY = {"/needs": 2, "/needs?q=ensomme+eldre": 1, "/needs?q=skole": 1, "/needs?page=40": 1,
             "/needs?sort=deadline": 1, "/needs/{need}": 4}  # fmt: skip
MIX: dict[Role | None, Mapping[str, int]] = {
    Role.UNIT_LEADER: {"/": 4, "/needs/mine": 2, "/needs/{need}": 3, "/needs/{need}/matches": 2,
                       "/pairings": 2, "/pairings/{pairing}": 3, "/notifications": 1,
                       "/needs": 1, "/needs?q=ensomme+eldre": 1},
    Role.ENTREPRENEUR: {"/": 4, "/concepts": 1, "/concepts/{concept}": 2,
                        "/concepts/{concept}/matches": 2, "/matches": 1, "/interests": 1,
                        "/pairings": 1, "/pairings/{pairing}": 2, **EVERYBODY},
    Role.COORDINATOR: {"/": 4, "/attention": 4, "/attention?kind=need_without_pairing": 1,
                       "/needs/review": 1, "/needs/{need}": 2, "/needs/{need}/matches": 2,
                       "/pairings": 2, "/pairings/{pairing}": 2, "/flow": 1},
    Role.PARTNER: {"/": 3, "/programmes": 2, "/programmes/{programme}": 2, "/needs": 1,
                   "/needs/{need}": 1},
    None: {"/": 2, "/units/{unit}": 1, "/organisations/{municipality}": 1, **EVERYBODY},
}  # fmt: skip
TURNS = (Role.UNIT_LEADER, Role.ENTREPRENEUR, Role.COORDINATOR, None, Role.UNIT_LEADER,
         Role.ENTREPRENEUR, Role.PARTNER, None)  # fmt: skip
"""Who the clients are, in turn."""

NEEDS_READ = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: its answers, and the processor's milliseconds a page."""

    answers: Answers
    web: float
    database: float
    memory: Sequence[Memory]


def mix_for(session: Session, role: Role | None) -> tuple[int | None, Mix]:
    """Whose id the client signs in as, and what they ask for; each need is one of many."""
    person = demo_person(session, role) if role else None
    ids = names_of(session, person)
    units = {grant.unit_id for grant in person.memberships if grant.unit_id} if person else set()
    needs = select(Need.id).where(Need.state == NeedState.PUBLISHED)
    needs = needs.where(Need.unit_id.in_(units)) if units else needs
    some = session.scalars(needs.order_by(Need.id.desc()).limit(NEEDS_READ)).all()
    actor = actor_of(person) if person else ANONYMOUS
    ids["programme"] = _first_id(list_programmes(session, actor).rows)
    ids["pairing"] = _first_id(list(latest_pairings(session, actor).values()))
    who = str(role or "anybody")
    mix = []
    for page, weight in MIX[role].items():
        for need in some if "{need}" in page else (0,):
            path = page.format(**{**ids, "need": need})
            mix.append((Ask(who, page, path), weight * (1 if need else NEEDS_READ)))
    return person.id if person else None, mix


def _first_id(rows: Sequence[Identified]) -> int:
    return rows[0].id if rows else 0


def run_site(
    app: WebApplication, folder: Path, url: str, postgres: int, wanted: argparse.Namespace
) -> Cost:
    with app.database.reading() as session:
        mixes = {role: mix_for(session, role) for role in MIX}
    with served(folder, url, wanted.processes) as (port, pid):
        clients = []
        for number in range(wanted.clients):
            person_id, mix = mixes[TURNS[number % len(TURNS)]]
            browser = Browser(port)
            if person_id is not None:
                browser.sign_in(person_id)
            each_page_once(browser, mix)
            clients.append((browser, mix))
        closed_loop(clients, WARM_UP, lambda ask: ask.path)
        before = processor_seconds(pid), processor_seconds(postgres)
        answers = closed_loop(clients, wanted.seconds, lambda ask: ask.path)
        after = processor_seconds(pid), processor_seconds(postgres)
        count = len(answers.all_seconds)
        web, database = (1000 * (b - a) / count for a, b in zip(before, after, strict=True))
        return Cost(answers, web, database, memory_of(pid))


def run_bare(site: Cost, wanted: argparse.Namespace, settings: Settings) -> Cost:
    """The same clients ask for the same bytes, page by page in the same proportion."""
    bodies = {f"{ask.who} {ask.page}": body for ask, body in site.answers.bodies.items()}
    mix = [(ask, len(seconds)) for ask, seconds in site.answers.seconds.items()]
    with bare_served(settings, wanted.processes, bodies) as (port, pid):
        clients = [(Browser(port), mix) for _ in range(wanted.clients)]

        def path(ask: Ask) -> str:
            return bare_path(f"{ask.who} {ask.page}")

        closed_loop(clients, 1.0, path)
        before = processor_seconds(pid)
        answers = closed_loop(clients, min(wanted.seconds, 5.0), path)
        web = 1000 * (processor_seconds(pid) - before) / len(answers.all_seconds)
        return Cost(answers, web, 0.0, memory_of(pid))


def print_table(answers: Answers) -> None:
    pages: dict[tuple[str, str], list[float]] = {}
    for ask, seconds in answers.seconds.items():
        pages.setdefault((ask.who, ask.page), []).extend(seconds)
    print(f"{'who':<13}{'page':<36}{'pages':>7}{'p50 ms':>8}{'p95 ms':>8}{'kB':>6}")
    sizes = {(ask.who, ask.page): len(body) for ask, body in answers.bodies.items()}
    for (who, page), seconds in sorted(pages.items()):
        print(f"{who:<13}{page:<36}{_figures(seconds)}{sizes[who, page] / 1024:>6.0f}")
    print(f"{'all':<49}{_figures(answers.all_seconds)}")


def _figures(seconds: Sequence[float]) -> str:
    p50, p95 = 1000 * statistics.median(seconds), 1000 * percentile(seconds, 0.95)
    return f"{len(seconds):>7}{p50:>8.0f}{p95:>8.0f}"


def percentile(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def print_costs(site: Cost, bare: Cost) -> None:
    rate, most = (len(cost.answers.all_seconds) / cost.answers.took for cost in (site, bare))
    print(
        f"\n{rate:.1f} pages a second; the bare handler {most:.0f}, {most / rate:.1f} times as many"
    )
    print(f"processor, ms a page: web {site.web:.1f}, PostgreSQL {site.database:.1f}", end="")
    print(f"; the bare handler {bare.web:.2f}, {site.web / bare.web:.1f} times less")
    for whose, cost in (("site", site), ("bare", bare)):
        for told in cost.memory:
            name = f"{whose}, {told.name}"
            print(f"{name:<34}{told.resident:>5.0f} MB, its own {told.own:>5.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--scale", type=int, default=10_000, metavar="N")
    parser.add_argument("--clients", type=int, default=8, metavar="N")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="T")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER")
    wanted = parser.parse_args()
    folder = wanted.cache / str(wanted.scale)
    with ExitStack() as stack:
        server = stack.enter_context(kept_postgres(folder / "postgresql"))
        url = server.url().render_as_string(hide_password=False)
        app = filled(folder, url, wanted.scale)
        site = run_site(app, folder, url, server.process_id, wanted)
        print_table(site.answers)
        settings = load_settings({"INSTANCE_DIR": str(folder), "DATABASE_URL": url})
        app.database.engine.dispose()
        print_costs(site, run_bare(site, wanted, settings))


if __name__ == "__main__":
    main()
