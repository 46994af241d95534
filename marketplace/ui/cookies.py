"""Cookies: all of one make. With https the browser itself holds each to this host alone."""

from flask import Response

from marketplace.ui.context import current_settings

YEAR_SECONDS = 365 * 24 * 60 * 60


def cookie_name(name: str) -> str:
    return current_settings().cookie_name(name)


def set_cookie(response: Response, name: str, value: str, *, seconds: int) -> None:
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=current_settings().secure_cookies,
    )
