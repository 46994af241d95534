"""The gate: an endpoint that does not declare who may use it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import fresh_login_required

from marketplace.core.actor import Actor, Role
from marketplace.core.errors import NotAllowed
from marketplace.ui.context import current_actor

View = TypeVar("View", bound=Callable[..., Any])


class AccessRefusal(StrEnum):
    ROLE_MISSING = "role_missing"
    NOT_DECLARED = "not_declared"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call an endpoint at all; policies in the services decide the rest."""

    public: bool = False
    roles: frozenset[Role] = frozenset()
    fresh: bool = False
    """Only shortly after the password was given: for what is worth most to a thief."""

    def admits(self, actor: Actor) -> bool:
        if self.public:
            return True
        return actor.signed_in and (not self.roles or actor.holds(*self.roles))

    def __str__(self) -> str:
        if self.public:
            return "public"
        who = ", ".join(sorted(self.roles)) or "signed in"
        return f"{who}, freshly" if self.fresh else who


PUBLIC = Rule(public=True)
SIGNED_IN = Rule()


def roles(*allowed: Role) -> Rule:
    return Rule(roles=frozenset(allowed))


def access(rule: Rule, *, fresh: bool = False) -> Callable[[View], View]:
    """Declare who may use the endpoint. Put it under the route decorator."""

    def declare(view: View) -> View:
        declared = fresh_login_required(view) if fresh else view
        declared.access_rule = replace(rule, fresh=fresh)  # type: ignore[attr-defined]  # read back by rule_of
        return declared

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    if endpoint.rpartition(".")[2] == "static":
        return PUBLIC
    rule = getattr(app.view_functions[endpoint], "access_rule", None)
    return rule if isinstance(rule, Rule) else None


def guard_request(sign_in_page: Callable[[], ResponseReturnValue]) -> ResponseReturnValue | None:
    """Before every request: let through, ask to sign in, or refuse."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise NotAllowed(AccessRefusal.NOT_DECLARED)
    actor = current_actor()
    if rule.admits(actor):
        return None
    if not actor.signed_in:
        return sign_in_page()
    raise NotAllowed(AccessRefusal.ROLE_MISSING, roles=tuple(sorted(rule.roles)))
