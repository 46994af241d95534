"""Who reads the words that an administrator has added."""

from marketplace.core.sight import Reader, Sight

WORDS = Sight("word_group", ("words",), (Reader.ADMINISTRATORS,))

SIGHTS = (WORDS,)
