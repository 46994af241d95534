"""Pages on which an administrator edits what new agreements start from."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.states import Language
from marketplace.agreements import queries, starting_text
from marketplace.agreements.content import TEXTS
from marketplace.agreements.forms.draft import mark_language
from marketplace.agreements.forms.templates import PLACES, TemplateForm
from marketplace.agreements.routes.blueprint import blueprint
from marketplace.agreements.services.templates import save_template
from marketplace.agreements.states import AgreementEvent
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.core.errors import NotFound
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.timeline import timeline_rows

ENDPOINT = "agreements.templates"
ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@blueprint.get("/administration/agreement-templates")
@access(ADMINISTRATORS)
def templates() -> ResponseReturnValue:
    session = db_session()
    rows = {
        language: queries.find_template(session, language)
        for language in starting_text.WRITTEN_FORMS
    }
    return render_template("agreements/templates.html", rows=rows)


@blueprint.route("/administration/agreement-templates/<code>", methods=["GET", "POST"])
@access(ADMINISTRATORS)
def edit_template(code: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    language = _written_form(code)
    row = queries.find_template(session, language)
    texts = starting_text.template_texts(session, language)
    form = TemplateForm(data={**texts, "version": row.version if row else 0})
    mark_language(form, language)
    return form_page(
        form,
        lambda: save_template(
            session,
            actor,
            language=language,
            version=form.row_version,
            texts={name: form[name].data or "" for name in TEXTS},
        ),
        template="agreements/template.html",
        back=Way(url_for(ENDPOINT), _("Avtalemaler")),
        done=_("Malen er lagret. Nye avtaler starter med den. Avtaler som finnes, endres ikke."),
        language=language,
        places=PLACES,
        happened=timeline_rows(events_of(session, [row]) if row else [], AgreementEvent),
    )


def _written_form(code: str) -> Language:
    if code not in starting_text.WRITTEN_FORMS:
        raise NotFound
    return Language(code)
