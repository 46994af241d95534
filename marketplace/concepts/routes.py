"""Concepts in the browser: one's own, and one at a time for people of a municipality."""

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import policies, queries, services
from marketplace.concepts.forms import ConceptFields, ConceptForm, ConceptTargetForm, NewConceptForm
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptEvent, ConceptMove, ConceptRefusal, ConceptState
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.core.errors import NotFound
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.ui.access import SIGNED_IN, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.forms import VersionedForm
from marketplace.ui.last_look import LastLook
from marketplace.ui.marks import may_repeat
from marketplace.ui.target_group import in_words
from marketplace.ui.timeline import timeline_rows

blueprint = Blueprint("concepts", __name__, template_folder="templates")

OWNERS = roles(Role.ENTREPRENEUR)


@blueprint.get("/concepts")
@access(OWNERS)
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    page = queries.list_own_concepts(session, actor, page_number())
    organisations = queries.list_own_organisations(session, actor)
    return render_template("concepts/index.html", page=page, organisations=organisations)


@blueprint.route("/concepts/new", methods=["GET", "POST"])
@access(OWNERS)
def create() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    organisations = queries.list_own_organisations(session, actor)
    form = NewConceptForm.for_organisations(organisations)
    return form_page(
        form,
        lambda: services.create_concept(
            session, actor, organisation_id=form.organisation_id.data, content=form.content
        ),
        template="concepts/new.html",
        back=Way(url_for("concepts.index"), _("Mine konsepter")),
        done=_("Utkastet er lagret."),
        to=_page_of,
        organisations=organisations,
    )


@blueprint.get("/concepts/<int:concept_id>")
@access(SIGNED_IN)
def show(concept_id: int) -> ResponseReturnValue:
    session, actor, concept = db_session(), current_actor(), _load(concept_id)
    own = policies.can_write(actor, concept)
    history = events_of(session, [concept]) if own else []
    held = own and queries.is_held(session, concept)
    kept = {ConceptMove.ARCHIVE, ConceptMove.REOPEN} if held else set()
    return render_template(
        "concepts/show.html",
        concept=concept,
        own=own,
        need=_asked_from(),
        places=queries.list_places(session, concept) if own or concept.offered_in else [],
        editable=policies.can_edit(actor, concept),
        moves=policies.open_moves(actor, concept) - kept,
        held=held,
        required=queries.required_points(concept) if concept.state is ConceptState.DRAFT else [],
        missing=queries.missing_points(concept),
        history=timeline_rows(history, ConceptEvent),
    )


@blueprint.route("/concepts/<int:concept_id>/edit", methods=["GET", "POST"])
@access(OWNERS)
def edit(concept_id: int) -> ResponseReturnValue:
    session, actor, concept = db_session(), current_actor(), _load(concept_id)
    form = ConceptForm(obj=concept)
    services.expect_owner(actor, concept)
    if not form.is_submitted():
        form.point_out_personal_data(queries.TEXTS, ConceptRefusal.PERSONAL_DATA)
    return form_page(
        form,
        lambda: services.save_concept(
            session, actor, concept=concept, version=form.row_version, content=form.content
        ),
        template="concepts/edit.html",
        back=Way(_page_of(concept), concept.title or _("Uten tittel"), concept.language),
        expect=lambda: services.check_editable(concept),
        done=_("Endringene er lagret."),
        concept=concept,
    )


@blueprint.route("/concepts/<int:concept_id>/target-group", methods=["GET", "POST"])
@access(OWNERS)
def confirm_target(concept_id: int) -> ResponseReturnValue:
    session, actor, concept = db_session(), current_actor(), _load(concept_id)
    services.expect_owner(actor, concept)
    form = ConceptTargetForm(obj=concept)
    form.offer_places(queries.municipalities(session))
    return form_page(
        form,
        lambda: services.confirm_target(
            session,
            actor,
            concept=concept,
            version=form.row_version,
            target=form.target,
            places=form.chosen_places,
        ),
        template="concepts/target_group.html",
        back=Way(_page_of(concept), concept.title or _("Uten tittel"), concept.language),
        expect=lambda: services.check_editable(concept),
        done=_("Takk. Nå vet vi hvem konseptet er for."),
    )


@blueprint.post("/concepts/read-target-group")
@access(OWNERS)
@may_repeat
def read_target() -> ResponseReturnValue:
    """What is read of a text that is being typed, as a fragment. Nothing is kept."""
    content = ConceptFields(meta={"csrf": False}).content
    target, places = services.read_target(db_session(), content)
    return render_template("concepts/_read.html", words=in_words(target), places=places)


@blueprint.post("/concepts/<int:concept_id>/publish")
@access(OWNERS)
def publish(concept_id: int) -> ResponseReturnValue:
    concept, version = _load(concept_id), VersionedForm().row_version
    services.publish_concept(db_session(), current_actor(), concept=concept, version=version)
    return _to_concept(concept, _("Konseptet er publisert."))


@blueprint.route("/concepts/<int:concept_id>/archive", methods=["GET", "POST"])
@access(OWNERS)
def archive(concept_id: int) -> ResponseReturnValue:
    session, actor, concept = db_session(), current_actor(), _load(concept_id)
    services.expect_owner(actor, concept)
    form = VersionedForm(obj=concept)
    return form_page(
        form,
        lambda: services.archive_concept(session, actor, concept=concept, version=form.row_version),
        template="ui/one_button.html",
        back=Way(_page_of(concept), concept.title or _("Uten tittel"), concept.language),
        expect=lambda: services.expect_archivable(concept),
        done=_("Konseptet er arkivert."),
        last_look=lambda: LastLook(
            _("Arkiver konseptet"),
            _(
                "Et arkivert konsept foreslås ikke for noe behov, og andre finner det ikke. Det som"
                " alt er skrevet i saker, blir stående. Du kan gjøre det til et utkast igjen."
            ),
            _("Arkiver konseptet"),
            facts=[(_("Konsept"), concept.title or _("Uten tittel"))],
        ),
    )


@blueprint.post("/concepts/<int:concept_id>/reopen")
@access(OWNERS)
def reopen(concept_id: int) -> ResponseReturnValue:
    concept, version = _load(concept_id), VersionedForm().row_version
    services.reopen_concept(db_session(), current_actor(), concept=concept, version=version)
    return _to_concept(concept, _("Konseptet er et utkast igjen."))


def _load(concept_id: int) -> Concept:
    return queries.get_concept(db_session(), current_actor(), concept_id)


def _page_of(concept: Concept) -> str:
    return url_for("concepts.show", concept_id=concept.id)


def _to_concept(concept: Concept, done: str) -> ResponseReturnValue:
    flash(done)
    return redirect(_page_of(concept))


def _asked_from() -> Need | None:
    """The need that the person came from, where they may see it."""
    need_id = asked_row("need")
    if need_id is not None:
        with suppress(NotFound):
            return needs.get_need(db_session(), current_actor(), need_id)
    return None
