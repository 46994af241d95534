"""Interests: who sees which, and who follows a need by them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.actor import ANONYMOUS, Role
from marketplace.interests import queries, recipients
from marketplace.interests.models import Interest
from tests.domain.test_interests import owner_of, withdrawn
from tests.factories import actor_for, make_concept, make_interest, make_member, make_need


def test_who_sees_an_interest(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    interest = make_interest(session, need, concept)
    municipality = need.unit.organisation
    elsewhere = make_need(session)
    rival = make_interest(session, need).concept
    see = {
        "owner": owner_of(concept),
        "colleague": actor_for(make_member(session, Role.ENTREPRENEUR, concept.organisation)),
        "author": actor_for(need.author),
        "leader": actor_for(make_member(session, Role.UNIT_LEADER, need.unit)),
        "coordinator": actor_for(make_member(session, Role.COORDINATOR, municipality)),
        "adviser": actor_for(make_member(session, Role.PROCUREMENT_ADVISER, municipality)),
    }
    see_not = {
        "rival": owner_of(rival),
        "other unit": actor_for(elsewhere.author),
        "other coordinator": actor_for(
            make_member(session, Role.COORDINATOR, elsewhere.unit.organisation)
        ),
        "leadership": actor_for(make_member(session, Role.LEADERSHIP, municipality)),
        "administrator": actor_for(make_member(session, Role.ADMINISTRATOR)),
        "nobody": ANONYMOUS,
    }
    for who, actor in (see | see_not).items():
        listed = queries.list_interests_for_need(session, actor, need)
        assert (interest in listed) is (who in see), who
        statement = select(Interest.id).where(Interest.id == interest.id, queries.visible_to(actor))
        assert bool(session.scalar(statement)) is (who in see), who


def test_withdrawn_interests_no_longer_stand(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    withdrawn(session, need, concept)
    assert queries.standing_interest(session, need.id, concept.id) is None
    assert list(queries.list_interests_for_need(session, actor_for(need.author), need)) == []
    standing = make_interest(session, need, concept)
    assert queries.standing_interest(session, need.id, concept.id) is standing
    own = queries.list_own_interests(session, owner_of(concept), 1)
    assert own.total == 2
    assert own.rows[0] is standing


def test_the_people_of_interested_organisations_follow_the_need(session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    colleague = make_member(session, Role.ENTREPRENEUR, concept.organisation)
    make_member(session, Role.ENTREPRENEUR, concept.organisation, active=False)
    make_interest(session, need, concept)
    withdrawn(session, need, make_concept(session))
    make_interest(session)
    followers = recipients.interested_people(session, need)
    assert followers == {concept.author_id, colleague.id}
