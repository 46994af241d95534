"""The registry of all features' models, for migrations and tests."""

from marketplace.accounts import models as accounts
from marketplace.concepts import models as concepts
from marketplace.core import audit, outbox, revision
from marketplace.core.db import Base
from marketplace.interests import models as interests
from marketplace.matches import models as matches
from marketplace.needs import models as needs
from marketplace.pairings import models as pairings

MODULES = (accounts, concepts, audit, outbox, revision, interests, matches, needs, pairings)
metadata = Base.metadata
