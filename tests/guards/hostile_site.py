"""The demo town behind a proxy, what each of its people finds there, and how to send them rubbish.

Nothing is named: pages and forms are found by following links, and the names of fields, arguments
and cookies are those that the site has asked a request for.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import islice, product
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import got_request_exception, request
from sqlalchemy import Connection, select
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from marketplace.accounts.models import Person
from marketplace.accounts.queries import actor_of
from marketplace.accounts.services.sessions import open_session
from marketplace.core.actor import ANONYMOUS
from marketplace.ui.access import rule_of
from marketplace.ui.requests import SiteRequest
from marketplace.ui.setup import SESSION_COOKIE
from marketplace.ui.web import WebApplication
from tests.conftest import OneConnection
from tests.signed_in import signed_in_cookie

TRIES = 4
HERE = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"
MARK = b"0123456789abcdefghijkl"
asked: defaultdict[str, set[str]] = defaultdict(set)
"""Of each endpoint: what it looks for among the arguments, the form and the cookies."""


class Noting(ImmutableMultiDict[str, Any]):
    """Notes the names that it is asked for."""

    def _note(self, key: object) -> None:
        if isinstance(key, str) and request.endpoint:
            asked[request.endpoint].add(key)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, *arguments: Any, **options: Any) -> Any:
        self._note(key)
        return super().get(key, *arguments, **options)

    def getlist(self, key: str, *arguments: Any, **options: Any) -> list[Any]:
        self._note(key)
        return super().getlist(key, *arguments, **options)


class NotingRequest(SiteRequest):
    parameter_storage_class = Noting
    dict_storage_class = Noting


@dataclass(frozen=True)
class Target:
    """A page or a form, and somebody who may use it."""

    endpoint: str
    method: str
    path: str
    who: str


@dataclass
class Sent:
    """A request as it comes over the wire, before anybody has looked at it."""

    method: str
    path: str
    query: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = ""
    body: bytes = b""

    def environ(self, cookie: str) -> dict[str, Any]:
        given = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in self.headers.items()}
        length = self.headers.get("Content-Length", str(len(self.body)))
        cookies = "; ".join(part for part in (cookie, given.get("HTTP_COOKIE", "")) if part)
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query.decode("latin-1"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HERE,
            "HTTP_HOST": "localhost",
            "CONTENT_TYPE": self.content_type,
            "CONTENT_LENGTH": length,
            "wsgi.input": BytesIO(self.body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": StringIO(),
            "wsgi.version": (1, 0),
        } | given | {"HTTP_COOKIE": cookies}  # fmt: skip


class Site:
    def __init__(self, app: WebApplication, connection: Connection) -> None:
        self.app, self.connection = app, connection
        self.addresses = app.url_map.bind("localhost")
        self.cookies, self.actors = {"": ""}, {"": ANONYMOUS}
        self._sign_in_everybody()
        self.values: defaultdict[str, set[object]] = defaultdict(set)
        self.raised: list[str] = []
        self.faults: list[str] = []
        self.status = 0
        app.request_class = NotingRequest
        app.config.update(WTF_CSRF_ENABLED=False)
        app.database = OneConnection(connection)
        got_request_exception.connect(self._note, app)

    def _sign_in_everybody(self) -> None:
        """All people of the demo, each with a cookie."""
        with self.app.database.writing() as session:
            people = select(Person).where(Person.demo_order.is_not(None), Person.active)
            for person in session.scalars(people.order_by(Person.demo_order)):
                token = open_session(session, person, device="guard")
                cookie = signed_in_cookie(self.app, token, {"REMOTE_ADDR": HERE})
                self.cookies[person.name] = f"{SESSION_COOKIE}={cookie}"
                self.actors[person.name] = actor_of(person)
            session.commit()

    def send(self, sent: Sent, who: str = "") -> bytes:
        """What is answered; whatever the request has changed is undone."""
        undone = self.connection.begin()
        try:
            answer, status, _headers = run_wsgi_app(self.app, sent.environ(self.cookies[who]))
            self.status = int(status.split()[0])
            return b"".join(answer)
        finally:
            undone.rollback()

    def expect_no_fault(self, what: str, sent: Sent, who: str) -> None:
        self.raised.clear()
        try:
            self.send(sent, who)
        except Exception as error:  # noqa: BLE001  the server would have no answer at all
            self.faults.append(f"{what}: not caught: {error!r:.300}")
        else:
            if self.status >= 500:
                self.faults.append(f"{what}: {self.status} {self.raised}")

    def _note(self, _app: object, exception: Exception, **_more: object) -> None:
        self.raised.append(repr(exception)[:300])

    # ------------------------------------------------------------ finding everything

    def targets(self) -> list[Target]:
        """Each endpoint with each of its methods, by somebody who may use it if there is one."""
        found: dict[tuple[str, str], Target] = {}
        for who in self.cookies:
            for target in self._walk(who):
                found.setdefault((target.endpoint, target.method), target)
        for rule in self.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                if (rule.endpoint, method) not in found:
                    found[rule.endpoint, method] = self._tried(rule, method)
        return list(found.values())

    def _tried(self, rule: Rule, method: str) -> Target:
        """With values that links have; the first that is neither hidden from somebody nor shut."""
        target = Target(rule.endpoint, method, "/", "")
        for path in self._paths(rule):
            for who in self._admitted(rule.endpoint):
                target = Target(rule.endpoint, method, path, who)
                self.send(Sent(method, path, content_type=FORM, body=b"form_mark=" + MARK), who)
                if self.status not in {302, 303, 401, 403, 404}:
                    return target
        return target

    def _admitted(self, endpoint: str) -> list[str]:
        rule = rule_of(self.app, endpoint)
        assert rule is not None
        return [who for who, actor in self.actors.items() if rule.admits(actor)]

    def _paths(self, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments - set(rule.defaults or ()))
        choices = [self._choices(rule, name) for name in names]
        for values in islice(product(*choices), TRIES):
            given = dict(zip(names, values, strict=True))
            yield self.addresses.build(rule.endpoint, given)

    def _choices(self, rule: Rule, name: str) -> list[object]:
        listed = getattr(rule._converters[name], "items", {"1"})
        return sorted(self.values[name] or listed, key=str)[:TRIES]

    def _walk(self, who: str) -> Iterator[Target]:
        """Follow links, one page of each endpoint."""
        waiting, met = deque(["/"]), set[str]()
        while waiting:
            path = waiting.popleft()
            target = self._target("GET", path, who)
            if target is None or target.endpoint in met:
                continue
            met.add(target.endpoint)
            page = BeautifulSoup(self._read(path, who), "lxml")
            if self.status == 200:
                yield target
                yield from self._forms(page, path, who)
                waiting.extend(_links(page, path))

    def _read(self, path: str, who: str) -> bytes:
        parts = urlsplit(path)
        return self.send(Sent("GET", parts.path, parts.query.encode()), who)

    def _forms(self, page: BeautifulSoup, path: str, who: str) -> Iterator[Target]:
        for form in page.select("form[method=post]"):
            target = self._target("POST", urljoin(path, str(form.get("action") or path)), who)
            if target is not None:
                asked[target.endpoint].update(_names(form))
                yield target

    def _target(self, method: str, path: str, who: str) -> Target | None:
        parts = urlsplit(path)
        try:
            endpoint, values = self.addresses.match(parts.path, method=method)
        except HTTPException:
            return None
        for name, value in values.items():
            self.values[name].add(value)
        return Target(str(endpoint), method, path, who)


def _links(page: BeautifulSoup, path: str) -> Iterable[str]:
    addresses = (urljoin(path, str(link["href"])) for link in page.select("a[href]"))
    return [a.partition("#")[0] for a in addresses if a.startswith("/")]


def _names(form: Tag) -> set[str]:
    return {str(named["name"]) for named in form.select("[name]")}
