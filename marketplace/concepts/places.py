"""Where a concept can be had: municipalities that its text names."""

import re
from collections.abc import Mapping

OF_A_MUNICIPALITY = re.compile(r" (?:kommune|herad|herred)$", re.IGNORECASE)


def places_in(text: str, municipalities: Mapping[int, str]) -> frozenset[int]:
    """Those whose names stand in the text as words of their own.

    Where something has been used is another question: what tells that is not to be in the text.
    """
    return frozenset(row_id for row_id, name in municipalities.items() if _names(text, name))


def _names(text: str, municipality: str) -> bool:
    name = re.escape(OF_A_MUNICIPALITY.sub("", municipality))
    return re.search(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE) is not None
