"""The `marketplace` command: what an operator does from a shell."""

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy.exc import OperationalError

from marketplace.config import ConfigError, Settings, load_settings
from marketplace.core.cleaning import clean_line
from marketplace.core.engine import UNHURRIED, Database
from marketplace.core.errors import NotReady, Refused
from marketplace.core.security_log import LogLines

if TYPE_CHECKING:
    from marketplace.matches.services.reading import TextReader


class PlainGroup(click.Group):
    """Says in a line what an operator has to mend, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except NotReady as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            raise click.ClickException(
                f"The database does not do what it is asked: {str(error.orig).strip()}"
            ) from error


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Behovstorget: a needs-matching marketplace."""
    lines = logging.StreamHandler()
    lines.setFormatter(LogLines())
    logging.basicConfig(level=logging.INFO, handlers=[lines])
    # Alembic and the like tell what a person who only starts the site need not read.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        context.obj = load_settings()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the database to the newest migration."""
    from marketplace.core.migrate import upgrade

    upgrade(_unhurried(settings).engine)


def _unhurried(settings: Settings) -> Database:
    return Database(settings.database_url, limits=UNHURRIED)


def _expect_ready(settings: Settings) -> None:
    """Refuse to work on a database of another version, or by a clock that is wrong."""
    from marketplace.core.migrate import expect_migrated
    from marketplace.core.schedule import expect_same_time

    database = Database(settings.database_url, limits=settings.database_limits)
    expect_migrated(database.engine)
    with database.reading() as session:
        expect_same_time(session)
    database.engine.dispose()


@cli.command("make-migration")
@click.argument("number")
@click.argument("message")
@click.pass_obj
def make_migration(settings: Settings, number: str, message: str) -> None:
    """Write migration NUMBER from what the models have that the database has not."""
    from marketplace.core.migrate import make_revision

    make_revision(Database(settings.database_url).engine, number, message)


@cli.command("check-migrations")
def check_migrations() -> None:
    """Fail when the migrations do not give the same tables as the models (on SQLite)."""
    import tempfile
    from pathlib import Path

    from marketplace.core.migrate import differences, upgrade
    from marketplace.models import metadata

    with tempfile.TemporaryDirectory() as folder:
        migrated = Database(f"sqlite:///{Path(folder) / 'migrated.db'}").engine
        created = Database(f"sqlite:///{Path(folder) / 'created.db'}").engine
        upgrade(migrated)
        metadata.create_all(created)
        found = differences(migrated, created, metadata)
        migrated.dispose()
        created.dispose()
    if found:
        raise click.ClickException("migrations and models differ:\n" + "\n".join(found))
    click.echo("Migrations give the tables of the models.")


@cli.command("verify-audit")
@click.pass_obj
def verify_audit(settings: Settings) -> None:
    """Check every chain of the audit trail, also against the anchors; exit 1 on a fault."""
    from marketplace.core.audit_anchors import read_anchors
    from marketplace.core.audit_check import check_trail

    if not settings.audit_anchors.exists():
        click.echo(f"No anchors in {settings.audit_anchors}: a missing end would not be seen.")
    anchors = read_anchors(settings.audit_anchors)
    database = Database(settings.database_url)
    with database.reading_portions() as session:
        result = check_trail(session, anchors)
    database.engine.dispose()
    click.echo(
        f"Checked {result.events} events in {result.chains} chains,"
        f" against {result.anchors} anchors."
    )
    if result.emptied:
        click.echo("Emptied: " + ", ".join(map(str, result.emptied)))
    for fault in result.faults:
        click.echo(f"{fault.kind}: {fault.says}", err=True)
    if result.faults:
        raise click.ClickException(f"{len(result.faults)} faults: the audit trail does not hold.")
    click.echo("The audit trail holds.")


@cli.command()
@click.option(
    "--scale",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    help="Then add made-up texts until N needs and N concepts are published (1 to 1 000 000).",
)
@click.pass_obj
def demo(settings: Settings, scale: int | None) -> None:
    """Fill an empty database with demo data; leave any other database alone.

    With --scale N it becomes large enough to measure with. Run again, it adds only what is missing.
    """
    _expect_ready(settings)
    _fill_demo(settings)
    if scale is not None:
        _scale_demo(settings, scale)


def _fill_demo(settings: Settings) -> None:
    from marketplace.app import create_app
    from marketplace.demo.load import fill_if_empty

    if settings.production:
        raise click.ClickException("Demo data cannot be loaded when MODE=production.")
    app = create_app(settings)  # for the reactions of the features, by which cases go on
    if fill_if_empty(app.database):
        click.echo("The database was empty: demo data is in.")


def _scale_demo(settings: Settings, size: int) -> None:
    from marketplace.demo.scale import NotTheDemo, fill_up

    try:
        added = fill_up(_unhurried(settings), size)
    except NotTheDemo as error:
        raise click.ClickException(
            "This database holds other data than the demo's: nothing is added."
            " Name an empty one in DATABASE_URL."
        ) from error
    click.echo(
        f"Added {added.needs} needs and {added.concepts} concepts:"
        f" there are at least {size} published ones of each."
    )


@cli.command("create-administrator")
@click.argument("email")
@click.argument("name")
@click.pass_obj
def create_administrator(settings: Settings, email: str, name: str) -> None:
    """Make the first administrator, and print the address where they choose a password."""
    from marketplace.accounts.services.people import invite_first_administrator

    _expect_ready(settings)
    with Database(settings.database_url).writing() as session:
        try:
            path = invite_first_administrator(
                session,
                email=clean_line(email),
                name=clean_line(name),
                secret_key=settings.secret_key,
            )
        except Refused as refused:
            raise click.ClickException(_in_words(settings, refused)) from refused
        session.commit()
    click.echo(f"{settings.public_url}{path}")


def _in_words(settings: Settings, refused: Refused) -> str:
    from marketplace.app import create_app
    from marketplace.ui.labels import refusal_text

    with create_app(settings).test_request_context():
        return refusal_text(refused)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes that serve pages.")
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve the site."""
    from marketplace import server

    _expect_ready(settings)
    server.serve(settings, host, port, workers=workers)


@cli.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Deliver mail and do what is due, until stopped."""
    from marketplace.app import create_app
    from marketplace.worker import run_forever

    _expect_ready(settings)
    app = create_app(settings)  # for what features have registered: reactions, timed work, words
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_forever(app.database, settings, stop)


@cli.command()
@click.option("--now", "at_once", is_flag=True, help="Read all that is left, without a pause.")
@click.pass_obj
def meaning(settings: Settings, *, at_once: bool) -> None:
    """Say how many texts have been read for meaning. The worker reads them; --now does it here."""
    from marketplace.app import create_app
    from marketplace.matches.encoders import encoder_named
    from marketplace.matches.services.reading import TextReader
    from matching.semantic.encoder import EncoderMissing

    _expect_ready(settings)
    database = create_app(settings).database  # for what features have registered: texts
    encoder = encoder_named(settings.encoder, threads=os.cpu_count() or 1)
    if encoder is None:
        click.echo("No language model reads texts (see ENCODER): words alone rank.")
        return
    reader = TextReader(database, encoder)
    while reader.look():
        pass
    if at_once:
        try:
            _read_all(reader)
        except EncoderMissing as error:
            raise NotReady(f"ENCODER: {error}") from error
    click.echo("{} of {} texts are read for meaning.".format(*reader.progress))
    click.echo("{} of {} concepts by their sentences too.".format(*reader.progress_by_sentences))
    click.echo(f"Language model: {encoder.version}")


def _read_all(reader: "TextReader") -> None:
    from tqdm import tqdm

    def so_far() -> list[int]:
        both = zip(reader.progress, reader.progress_by_sentences, strict=True)
        return [sum(each) for each in both]

    read, whole = so_far()
    with tqdm(total=whole, initial=read, unit=" texts", disable=None) as shown:
        while reader.read_some():
            shown.update(so_far()[0] - shown.n)
        shown.update(so_far()[0] - shown.n)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def run(host: str, port: int) -> None:
    """Migrate, fill an empty database with demo data, and serve with a worker beside."""
    from marketplace import server
    from marketplace.core.migrate import upgrade

    # Links in mail and calendars, also those the worker sends, lead to what is served here.
    os.environ.setdefault("PORT", str(port))
    settings = load_settings()
    upgrade(_unhurried(settings).engine)
    if settings.demo:
        _fill_demo(settings)
        _print_demo_accounts(settings, f"http://{host}:{port}/demo")
    click.echo(f"Behovstorget answers at http://{host}:{port} (Ctrl-C stops it)")
    command = [sys.executable, "-m", "marketplace", "worker"]
    server.serve_beside(settings, host, port, command=command)


def _print_demo_accounts(settings: Settings, address: str) -> None:
    from marketplace.demo.load import DEMO_PASSWORD, list_demo_accounts

    with Database(settings.database_url).reading() as session:
        accounts = list_demo_accounts(session)
    if accounts:
        click.echo(f"Sign in with one click at {address}, or with the password «{DEMO_PASSWORD}»:")
    for account in accounts:
        click.echo(f"  {account.role:<20} {account.email}")


def main() -> None:
    cli(prog_name="marketplace")
