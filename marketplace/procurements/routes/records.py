"""What is written down of a procurement: dialogue, package, protocol and purchases."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.clock import today
from marketplace.core.errors import NotAllowed
from marketplace.pairings.pages.names import Names
from marketplace.pairings.queries import shown_people
from marketplace.procurements import policies, queries
from marketplace.procurements.forms import (
    DialogueForm,
    PackageForm,
    ProtocolForm,
    PurchaseForm,
)
from marketplace.procurements.pages.files import (
    file_name,
    package_as_text,
    package_pdf,
    protocol_pdf,
)
from marketplace.procurements.pages.teaching import package_text, sections_of
from marketplace.procurements.routes.blueprint import (
    ADVISERS,
    VIEWERS,
    blueprint,
    the_pairing,
    the_procurement,
    way_to_procurement,
)
from marketplace.procurements.services import records
from marketplace.procurements.services.expectations import (
    expect_adviser,
    expect_bookkeeper,
    expect_handler,
)
from marketplace.procurements.states import ProcurementRefusal, PurchaseKind
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page

# ---------------------------------------------------------------- dialogue


@blueprint.route("/pairings/<int:pairing_id>/procurement/dialogue", methods=["GET", "POST"])
@access(ADVISERS)
def log_dialogue(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = DialogueForm(data={"held_on": today()})
    return form_page(
        form,
        lambda: records.log_dialogue(
            session,
            actor,
            procurement=procurement,
            held_on=form.held_on.data,
            supplier=form.supplier.data or "",
            channel=form.channel.data,
            summary=form.summary.data or "",
            shared=form.shared.data or "",
        ),
        template="procurements/dialogue_form.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_adviser(actor, procurement.pairing),
        done=_("Samtalen er skrevet inn."),
    )


# ---------------------------------------------------------------- what the pilot taught


@blueprint.route("/pairings/<int:pairing_id>/procurement/package", methods=["GET", "POST"])
@access(ADVISERS)
def package(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    text = package_text(session, procurement)
    form = PackageForm(data={"text": text, "version": procurement.version})
    share = request.form.get("do") == "share"
    service = records.share_package if share else records.write_package
    return form_page(
        form,
        lambda: service(
            session,
            actor,
            procurement=procurement,
            version=form.row_version,
            text=form.text.data or "",
        ),
        template="procurements/package_form.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_adviser(actor, procurement.pairing),
        done=_("Teksten er delt. Alle kan lese den nå.") if share else _("Teksten er lagret."),
        procurement=procurement,
    )


@blueprint.get("/pilots-taught/<int:pairing_id>")
@access(PUBLIC)
def taught(pairing_id: int) -> ResponseReturnValue:
    procurement = queries.get_shared_package(db_session(), pairing_id)
    sections = sections_of(procurement.package_text)
    return render_template("procurements/taught.html", procurement=procurement, sections=sections)


@blueprint.get("/pilots-taught/<int:pairing_id>.pdf")
@access(PUBLIC)
def taught_pdf(pairing_id: int) -> ResponseReturnValue:
    procurement = queries.get_shared_package(db_session(), pairing_id)
    name = file_name(_("utproving"), procurement, "pdf")
    return _file(package_pdf(procurement), "application/pdf", name)


@blueprint.get("/pilots-taught/<int:pairing_id>.txt")
@access(PUBLIC)
def taught_text(pairing_id: int) -> ResponseReturnValue:
    procurement = queries.get_shared_package(db_session(), pairing_id)
    name = file_name(_("utproving"), procurement, "txt")
    return _file(package_as_text(procurement).encode(), "text/plain; charset=utf-8", name)


# ---------------------------------------------------------------- the protocol


@blueprint.route("/pairings/<int:pairing_id>/procurement/protocol", methods=["GET", "POST"])
@access(ADVISERS)
def protocol(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = ProtocolForm(obj=procurement)
    return form_page(
        form,
        lambda: records.write_protocol(
            session,
            actor,
            procurement=procurement,
            version=form.row_version,
            texts={name: form[name].data or "" for name in records.PROTOCOL_TEXTS},
            exempt_paragraph=form.exempt_paragraph.data or "",
            exempt_until=form.exempt_until.data,
        ),
        template="procurements/protocol_form.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_adviser(actor, procurement.pairing),
        done=_("Protokollen er lagret."),
    )


@blueprint.get("/pairings/<int:pairing_id>/procurement/protocol.pdf")
@access(VIEWERS)
def protocol_file(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    procurement = the_procurement(pairing_id)
    if not policies.can_read_protocol(actor, procurement, today()):
        raise NotAllowed(ProcurementRefusal.WITHHELD)
    names = Names(shown_people(session, actor, procurement.pairing))
    name = file_name(_("protokoll"), procurement, "pdf")
    return _file(protocol_pdf(procurement, names), "application/pdf", name)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, content_type=kind, headers=headers)


# ---------------------------------------------------------------- purchases


@blueprint.route("/pairings/<int:pairing_id>/procurement/purchases", methods=["GET", "POST"])
@access(ADVISERS)
def record_purchase(pairing_id: int) -> ResponseReturnValue:
    """The payment of the agreement in force is proposed until it has been recorded."""
    session, actor, pairing = db_session(), current_actor(), the_pairing(pairing_id)
    expect_handler(actor, pairing)
    payment = None if queries.list_purchases(session, pairing) else (
        queries.agreed_payment(session, pairing)
    )  # fmt: skip
    proposed = {"kind": PurchaseKind.PILOT, "amount": payment} if payment else {}
    form = PurchaseForm.about(
        queries.list_units_to_book(session, pairing),
        queries.list_suppliers(session, pairing),
        bought_on=today(),
        **proposed,
    )
    return form_page(
        form,
        lambda: records.record_purchase(
            session,
            actor,
            pairing=pairing,
            unit_id=form.chosen_unit,
            supplier=form.chosen_supplier,
            kind=form.kind.data,
            amount=form.amount.data,
            bought_on=form.bought_on.data,
            note=form.note.data or "",
        ),
        template="procurements/purchase_form.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_bookkeeper(actor, pairing),
        done=_("Kjøpet er skrevet inn."),
        pairing=pairing,
        payment=payment,
    )
