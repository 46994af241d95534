"""The registry of all features' models, for migrations and tests."""

from marketplace.accounts import models as accounts
from marketplace.agreements import models as agreements
from marketplace.concepts import models as concepts
from marketplace.core import audit, outbox, refused_forms, revision, schedule, used_marks
from marketplace.core.db import Base
from marketplace.dashboards import models as dashboards
from marketplace.decisions import models as decisions
from marketplace.interests import models as interests
from marketplace.invitations import models as invitations
from marketplace.lessons import models as lessons
from marketplace.matches import models as matches
from marketplace.needs import models as needs
from marketplace.news import models as news
from marketplace.notifications import models as notifications
from marketplace.pairings import models as pairings
from marketplace.pilots import models as pilots
from marketplace.portfolios import models as portfolios
from marketplace.procurements import models as procurements
from marketplace.programmes import models as programmes
from marketplace.questions import models as questions
from marketplace.vocabulary import models as vocabulary
from marketplace.wishes import models as wishes

MODULES = (
    accounts,
    agreements,
    audit,
    concepts,
    dashboards,
    decisions,
    interests,
    invitations,
    lessons,
    matches,
    needs,
    news,
    notifications,
    outbox,
    pairings,
    pilots,
    portfolios,
    procurements,
    programmes,
    questions,
    refused_forms,
    revision,
    schedule,
    used_marks,
    vocabulary,
    wishes,
)
metadata = Base.metadata
