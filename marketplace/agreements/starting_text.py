"""The text that a first version starts from: an administrator's, or what the application ships."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements.content import TEXTS
from marketplace.agreements.queries import find_template
from marketplace.pairings.models import Pairing

WRITTEN_FORMS = (Language.BOKMAL, Language.NYNORSK)
PLACE = re.compile(r"\{\w+\}")
NAMES = ("{behov}", "{konsept}", "{enhet}", "{kommune}", "{entreprenør}")
SHIPPED = Path(__file__).with_name("data")


def language_for(language: Language) -> Language:
    """The written form of an agreement: a need in English gets one in bokmål."""
    return language if language in WRITTEN_FORMS else Language.BOKMAL


@lru_cache(maxsize=len(WRITTEN_FORMS))
def shipped_texts(language: Language) -> Mapping[str, str]:
    texts: dict[str, str] = json.loads((SHIPPED / f"{language.value}.json").read_text("utf-8"))
    return texts


def template_texts(session: Session, language: Language) -> Mapping[str, str]:
    row = find_template(session, language)
    return {name: getattr(row, name) for name in TEXTS} if row else shipped_texts(language)


def unknown_places(text: str) -> list[str]:
    """Words in braces that no name of a case takes the place of."""
    return [place for place in PLACE.findall(text) if place not in NAMES]


def filled_in(text: str, pairing: Pairing) -> str:
    """The names of the case for the words in braces; other braces stay as they are."""
    need, concept = pairing.need, pairing.concept
    unit, municipality = need.unit.name, need.unit.organisation.name
    values = (need.title, concept.title, unit, municipality, concept.organisation.name)
    names = dict(zip(NAMES, values, strict=True))
    return PLACE.sub(lambda found: names.get(found.group(), found.group()), text)
