"""Who sees why a unit took a concept out of its matches."""

from marketplace.core.sight import Reader, Sight

NOTE = Sight("judgement", ("note",), (Reader.UNIT, Reader.COORDINATORS, Reader.ADVISERS))

SIGHTS = (NOTE,)
