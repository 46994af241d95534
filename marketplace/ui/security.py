"""Who asks, from where and in which request; refusals and exports as security events."""

from flask import Flask, Response, has_request_context, request

from marketplace.core import security_log
from marketplace.core.errors import NotAllowed, Refused
from marketplace.core.security_log import Known, SecurityEvent
from marketplace.ui.context import current_actor, request_id


def install(app: Flask) -> None:
    security_log.tell_origin(_origin)
    app.after_request(_note_export)


def _origin() -> Known:
    if not has_request_context():
        return {}
    return {
        "request": request_id(),
        "who": current_actor().person_id,
        "from": request.remote_addr,
        "method": request.method,
        "endpoint": request.endpoint,
    }


def note_refusal(refused: Refused) -> None:
    """Refused for who the person is; what only comes at a wrong moment is no security event."""
    if isinstance(refused, NotAllowed):
        security_log.write(SecurityEvent.REFUSED, reason=str(refused.code), **_rows())


def _note_export(response: Response) -> Response:
    disposition = response.headers.get("Content-Disposition", "")
    if response.status_code == 200 and disposition.startswith("attachment"):
        security_log.write(SecurityEvent.EXPORTED, **_rows())
    return response


def _rows() -> dict[str, int]:
    """The rows that the address names; a secret in it is no number."""
    given = (request.view_args or {}).items()
    return {name: value for name, value in given if isinstance(value, int)}
