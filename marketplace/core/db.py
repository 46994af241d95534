"""What every model is made of: base, column types, optimistic row versions."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    String,
    Text,
    cast,
    func,
    inspect,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

from marketplace.core.clock import now
from marketplace.core.errors import NotFound, Stale

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always with its time zone; SQLite would forget it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code(enum: type[StrEnum], name: str | None = None) -> Enum:
    """A column of English code words, held to the members of `enum` by a CHECK.

    `name` tells the CHECK of a second column of the same enum in one table from the first.
    """
    own = "".join("_" + c.lower() if c.isupper() else c for c in enum.__name__).lstrip("_")
    return Enum(
        enum,
        name=name or own,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class each_number(GenericFunction[Any]):  # noqa: N801  a function of SQL
    """The numbers of a list in JSON, as rows."""

    inherit_cache = True


@compiles(each_number, "sqlite")
def _on_sqlite(element: each_number, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(each_number, "postgresql")
def _on_postgresql(element: each_number, compiler: SQLCompiler, **options: Any) -> str:
    listed = compiler.process(element.clauses, **options)
    return f"json_array_elements_text(CAST({listed} AS JSON))"


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """As `in_`, but one statement however many there are: it is compiled and planned once."""
    listed = each_number(literal(json.dumps(list(ids)), Text)).table_valued("value")
    found: ColumnElement[bool] = column.in_(select(cast(listed.c.value, Integer)))
    return found


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), str: Text()}


class Identified:
    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Versioned(Identified):
    """A row that two people may open at once: a stale write is refused."""

    version: Mapped[int] = mapped_column(Integer, nullable=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def expect_version(self, version: int) -> None:
        if self.version != version:
            raise Stale


def short_text(length: int, **options: Any) -> Mapped[Any]:
    return mapped_column(String(length), **options)


def person_reference(**options: Any) -> Mapped[Any]:
    return mapped_column(ForeignKey("person.id"), **options)


E = TypeVar("E", bound=Identified)


def get_or_404(session: Session, model: type[E], row_id: int) -> E:
    row = session.get(model, row_id)
    if row is None:
        raise NotFound
    return row


def one_or_404(session: Session, statement: Select[E]) -> E:
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise NotFound
    return row


def insert_if_new(
    session: Session, model: type[Base], *alike: InstrumentedAttribute[Any], **values: Any
) -> bool:
    """Insert a row unless there is one like it; whoever else is inserting it is waited for.

    `alike` are the columns in which it may be like another, by any unique rule where none is named.
    """
    make_insert = postgresql.insert if _is_postgresql(session) else sqlite.insert
    statement = make_insert(model).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=alike or None)
    key = inspect(model).primary_key
    return session.execute(statement.returning(*key)).one_or_none() is not None


def stand_in_line(session: Session, *numbers: int) -> None:
    """Wait for whoever stands in the same line, until they commit; on SQLite writers do anyway."""
    if _is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(*numbers)))


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def broken_rule(error: IntegrityError) -> str:
    """The constraint that stood in the way, in words that never quote a row."""
    told = getattr(error.orig, "diag", None)
    if told is None:
        return str(error.orig)  # SQLite names the constraint or its columns, and no values
    rule = told.constraint_name or told.column_name
    return f"{rule} of {told.table_name} ({type(error.orig).__name__})"
