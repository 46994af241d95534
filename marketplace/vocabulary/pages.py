"""What was read of a file, as it is looked through."""

from itertools import islice

from flask_babel import gettext as _

from marketplace.ui.labels import refusal_text
from marketplace.vocabulary.services import Sifted

MOST_LINES = 300


def lines_of(sifted: Sifted) -> str:
    """A group on each line, with semicolons between the words."""
    return "\n".join("; ".join(words) for words in sifted.groups)


def left_out_lines(sifted: Sifted) -> str:
    """One for each thing that is not added, with the first word of its group and why."""
    told = (f"{label}: {refusal_text(why)}" for label, why in sifted.left_out)
    lines = list(islice(told, MOST_LINES))
    more = len(sifted.left_out) - len(lines)
    return "\n".join([*lines, _("… og %(count)d til.", count=more)] if more else lines)
