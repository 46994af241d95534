"""Who sees why a pair or a limit was decided beforehand."""

from marketplace.core.sight import Reader, Sight

PAIR = Sight("pair_wish", ("reason",), (Reader.COORDINATORS,))
LIMIT = Sight("capacity_limit", ("reason",), (Reader.COORDINATORS,))

SIGHTS = (PAIR, LIMIT)
