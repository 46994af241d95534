"""Settings: production refuses to start with anything missing, and names the variable."""

from pathlib import Path

import pytest

from marketplace.config import ConfigError, Mode, load_settings

PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "k" * 32,
    "DATABASE_URL": "postgresql://db.example/behov",
    "PUBLIC_URL": "https://behov.example",
    "SMTP_URL": "smtp://mail.example:25",
}


def test_production_starts_with_everything_set(tmp_path: Path) -> None:
    settings = load_settings(PRODUCTION | {"INSTANCE_DIR": str(tmp_path)})
    assert settings.mode is Mode.PRODUCTION
    assert settings.database_url == "postgresql+psycopg://db.example/behov"
    assert settings.secure_cookies
    assert not settings.demo
    assert settings.audit_anchors == tmp_path / "audit-anchors.jsonl"
    assert settings.audit_anchors_mail is None


def test_the_anchors_can_be_elsewhere(tmp_path: Path) -> None:
    elsewhere = {
        "AUDIT_ANCHORS": str(tmp_path / "a"),
        "AUDIT_ANCHORS_MAIL": "arkiv@kommune.example",
    }
    settings = load_settings(PRODUCTION | elsewhere | {"INSTANCE_DIR": str(tmp_path)})
    assert settings.audit_anchors == tmp_path / "a"
    assert settings.audit_anchors_mail == "arkiv@kommune.example"


@pytest.mark.parametrize("variable", ["SECRET_KEY", "DATABASE_URL", "PUBLIC_URL", "SMTP_URL"])
def test_production_names_what_is_missing(variable: str, tmp_path: Path) -> None:
    environment = {k: v for k, v in PRODUCTION.items() if k != variable}
    with pytest.raises(ConfigError, match=variable):
        load_settings(environment | {"INSTANCE_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MODE", "test"),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://db.example/behov"),
        ("PUBLIC_URL", "http://behov.example"),
        ("PUBLIC_URL", "behov.example"),
        ("SMTP_URL", "mail.example"),
        ("SESSION_IDLE_HOURS", "0"),
        ("SESSION_IDLE_HOURS", "two"),
        ("DEMO", "1"),
        ("AUDIT_ANCHORS", "/"),
        ("AUDIT_ANCHORS_MAIL", "arkivar"),
        ("AUDIT_ANCHORS_MAIL", "a@kommune.example, b@kommune.example"),
    ],
)
def test_a_wrong_setting_is_named(variable: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=variable):
        load_settings(PRODUCTION | {variable: value, "INSTANCE_DIR": str(tmp_path)})


def test_development_makes_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    first = load_settings({"INSTANCE_DIR": str(tmp_path)})
    again = load_settings({"INSTANCE_DIR": str(tmp_path)})
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) > 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
