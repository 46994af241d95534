"""A known password, and hashing that costs the tests nothing."""

import pytest
from argon2 import PasswordHasher

from marketplace.accounts import passwords

PASSWORD = "fire gode ord her"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD_HASH = QUICK.hash(PASSWORD)
NOBODYS_HASH = QUICK.hash("nobody has this password")


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", lambda: QUICK)
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: NOBODYS_HASH)
