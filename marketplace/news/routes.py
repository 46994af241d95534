"""What a person follows, in the browser."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries as accounts
from marketplace.core.errors import NotFound
from marketplace.needs import queries as needs
from marketplace.needs.forms.filters import FilterForm
from marketplace.news import queries
from marketplace.news.pages import address_of
from marketplace.news.services import following
from marketplace.ui.access import SIGNED_IN, access
from marketplace.ui.context import current_actor, db_session

blueprint = Blueprint("news", __name__, template_folder="templates")


@blueprint.get("/following")
@access(SIGNED_IN)
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    return render_template(
        "news/index.html",
        follows=queries.list_follows(session, actor),
        searches=queries.list_searches(session, actor),
        address_of=address_of,
    )


@blueprint.post("/needs/<int:need_id>/follow")
@access(SIGNED_IN)
def follow_need(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    following.follow_need(session, actor, need=need)
    flash(_("Du følger behovet. Du får vite det når noe blir lagt til eller besvart."))
    return redirect(url_for("needs.show", need_id=need.id), 303)


@blueprint.post("/units/<int:unit_id>/follow")
@access(SIGNED_IN)
def follow_unit(unit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    unit = accounts.get_unit(session, unit_id)
    following.follow_unit(session, actor, unit=unit)
    flash(_("Du følger enheten. Du får vite det når den publiserer et behov."))
    return redirect(url_for("accounts.show_unit", unit_id=unit.id), 303)


@blueprint.post("/following/<int:follow_id>/end")
@access(SIGNED_IN)
def end_follow(follow_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    follow = queries.get_follow(session, actor, follow_id)
    following.end_follow(session, actor, follow=follow)
    flash(_("Du følger det ikke lenger."))
    return redirect(url_for("news.index"), 303)


@blueprint.post("/searches")
@access(SIGNED_IN)
def save_search() -> ResponseReturnValue:
    """What stands in the address, as in that of the list."""
    session, actor = db_session(), current_actor()
    wanted = FilterForm(request.args).wanted()
    known = {row.id for row in needs.list_municipalities(session)}
    if wanted.municipality_id not in known | {None}:
        raise NotFound
    search = following.save_search(session, actor, wanted=wanted)
    flash(_("Søket er lagret. Du får vite det når et nytt behov passer."))
    return redirect(url_for("needs.index", **address_of(search)), 303)


@blueprint.post("/searches/<int:search_id>/end")
@access(SIGNED_IN)
def end_search(search_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    search = queries.get_search(session, actor, search_id)
    following.end_search(session, actor, search=search)
    flash(_("Søket er slettet."))
    return redirect(url_for("news.index"), 303)
