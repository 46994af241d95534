"""A closed loop: each client asks for a page, waits for the whole answer, and asks for the next."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from bs4 import BeautifulSoup

SECONDS_TO_WAIT = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """A page as it is named in the table, and the address that is asked for."""

    who: str
    page: str
    path: str


@dataclass
class Browser:
    """One line to the server that stays open, and one cookie jar."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    line: HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        return self.ask("GET", path)

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Ask once more where the server has closed a line that was idle."""
        try:
            return self._ask(method, path, fields)
        except (HTTPException, ConnectionError):
            self.line = None
            return self._ask(method, path, fields)

    def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> tuple[int, bytes]:
        if self.line is None:
            self.line = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_WAIT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.line.getresponse()
        body = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def sign_in(self, person_id: int) -> None:
        _, page = self.get("/demo")
        token = BeautifulSoup(page, "lxml").select_one("input[name=csrf_token]")
        fields = {"csrf_token": str(token["value"]) if token else ""}
        status, _ = self.ask("POST", f"/demo/{person_id}", fields)
        if status != 303:
            raise SystemExit(f"cannot sign in as {person_id}: {status}")


@dataclass
class Answers:
    """Seconds of each page that was answered, and the last bytes of it."""

    seconds: dict[Ask, list[float]] = field(default_factory=dict)
    bodies: dict[Ask, bytes] = field(default_factory=dict)
    took: float = 0.0

    def add(self, ask: Ask, seconds: float, body: bytes) -> None:
        self.seconds.setdefault(ask, []).append(seconds)
        self.bodies[ask] = body

    @property
    def all_seconds(self) -> list[float]:
        return [one for many in self.seconds.values() for one in many]


Mix = Sequence[tuple[Ask, int]]
"""What a client asks for, and how often compared with the rest."""


def endless(mix: Mix, seed: int) -> Iterator[Ask]:
    chance = random.Random(seed)
    asks, weights = [ask for ask, _ in mix], [weight for _, weight in mix]
    while True:
        yield from chance.choices(asks, weights, k=50)


def closed_loop(
    clients: Sequence[tuple[Browser, Mix]], seconds: float, path_of: Callable[[Ask], str]
) -> Answers:
    """Let all clients ask at once until the time is up, and wait for what is asked for then.

    A client that gets anything but a page stops the whole.
    """
    end, start = time.monotonic() + seconds, time.monotonic()
    parts = [Answers() for _ in clients]
    wrong: list[str] = []

    def run(number: int) -> None:
        browser, mix = clients[number]
        for ask in endless(mix, number):
            if time.monotonic() > end or wrong:
                return
            begun = time.perf_counter()
            status, body = answer_to(browser, path_of(ask))
            parts[number].add(ask, time.perf_counter() - begun, body)
            if status != HTTPStatus.OK:
                wrong.append(f"{ask.who} {path_of(ask)}: {status}")

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit("\n".join(wrong))
    return together(parts, time.monotonic() - start)


def answer_to(browser: Browser, path: str) -> tuple[int | str, bytes]:
    """The status, or what went wrong on the way."""
    try:
        return browser.get(path)
    except OSError as error:
        return type(error).__name__, b""


def each_page_once(browser: Browser, mix: Mix) -> None:
    """What a fresh process does once, reading its index and templates, is done after this."""
    for ask in {(ask.who, ask.page): ask for ask, _ in mix}.values():
        browser.get(ask.path)


def together(parts: Sequence[Answers], took: float) -> Answers:
    whole = Answers(took=took)
    for part in parts:
        for ask, seconds in part.seconds.items():
            whole.seconds.setdefault(ask, []).extend(seconds)
        whole.bodies |= part.bodies
    return whole
