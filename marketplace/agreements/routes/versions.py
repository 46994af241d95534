"""Reading an agreement: its versions, one as a file, and two side by side."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from marketplace.agreements import queries
from marketplace.agreements.pages import pdf, version
from marketplace.agreements.pages.difference import compare
from marketplace.agreements.routes.blueprint import VIEWERS, blueprint
from marketplace.core.errors import NotFound
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row


@blueprint.get("/pairings/<int:pairing_id>/agreement")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    return _version_page(pairing_id)


@blueprint.get("/pairings/<int:pairing_id>/agreement/versions/<int:number>")
@access(VIEWERS)
def show_version(pairing_id: int, number: int) -> ResponseReturnValue:
    return _version_page(pairing_id, number)


def _version_page(pairing_id: int, number: int | None = None) -> str:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    values = version.values_for(session, actor, pairing, number)
    template = "agreements/show.html" if values["agreement"] else "agreements/none.html"
    return render_template(template, **values)


@blueprint.get("/pairings/<int:pairing_id>/agreement/versions/<int:number>/pdf")
@access(VIEWERS)
def download(pairing_id: int, number: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = queries.get_case(session, actor, pairing_id)
    agreement = queries.get_version(session, pairing.id, number)
    name = pdf.file_name(agreement)
    return Response(
        pdf.agreement_pdf(agreement),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/pairings/<int:pairing_id>/agreement/difference")
@access(VIEWERS)
def difference(pairing_id: int) -> ResponseReturnValue:
    """Any two versions side by side; without a choice the last two."""
    session = db_session()
    pairing = queries.get_case(session, current_actor(), pairing_id)
    versions = queries.list_versions(session, pairing.id)
    if len(versions) < 2:
        raise NotFound
    numbered = {agreement.number: agreement for agreement in versions}
    later = numbered.get(asked_row("to") or 0, versions[0])
    earlier = numbered.get(asked_row("from") or 0, versions[1])
    return render_template(
        "agreements/difference.html",
        pairing=pairing,
        versions=versions,
        earlier=earlier,
        later=later,
        pairs=compare(earlier, later),
    )
