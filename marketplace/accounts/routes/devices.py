"""The browser that somebody uses: its name, and whether it has been signed in to an account before.

The cookie gives no access. It lets its owner try a password while strangers use up the tries of
others, so it names the accounts by keyed hashes, signed, and the device by a random word.
"""

from dataclasses import dataclass

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from marketplace.accounts.identifiers import same_email
from marketplace.accounts.tokens import counted_key, new_token
from marketplace.ui.cookies import YEAR_SECONDS, cookie_name, set_cookie

DEVICE_COOKIE = "device"
MOST_ACCOUNTS = 8

SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def device_name() -> str:
    """The browser and system in two words, so that a person knows their own devices."""
    agent = request.user_agent.string
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


@dataclass(frozen=True, slots=True)
class Device:
    word: str
    accounts: tuple[str, ...] = ()


def known_device(email: str) -> str:
    """The word of this device if it has been signed in to the account; else nothing."""
    device = _this_device()
    return device.word if _account(email) in device.accounts else ""


def remember_device(response: Response, email: str) -> None:
    device, account = _this_device(), _account(email)
    others = [known for known in device.accounts if known != account]
    accounts = [account, *others][:MOST_ACCOUNTS]
    value = str(_signer().dumps([device.word, accounts]))
    set_cookie(response, DEVICE_COOKIE, value, seconds=YEAR_SECONDS)


def _this_device() -> Device:
    """As its cookie says; a new one where there is none that we made."""
    try:
        cookie = request.cookies.get(cookie_name(DEVICE_COOKIE), "")
        word, accounts = _signer().loads(cookie, max_age=YEAR_SECONDS)
    except BadData:
        return Device(new_token())
    return Device(word, tuple(accounts))


def _account(email: str) -> str:
    return counted_key(str(current_app.secret_key), DEVICE_COOKIE, same_email(email))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known-device")
