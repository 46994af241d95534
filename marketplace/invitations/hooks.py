"""What invitations add to other features, and to the application."""

from flask import Flask

from marketplace.invitations import pages
from marketplace.invitations.labels import LABELS
from marketplace.invitations.messages import MESSAGES
from marketplace.invitations.routes import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    SLOTS["match.actions"].add(pages.invite_action, 20)
    SLOTS["need.sections"].add(pages.invitations_in_need, 15)
    SLOTS["interest.form"].add(pages.line_over_answer, 10)
