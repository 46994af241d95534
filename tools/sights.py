"""Writes the table of who sees which text into docs/security.md.

python -m tools.sights
"""

from collections.abc import Iterator
from pathlib import Path

from marketplace.core.sight import Reader, Readers, Sight
from marketplace.pairings.sights import CASE, INSIDE
from marketplace.sights import NAMES, SIGHTS

PAGE = Path(__file__).parent.parent / "docs" / "security.md"
BEGIN, END = "<!-- who sees what: begin -->", "<!-- who sees what: end -->"
IN_WORDS = {
    Reader.APPROVED: "everyone of a municipality or an approved organisation, administrators",
    Reader.SELF: "the person",
    Reader.MUNICIPALITIES: "everyone who works in a municipality",
    Reader.UNIT: "the unit",
    Reader.JOINED_UNITS: "joined units",
    Reader.ALL_UNITS: "all units of the municipality",
    Reader.ROLE_HOLDERS: "others with a role in the case",
    Reader.CASE_ADVISER: "the case's adviser",
    Reader.ORGANISATION: "the organisation whose it is",
    Reader.ASKER: "who asked",
    Reader.FOLLOWERS: "who follows the need",
    Reader.PARTNER: "the partner",
}
"""Where the code word alone would not do."""


def table() -> str:
    lines = ["| table | text | who sees it |", "|---|---|---|"]
    for sight in (*SIGHTS, *NAMES):
        columns = ", ".join(f"`{column}`" for column in sight.columns)
        lines.append(f"| `{sight.table}` | {columns} | {'; '.join(_sentences(sight))} |")
    return "\n".join(lines)


def _sentences(sight: Sight) -> Iterator[str]:
    for stage, readers in sight.earlier.items():
        yield f"{stage.replace('_', ' ')}: {_listed(readers)}"
    otherwise = "otherwise: " if sight.earlier else ""
    where_used = " (where it is used)" if sight.at_most else ""
    yield otherwise + _listed(sight.readers) + where_used


def _listed(readers: Readers) -> str:
    if readers == CASE:
        return "**the case**"
    if readers == INSIDE:
        return "**the municipality's side of the case**"
    return ", ".join(IN_WORDS.get(reader, reader.value) for reader in readers) or "nobody"


def with_table(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
