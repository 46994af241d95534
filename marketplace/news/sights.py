"""Who sees what somebody looks for: nobody else."""

from marketplace.core.sight import Reader, Sight

WORDS = Sight("saved_search", ("words",), (Reader.SELF,))

SIGHTS = (WORDS,)
