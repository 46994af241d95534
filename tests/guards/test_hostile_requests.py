"""Whatever is sent to whichever endpoint, by whomever: an answer, and never a fault of ours.

Every endpoint of the url map gets every kind. A GET with odd arguments may well be answered with a
page (200); what must not be is a status of 500 or more, or an exception that nobody caught.
"""

from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

import pytest

from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.engine import Database
from tests.demo import copy_rows
from tests.domain.committed import committed
from tests.guards.hostile_kinds import OWN, TOLD_APART, addresses, bodies, values
from tests.guards.hostile_site import Site, Target, asked

__all__ = ["committed"]


@pytest.fixture
def site(committed: Database, demo_file: Path, tmp_path: Path) -> Iterator[Site]:
    settings = load_settings(
        {"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost", "TRUSTED_PROXIES": "1"}
    )
    app = create_app(settings, committed)
    copy_rows(demo_file, committed)
    with committed.engine.connect() as connection:
        yield Site(app, connection)


@pytest.mark.slow
def test_no_request_is_a_fault_of_ours(site: Site) -> None:
    """What only the reading of a request sees is sent where pages are tested: on SQLite."""
    postgresql = site.connection.dialect.name == "postgresql"
    kinds = [values] if postgresql else [values, bodies, addresses]
    targets, everybody = site.targets(), cycle(site.cookies)
    expect_all_found(site, targets)
    for turn, target in enumerate(targets):
        names = sorted(asked[target.endpoint] - OWN)
        if postgresql and not names:
            continue  # it looks at nothing that could reach the database
        sent = chain.from_iterable(kind(target, names, turn) for kind in kinds)
        most = TOLD_APART if postgresql else None
        for number, (kind, request) in enumerate(islice(sent, most), start=turn):
            for who in {target.who} if postgresql else senders(target, number, everybody):
                site.expect_no_fault(f"{target} by {who or 'nobody'}: {kind}", request, who)
    assert site.faults == []


def expect_all_found(site: Site, targets: list[Target]) -> None:
    assert {(target.endpoint, target.method) for target in targets} == {
        (rule.endpoint, method)
        for rule in site.app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
    }


def senders(target: Target, number: int, everybody: Iterator[str]) -> set[str]:
    """Always one who may use it; in turn also somebody who is not signed in, and another role."""
    others = {0: "", 4: next(everybody)}
    return {target.who, others.get(number % 8, target.who)}
