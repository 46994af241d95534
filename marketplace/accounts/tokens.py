"""What is secret or signed: session tokens, one-time links, and keys to count by.

Nothing that opens a door is stored: of a session and of a link the database has a hash. What is
mailed of a link is also signed, for its secret waits in the outbox until the mail has left.
"""

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, URLSafeSerializer

LINK_SALT = "one-time-link"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def counted_key(secret_key: str, what: str, value: str) -> str:
    """A key to count attempts by, from which an e-mail or network address cannot be read."""
    message = f"{what}:{value.casefold()}".encode()
    return hmac.new(secret_key.encode(), message, hashlib.sha256).hexdigest()


def link_token(secret_key: str, secret: str) -> str:
    return str(_signer(secret_key).dumps(secret))


def read_link_token(secret_key: str, token: str) -> str | None:
    """The secret of the link that was signed; None for a token that we did not make."""
    try:
        secret = _signer(secret_key).loads(token)
    except BadSignature:
        return None
    return secret if isinstance(secret, str) else None


def link_path(token: str) -> str:
    """Where the link leads; put the public address of the site before it."""
    return f"/link/{token}"


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret_key, salt=LINK_SALT, signer_kwargs={"digest_method": hashlib.sha256}
    )
