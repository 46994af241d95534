"""Replacing somebody who leaves, in all their cases, from one page."""

from collections.abc import Sequence
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from marketplace.accounts import queries as accounts
from marketplace.core.actor import Role
from marketplace.pairings import posts, succession
from marketplace.pairings.blueprint import blueprint
from marketplace.pairings.need_posts import NeedPost
from marketplace.pairings.posts import Post
from marketplace.pairings.succession import AnyPost
from marketplace.pairings.succession_form import succession_form
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number, searched_words


@blueprint.get("/pairings/people")
@access(roles(*posts.REPLACERS))
def people() -> ResponseReturnValue:
    words = searched_words("words")
    page = posts.list_people(db_session(), current_actor(), words=words, page=page_number())
    kept = {"words": words} if words else {}
    return render_template("pairings/people.html", page=page, words=words, kept=kept)


@blueprint.route("/pairings/people/<int:person_id>", methods=["GET", "POST"])
@access(roles(*posts.REPLACERS))
def replace(person_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = posts.get_person(session, actor, person_id)
    theirs = succession.list_all(session, actor, person)
    replaceable = succession.replaceable(theirs)
    form = succession_form(replaceable)
    replaced: list[int] = []
    if form.validate_on_submit() and form.attempt(
        lambda: replaced.append(
            succession.replace_person(session, actor, person=person, successors=form.chosen())
        )
    ):
        flash(_replaced_message(person.name, replaced[0], len(theirs) - len(replaceable)))
        return redirect(url_for("pairings.people"))
    page = render_template("pairings/replace.html", form=form, person=person, **_grouped(theirs))
    return page, 422 if request.method == "POST" else 200


def _grouped(theirs: Sequence[AnyPost]) -> dict[str, list[list[AnyPost]]]:
    """Case by case, and then need by need."""
    cases = [post for post in theirs if isinstance(post, Post)]
    needs = [post for post in theirs if isinstance(post, NeedPost)]
    return {
        "cases": [list(group) for _id, group in groupby(cases, lambda p: p.holder.pairing_id)],
        "needs": [list(group) for _id, group in groupby(needs, lambda p: p.need.id)],
    }


def _replaced_message(name: str, count: int, left: int) -> str:
    """Also how much stays, since nobody else may have it yet."""
    done = ngettext(
        "%(name)s er byttet ut ett sted. De det gjelder, får beskjed.",
        "%(name)s er byttet ut %(num)d steder. De det gjelder, får beskjed.",
        count,
        name=name,
    )
    if not left:
        return done
    return f"{done} " + ngettext(
        "Én rolle står igjen, fordi ingen andre kan ha den ennå.",
        "%(num)d roller står igjen, fordi ingen andre kan ha dem ennå.",
        left,
    )


@blueprint.get("/administration/people/<int:person_id>/cases")
@access(roles(Role.ADMINISTRATOR))
def held_by(person_id: int) -> ResponseReturnValue:
    """An administrator has no say in cases: the page says how many there are, and who has."""
    session = db_session()
    person = accounts.get_person(session, person_id)
    held = posts.list_held(session, person)
    return render_template(
        "pairings/held_by.html",
        person=person,
        held=held,
        replacers=posts.list_replacers(session, held, person),
    )
