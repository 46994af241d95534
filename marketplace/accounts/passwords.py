"""Passwords: hashed with argon2, and refused when they are easy to guess."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.accounts.states import AccountRefusal
from marketplace.core.errors import InvalidField

LEAST_LENGTH = 12
MOST_LENGTH = 200
# Of the most used passwords, those that are long enough to pass the rule of length.
COMMON = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456123456 1234567891011 123412341234
    111111111111 000000000000 121212121212 123123123123 987654321098 qwertyuiopas qwertyuiop12
    qwertyuiop123 qwertyuiopasdf qwerty123456 qwerty1234567 1q2w3e4r5t6y 1q2w3e4r5t6y7u
    1qaz2wsx3edc q1w2e3r4t5y6 asdfghjkl123 asdfghjkl1234 zxcvbnm12345 abcdefghijkl abcdefghijklm
    abcd12345678 abc123456789 aaaaaaaaaaaa password1234 password12345 password123456
    passwordpassword passord12345 passord123456 passord1234567 passordpassord mittpassord1
    mittpassord12 mittpassord123 nyttpassord1 nyttpassord12 nyttpassord123 hemmelig1234
    hemmelighemmelig velkommen123 velkommen1234 velkommen12345 sommer202425 sommer123456
    vinter123456 iloveyou1234 jegelskerdeg jegelskerdeg1 jegelskerdeg123 letmeinletmein
    administrator administrator1 admin1234567 adminadminadmin kommune12345 behovstorget
    behovstorget1 behovstorget123 norge1234567 korrekthestbatteri
    """.split()
)


def hash_password(password: str) -> str:
    return _hasher().hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Takes the same time where there is no account or no password as where there is one."""
    try:
        _hasher().verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    return _hasher().check_needs_rehash(password_hash)


def check_password(password: str, *, email: str, name: str, field: str = "password") -> None:
    """Refuse a password that is short, common, or made of the person's own name or address."""
    plain = password.casefold()
    if len(password) < LEAST_LENGTH:
        raise InvalidField(field, AccountRefusal.PASSWORD_TOO_SHORT, least=LEAST_LENGTH)
    if len(password) > MOST_LENGTH:
        raise InvalidField(field, AccountRefusal.PASSWORD_TOO_LONG, most=MOST_LENGTH)
    if plain in COMMON or len(set(plain)) < 4 or _is_own(plain, email, name):
        raise InvalidField(field, AccountRefusal.PASSWORD_TOO_COMMON)


def _is_own(plain: str, email: str, name: str) -> bool:
    own = {email.casefold(), email.casefold().partition("@")[0], "".join(name.casefold().split())}
    bare = "".join(plain.split()).rstrip("0123456789!.?")
    return plain in own or bare in own


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody has this password")
