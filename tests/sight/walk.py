"""Every page, file and mail that there is, as it looks to one person."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from marketplace.accounts.models import Organisation, Unit
from marketplace.agreements.models import AgreedSite, Agreement, Criterion
from marketplace.concepts.models import Concept
from marketplace.core.actor import Actor
from marketplace.core.db import Base
from marketplace.decisions.states import DecisionDate
from marketplace.interests.models import Interest
from marketplace.invitations.models import Invitation
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import NeedDate
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, Side
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.states import PilotDate
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementDate
from marketplace.programmes.models import Programme
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionDate
from marketplace.ui.access import rule_of
from marketplace.wishes.models import Wish
from tests.sight.markers import markers_in
from tests.web.client import form_values

Values = dict[str, Any]
TYPED = re.compile(r"<textarea[^>]*\sname=")
PROMISED = re.compile(r"kan lese det du skriver|Mens [^.]*, kan bare [^.]* lese det\.")
WITH_QUERY = re.compile(r'href="(/[^"#]*\?[^"#]*)')
OFFERED = re.compile(r'href="(/[^"#]*)')
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)

OF_A_CASE: Mapping[str, Callable[[], Select[int, int]]] = {
    "criterion_id": lambda: select(Criterion.id, Agreement.pairing_id).join(Agreement),
    "site_id": lambda: select(AgreedSite.id, Agreement.pairing_id).join(Agreement),
    "number": lambda: select(Agreement.number, Agreement.pairing_id),
    "checkpoint_id": lambda: select(Checkpoint.id, Pilot.pairing_id).join(Pilot),
    "step_id": lambda: select(ProcurementStep.id, Procurement.pairing_id).join(Procurement),
}
"""What an address of a case names besides: with the case that it belongs to."""
ROWS: Mapping[str, type[Base]] = {
    "organisation_id": Organisation, "unit_id": Unit, "concept_id": Concept, "need_id": Need,
    "participation_id": NeedParticipation, "interest_id": Interest, "pairing_id": Pairing,
    "programme_id": Programme, "question_id": Question, "wish_id": Wish,
    "invitation_id": Invitation,
}  # fmt: skip
ROLES = (CaseRole.OWNER, CaseRole.PROCUREMENT_ADVISER, CaseRole.ENTREPRENEUR_CONTACT)
"""One for each of those who fill roles."""
DATES = (*NeedDate, *QuestionDate, *PilotDate, *DecisionDate, *ProcurementDate)
WORDS: Mapping[str, Iterable[Any]] = {
    "code": ("nb",), "route_name": ("open_tender", "direct_purchase"), "step": range(1, 6),
    "move": ("publish",), "role_name": ROLES, "side_name": list(Side),
    "name": ("eldre",), "person_id": (1, 2, 3), "kind_name": DATES, "row_id": range(1, 5),
    "kind": ("ttl", "rdf", "jsonld"),
    "key_name": ("national", "eea_works"), "day": ("2018-04-06", "2026-04-21"),
}  # fmt: skip
ELSEWHERE = {
    "static",  # files of the program
    "accounts.follow_link",  # a one-time link asks for a password, and shows nothing typed
    "notifications.calendar",  # each person's own, given to `as_seen_by`
}


def addresses(app: Flask, session: Session) -> dict[str, list[str]]:
    """All pages of each endpoint, one for each row that it may be about."""
    build = app.url_map.bind("localhost").build
    found: dict[str, list[str]] = defaultdict(list)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in ELSEWHERE:
            found[rule.endpoint] += [build(rule.endpoint, v) for v in _arguments(session, rule)]
    return found


def _arguments(session: Session, rule: Rule) -> Iterator[Values]:
    names = sorted(rule.arguments)
    for values in product(*(_values_of(session, name) for name in names)):
        named = dict(zip(names, values, strict=True))
        cases = {value[1] for value in values if isinstance(value, tuple)}
        if cases <= {named.get("pairing_id")}:
            yield {n: v[0] if isinstance(v, tuple) else v for n, v in named.items()}


def _values_of(session: Session, name: str) -> list[Any]:
    """A new kind of argument must be told here, else its pages would not be looked at."""
    if name in OF_A_CASE:
        return [tuple(row) for row in session.execute(OF_A_CASE[name]())]
    if name in ROWS:
        return list(session.scalars(select(ROWS[name].id)))  # type: ignore[attr-defined]  # all have
    return list(WORDS[name])


def open_to(app: Flask, actor: Actor, pages: Mapping[str, list[str]]) -> Iterator[str]:
    """What the gate lets the actor ask for; that it refuses the rest has its own tests."""
    for endpoint, found in pages.items():
        rule = rule_of(app, endpoint)
        if rule is not None and rule.admits(actor):
            yield from found


@dataclass
class Seen:
    """What somebody meets: markers with the place that shows them, and where promises lack."""

    shown: dict[str, str] = field(default_factory=dict)
    unpromised: list[str] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    """The status of each page."""
    offered: dict[str, str] = field(default_factory=dict)
    """Where links lead, with the page that has them."""
    buttons: dict[str, Values] = field(default_factory=dict)
    """What a form of one button sends, by where it is sent to."""

    def read(self, place: str, text: str) -> None:
        self.shown |= dict.fromkeys(markers_in(text), place)
        if TYPED.search(text) and not PROMISED.search(text):
            self.unpromised.append(place)

    def take(self, place: str, page: str) -> None:
        """What the page's own part offers to do."""
        for part in MAIN.findall(page):
            self.offered |= {unescape(found): place for found in OFFERED.findall(part)}
            if "<form" in part:
                self._take_buttons(part)

    def _take_buttons(self, part: str) -> None:
        for form in BeautifulSoup(part, "lxml").select("form[method=post][action]"):
            if not form.select("input:not([type=hidden]), select, textarea"):
                self.buttons[str(form["action"])] = form_values(form)


def as_seen_by(client: FlaskClient, pages: Iterable[str]) -> Seen:
    seen = Seen()
    visited: set[str] = set()
    waiting = list(pages)
    while waiting:
        address = waiting.pop()
        if address not in visited:
            visited.add(address)
            answer = client.get(address)
            body = text_of(answer)
            seen.read(address, body)
            seen.answered[address] = answer.status_code
            if answer.status_code == HTTPStatus.OK and answer.mimetype == "text/html":
                seen.take(address, body)
            waiting += [unescape(found) for found in WITH_QUERY.findall(body)]
    return seen


def text_of(answer: TestResponse) -> str:
    if answer.mimetype == "application/pdf":
        pages = PdfReader(BytesIO(answer.data)).pages
        return "".join(page.extract_text() for page in pages).replace("\n", "")
    if answer.mimetype == "application/zip":
        with ZipFile(BytesIO(answer.data)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    folded = "\r\n "  # as calendar files break their lines
    return answer.get_data(as_text=True).replace(folded, "")
