"""Keep the translation catalogues complete.

    python -m tools.catalogues update    collect all texts, add the new ones, drop the unused
    python -m tools.catalogues check     fail where a text lacks a sound translation, or another
                                         thing than a translation was written by hand
    python -m tools.catalogues compile   make the .mo files that the application reads

The texts in the code are bokmål, so bokmål needs no catalogue. Every catalogue that exists must be
complete, and those in `REQUIRED` must exist.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "marketplace"
TRANSLATIONS: Final = SOURCE / "translations"
REQUIRED: Final = ("en",)

METHODS: Final = [("**/static/**", "ignore"), ("**.py", "python"), ("**/templates/**", "jinja2")]
# As the application reads them; and a template with an error is an error here too.
OPTIONS: Final = {
    "**/templates/**": {
        "extensions": "jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
COMMENT_TAGS: Final = ("Translators:",)

HEADER: Final = "# Made by `make catalogues`; only the translations are written by hand."
OWNER: Final = {
    "project": "Behovstorget",
    "version": "1",
    "msgid_bugs_address": "-",
    "last_translator": "The Behovstorget contributors",
    "language_team": "The Behovstorget contributors",
}

PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%[sd]")


def main(arguments: list[str]) -> int:
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[arguments[0]]()


def update() -> int:
    texts = extract()
    for locale in sorted({*existing_locales(), *REQUIRED}):
        catalogue = renewed(locale, texts)
        po_file(locale).parent.mkdir(parents=True, exist_ok=True)
        po_file(locale).write_bytes(written(catalogue))
        missing = sum(1 for message in messages(catalogue) if not is_translated(message))
        file = po_file(locale).relative_to(ROOT)
        print(f"{file}: {len(catalogue)} texts, {missing} to translate")
    return 0


def check() -> int:
    texts = extract()
    locales = sorted({*existing_locales(), *REQUIRED})
    faults = [
        f"{locale}: {fault}" for locale in locales for fault in faults_of(read(locale), texts)
    ] or [f"{locale}: not as the command writes it" for locale in locales if stale(locale, texts)]
    if faults:
        print("\n".join(faults))
        print(f"{len(faults)} faults: run `make catalogues`, then translate what is empty.")
        return 1
    print(f"catalogues: {len(texts)} texts, all translated")
    return 0


def compile_all() -> int:
    for locale in existing_locales():
        with po_file(locale).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(locale))
    return 0


def extract() -> Catalog:
    """All texts of the application, from Python files and templates."""
    texts = Catalog(charset="utf-8")
    reading = ""

    def note(file: str, *_details: object) -> None:
        nonlocal reading
        reading = file

    found = extract_from_dir(
        SOURCE,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,
        comment_tags=COMMENT_TAGS,
        callback=note,
        strip_comment_tags=True,
    )
    try:
        for file, _line, text, comments, context in found:
            places = [(f"marketplace/{file}", 0)]
            texts.add(text, None, places, auto_comments=comments, context=context)
    except TemplateSyntaxError as error:
        sys.exit(f"marketplace/{reading}:{error.lineno}: {error.message}")
    return texts


def renewed(locale: str, texts: Catalog) -> Catalog:
    catalogue = read(locale)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def stale(locale: str, texts: Catalog) -> bool:
    """Whether anything but translations was changed by hand, or a text has moved."""
    return po_file(locale).read_bytes() != written(renewed(locale, texts))


def faults_of(catalogue: Catalog, texts: Catalog) -> Iterator[str]:
    """Say for each text what a reader in this language would miss, and what nobody reads."""
    for text in messages(texts):
        if fault := fault_of(catalogue.get(text.id, text.context)):
            yield f"{fault}: {shown(text)}"
    for translation in messages(catalogue):
        if texts.get(translation.id, translation.context) is None:
            yield f"no longer used: {shown(translation)}"
    for leftover in catalogue.obsolete.values():
        yield f"no longer used: {shown(leftover)}"


def fault_of(translation: Message | None) -> str | None:
    if translation is None:
        return "not in the catalogue"
    if translation.fuzzy:
        return "marked as fuzzy"
    if not is_translated(translation):
        return "not translated"
    if not placeholders_match(translation):
        return "other placeholders than in the text"
    return None


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header, which Babel keeps as a message with an empty id."""
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    written = forms(message.string)
    return bool(written) and all(form.strip() for form in written)


def placeholders_match(message: Message) -> bool:
    """Whether every form names what the text names.

    A singular may leave out the number, so each form of a plural is compared with all forms.
    """
    wanted = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
    written = [set(PLACEHOLDER.findall(form)) for form in forms(message.string)]
    if message.pluralizable:
        return set().union(*written) == wanted
    return all(names == wanted for names in written)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def shown(message: Message) -> str:
    where = sorted({file for file, _line in message.locations})
    suffix = f" ({', '.join(where)})" if where else ""
    return f"{forms(message.id)[0]!r}{suffix}"


def existing_locales() -> list[str]:
    return sorted(file.parent.parent.name for file in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def po_file(locale: str) -> Path:
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    file = po_file(locale)
    if not file.exists():
        return Catalog(locale=locale, header_comment=HEADER, charset="utf-8", fuzzy=False, **OWNER)
    with file.open("rb") as stream:
        return read_po(stream, locale=locale)


def written(catalogue: Catalog) -> bytes:
    """Sorted by text, with file names but no line numbers, so that a change shows only itself."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
