"""Leadership's wishes in the browser."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.core.actor import MUNICIPAL_ROLES, UNIT_ROLES, Actor, Role
from marketplace.core.audit import PastEvent, events_of
from marketplace.core.errors import NotFound
from marketplace.needs.policies import can_see
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.timeline import timeline_rows
from marketplace.wishes import policies, queries, services
from marketplace.wishes.forms import RaiseForm, SayNoForm, TakeOnForm, WithdrawForm
from marketplace.wishes.models import Wish
from marketplace.wishes.states import WISH_LIFECYCLE, Voice, WishEvent, WishMove

blueprint = Blueprint("wishes", __name__, template_folder="templates")

LEADERS = (Role.UNIT_LEADER,)


@blueprint.get("/wishes")
@access(roles(*MUNICIPAL_ROLES))
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    counts = actor.holds(*policies.COUNTERS)
    return render_template(
        "wishes/index.html",
        page=queries.list_wishes(session, actor, page_number()),
        counts=queries.count_raised_by(session, actor) if counts else None,
        voices=Voice,
        way_in=False,
        may_raise=actor.holds(Role.LEADERSHIP),
    )


@blueprint.route("/wishes/new", methods=["GET", "POST"])
@access(roles(Role.LEADERSHIP))
def new() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    led = queries.list_led_municipalities(session, actor)
    municipality = _chosen_municipality(led)
    units = queries.list_units(session, municipality.id)
    form = RaiseForm.for_units(units)
    return form_page(
        form,
        lambda: services.raise_wish(
            session,
            actor,
            municipality=municipality,
            title=form.title.data or "",
            what=form.what.data or "",
            why=form.why.data or "",
            area=form.area.data,
            units=[unit for unit in units if unit.id in (form.units.data or ())],
        ),
        template="wishes/new.html",
        back=Way(url_for("wishes.index"), _("Ønsker fra ledelsen")),
        done=_("Ønsket er meldt. Lederne i enhetene får vite det."),
        municipality=municipality,
        led=led,
    )


@blueprint.get("/wishes/<int:wish_id>")
@access(roles(*MUNICIPAL_ROLES))
def show(wish_id: int) -> ResponseReturnValue:
    session, actor, wish = db_session(), current_actor(), _load(wish_id)
    return render_template(
        "wishes/show.html",
        wish=wish,
        moves=policies.open_moves(actor, wish),
        need_visible=wish.need is not None and can_see(actor, wish.need),
        readable={no.id for no in wish.noes if policies.can_read_no(actor, wish, no)},
        history=timeline_rows(_story(session, actor, wish), WishEvent),
    )


def _story(session: Session, actor: Actor, wish: Wish) -> Iterator[PastEvent]:
    """What has happened; why a unit said no only for those who may read that."""
    hidden = {no.unit_id for no in wish.noes if not policies.can_read_no(actor, wish, no)}
    for past in events_of(session, [wish]):
        said_no = past.event == WishEvent.UNIT_SAID_NO
        yield replace(past, reason=None) if said_no and past.after["unit_id"] in hidden else past


@blueprint.route("/wishes/<int:wish_id>/take-on", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def take_on(wish_id: int) -> ResponseReturnValue:
    session, actor, wish = db_session(), current_actor(), _load(wish_id)
    units = queries.list_answering_units(session, actor, wish)
    form = TakeOnForm.for_units(units, version=wish.version)
    services.expect_may_answer(actor, wish, WishMove.TAKE_ON)
    return form_page(
        form,
        lambda: services.take_on_wish(
            session, actor, wish=wish, version=form.row_version, unit=form.chosen(units)
        ),
        template="wishes/take_on.html",
        back=_back(wish),
        expect=lambda: WISH_LIFECYCLE.check(wish.state, WishMove.TAKE_ON),
        done=_("Ønsket er blitt et utkast til behov. Skriv det slik enheten ser det."),
        to=lambda need: url_for("needs.edit", need_id=need.id, step=1),
    )


@blueprint.route("/wishes/<int:wish_id>/say-no", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def say_no(wish_id: int) -> ResponseReturnValue:
    session, actor, wish = db_session(), current_actor(), _load(wish_id)
    units = queries.list_answering_units(session, actor, wish, LEADERS)
    form = SayNoForm.for_units(units, version=wish.version)
    services.expect_may_answer(actor, wish, WishMove.SAY_NO)
    return form_page(
        form,
        lambda: services.say_no_to_wish(
            session,
            actor,
            wish=wish,
            version=form.row_version,
            unit=form.chosen(units),
            reason=form.reason.data or "",
        ),
        template="wishes/say_no.html",
        back=_back(wish),
        expect=lambda: WISH_LIFECYCLE.check(wish.state, WishMove.SAY_NO),
        done=_("Ledelsen får vite at enheten sier nei, og hvorfor."),
    )


@blueprint.route("/wishes/<int:wish_id>/withdraw", methods=["GET", "POST"])
@access(roles(Role.LEADERSHIP))
def withdraw(wish_id: int) -> ResponseReturnValue:
    session, actor, wish = db_session(), current_actor(), _load(wish_id)
    form = WithdrawForm(data={"version": wish.version})
    services.expect_may_withdraw(actor, wish)
    return form_page(
        form,
        lambda: services.withdraw_wish(
            session, actor, wish=wish, version=form.row_version, reason=form.reason.data or ""
        ),
        template="wishes/withdraw.html",
        back=_back(wish),
        expect=lambda: WISH_LIFECYCLE.check(wish.state, WishMove.WITHDRAW),
        done=_("Ønsket er trukket. Enhetene får vite hvorfor."),
    )


def _back(wish: Wish) -> Way:
    return Way(url_for("wishes.show", wish_id=wish.id), wish.title, wish.language)


def _load(wish_id: int) -> Wish:
    return queries.get_wish(db_session(), current_actor(), wish_id)


def _chosen_municipality(led: Sequence[Organisation]) -> Organisation:
    """The one in the address, or the first: hardly anybody leads more than one."""
    wanted = asked_row("municipality")
    found = [row for row in led if wanted in {None, row.id}]
    if not found:
        raise NotFound
    return found[0]
