"""Cookies: all of one make. With https the browser itself holds each to this host alone."""

from typing import cast

from flask import Response, current_app

from marketplace.config import Settings

YEAR_SECONDS = 365 * 24 * 60 * 60


def cookie_name(name: str) -> str:
    return _settings().cookie_name(name)


def set_cookie(response: Response, name: str, value: str, *, seconds: int) -> None:
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=_settings().secure_cookies,
    )


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
