"""The vocabulary in the browser of an administrator."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.core.audit import events_of
from marketplace.core.errors import InvalidField
from marketplace.ui.access import access, roles
from marketplace.ui.again import BackToForm
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number, searched_words
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.timeline import timeline_rows
from marketplace.vocabulary import queries, services
from marketplace.vocabulary.forms import (
    LONGEST_LIST,
    FileForm,
    GroupForm,
    GroupsForm,
    SearchForm,
    SwitchForm,
)
from marketplace.vocabulary.models import WordGroup
from marketplace.vocabulary.pages import left_out_lines, lines_of
from marketplace.vocabulary.policies import KEEPERS
from marketplace.vocabulary.services import Sifted
from marketplace.vocabulary.states import VocabularyEvent, VocabularyRefusal
from marketplace.vocabulary.uploads import LARGEST_FILE, read_file
from matching.thesaurus.skos import write_skos

MEDIA_TYPES = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}

blueprint = Blueprint("vocabulary", __name__, template_folder="templates")


@blueprint.get("/administration/vocabulary")
@access(roles(*KEEPERS))
def index() -> ResponseReturnValue:
    words = searched_words("q")
    page = queries.find_entries(db_session(), words, page_number())
    kept = {"q": words} if words else {}
    return render_template(
        "vocabulary/index.html", page=page, kept=kept, form=SearchForm(request.args)
    )


@blueprint.route("/administration/vocabulary/new", methods=["GET", "POST"])
@access(roles(*KEEPERS))
def add() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), GroupForm()
    return form_page(
        form,
        lambda: services.add_group(
            session, actor, words=form.listed, reason=form.reason.data or ""
        ),
        template="vocabulary/new.html",
        back=_way(),
        done=_("Ordene er lagt til. Treffene blir regnet ut på nytt."),
        to=_page_of,
    )


@blueprint.route("/administration/vocabulary/import", methods=["GET", "POST"])
@access(roles(*KEEPERS))
def import_file() -> ResponseReturnValue:
    """Nothing counts before what was read has been looked through."""
    form = FileForm()

    def read() -> Sifted:
        if not form.file.data:
            raise InvalidField("file", VocabularyRefusal.FILE_MISSING)
        content = form.file.data.read(LARGEST_FILE + 1)
        groups = read_file(form.file.data.filename or "", content)
        sifted = services.sift(db_session(), current_actor(), groups)
        if len(lines_of(sifted)) > LONGEST_LIST:
            raise InvalidField("file", VocabularyRefusal.FILE_TOO_LARGE)
        return sifted

    return form_page(form, read, template="vocabulary/import.html", back=_way(), to=_look_through)


def _look_through(sifted: Sifted) -> BackToForm:
    values = {"groups": lines_of(sifted), "left_out": left_out_lines(sifted)}
    return GroupsForm(formdata=None).begin_with(values, url_for("vocabulary.import_groups"))


@blueprint.route("/administration/vocabulary/import/groups", methods=["GET", "POST"])
@access(roles(*KEEPERS))
def import_groups() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), GroupsForm()
    return form_page(
        form,
        lambda: services.add_groups(
            session, actor, groups=form.listed, reason=form.reason.data or ""
        ),
        template="vocabulary/import_groups.html",
        back=Way(url_for("vocabulary.import_file"), _("Les inn en SKOS-fil")),
        to=url_for("vocabulary.index"),
        done=lambda added: ngettext(
            "%(num)d gruppe av ord er lagt til.", "%(num)d grupper av ord er lagt til.", len(added)
        ),
        left_out=(form.left_out.data or "")[:LONGEST_LIST].splitlines(),
    )


@blueprint.get("/administration/vocabulary.<any(ttl, rdf, jsonld):kind>")
@access(roles(*KEEPERS))
def export(kind: str) -> ResponseReturnValue:
    """What counts now."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"ordliste.{kind}")
        write_skos(queries.current_thesaurus(db_session()), path)
        content = path.read_bytes()
    headers = {"Content-Disposition": f"attachment; filename={path.name}"}
    return Response(content, mimetype=MEDIA_TYPES[kind], headers=headers)


@blueprint.get("/administration/vocabulary/<name>")
@access(roles(*KEEPERS))
def show(name: str) -> ResponseReturnValue:
    session = db_session()
    entry = queries.get_entry(session, name)
    history = events_of(session, [entry.row]) if entry.row else []
    return render_template(
        "vocabulary/show.html", entry=entry, history=timeline_rows(history, VocabularyEvent)
    )


@blueprint.route("/administration/vocabulary/<name>/switch", methods=["GET", "POST"])
@access(roles(*KEEPERS))
def switch(name: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    entry = queries.get_entry(session, name)
    off = not entry.is_off
    form = SwitchForm(data={"version": entry.row.version if entry.row else 0})
    return form_page(
        form,
        lambda: services.switch(
            session, actor, entry=entry, version=form.row_version, off=off,
            reason=form.reason.data or "",
        ),
        template="vocabulary/switch.html",
        back=Way(url_for("vocabulary.show", name=name), entry.group.label),
        done=_("Ordene er slått av.") if off else _("Ordene er slått på."),
        entry=entry,
    )  # fmt: skip


def _way() -> Way:
    return Way(url_for("vocabulary.index"), _("Ordliste"))


def _page_of(row: WordGroup) -> str:
    return url_for("vocabulary.show", name=row.name)
