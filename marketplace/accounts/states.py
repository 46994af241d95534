"""Organisations, people and what they may be: code words and moves."""

from datetime import timedelta
from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    ENTREPRENEUR = "entrepreneur"
    PARTNER = "partner"


class OrganisationState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class OrganisationMove(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"


ORGANISATION_LIFECYCLE: Lifecycle[OrganisationState, OrganisationMove] = Lifecycle(
    {
        OrganisationMove.APPROVE: Move(
            frozenset({OrganisationState.PENDING, OrganisationState.REJECTED}),
            OrganisationState.APPROVED,
        ),
        OrganisationMove.REJECT: Move(
            frozenset({OrganisationState.PENDING}), OrganisationState.REJECTED, needs_reason=True
        ),
    }
)


class Language(StrEnum):
    """The languages a person may choose, and those a text may be written in."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


class ServiceArea(StrEnum):
    HEALTH_CARE = "health_care"
    CHILD_WELFARE = "child_welfare"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    EMPLOYMENT = "employment"
    INTEGRATION = "integration"
    CULTURE = "culture"
    ENVIRONMENT = "environment"
    HOUSING = "housing"
    MENTAL_HEALTH = "mental_health"


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    REGISTRATION = "registration"
    ROLE = "role"
    RESET = "reset"
    ADDRESS = "address"


LINK_LIFETIMES: dict[LinkPurpose, timedelta] = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.REGISTRATION: timedelta(days=7),
    LinkPurpose.ROLE: timedelta(days=7),
    LinkPurpose.RESET: timedelta(hours=1),
    LinkPurpose.ADDRESS: timedelta(hours=1),
}
"""How long each link can be used."""

SIGNING_IN = frozenset(LinkPurpose) - {LinkPurpose.ADDRESS}
"""What a person gets in by, with a new password."""


class AccountEvent(StrEnum):
    """Audit events."""

    ORGANISATION_REGISTERED = "organisation.registered"
    ORGANISATION_CREATED = "organisation.created"
    ORGANISATION_CHANGED = "organisation.changed"
    ORGANISATION_APPROVED = "organisation.approved"
    ORGANISATION_REJECTED = "organisation.rejected"
    UNIT_CREATED = "unit.created"
    UNIT_CHANGED = "unit.changed"
    PERSON_INVITED = "person.invited"
    REGISTRATION_ASKED = "person.registration_asked"
    ADDRESS_KNOWN = "person.address_known"
    ADDRESS_ASKED = "person.address_asked"
    ADDRESS_CHANGED = "person.address_changed"
    ADDRESS_GIVEN_UP = "person.address_given_up"
    PERSON_CHANGED = "person.changed"
    PERSON_DEACTIVATED = "person.deactivated"
    PERSON_ACTIVATED = "person.activated"
    PASSWORD_SET = "person.password_set"  # noqa: S105  an event's name
    RESET_REQUESTED = "person.reset_requested"
    ROLE_OFFERED = "membership.offered"
    OFFER_WITHDRAWN = "membership.offer_withdrawn"
    MEMBERSHIP_GRANTED = "membership.granted"
    MEMBERSHIP_ENDED = "membership.ended"
    SIGNED_IN = "session.signed_in"
    SESSION_REVOKED = "session.revoked"


SECURITY_EVENTS = (
    AccountEvent.MEMBERSHIP_GRANTED,
    AccountEvent.MEMBERSHIP_ENDED,
    AccountEvent.PERSON_ACTIVATED,
    AccountEvent.PERSON_DEACTIVATED,
    AccountEvent.PASSWORD_SET,
)
"""What changes who may do what, or who can sign in: the security log has these too."""


class AccountTopic(StrEnum):
    """What people are told."""

    INVITED = "account.invited"
    REOPENED = "account.reopened"
    REGISTERED = "account.registered"
    ROLE_OFFERED = "account.role_offered"
    RESET = "account.reset"
    ADDRESS = "account.address"
    ADDRESS_ASKED = "account.address_asked"
    ADDRESS_KNOWN = "account.address_known"
    ORGANISATION_WAITING = "organisation.waiting"
    ORGANISATION_APPROVED = "organisation.approved"
    ORGANISATION_REJECTED = "organisation.rejected"


class AccountRefusal(StrEnum):
    WRONG_CREDENTIALS = "wrong_credentials"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    TOO_MANY_SIGN_INS = "too_many_sign_ins"
    LINK_INVALID = "link_invalid"
    OLD_PASSWORD_WRONG = "old_password_wrong"  # noqa: S105  a refusal's code
    PASSWORD_TOO_SHORT = "password_too_short"  # noqa: S105  a refusal's code
    PASSWORD_TOO_LONG = "password_too_long"  # noqa: S105  a refusal's code
    PASSWORD_TOO_COMMON = "password_too_common"  # noqa: S105  a refusal's code
    ORGANISATION_NUMBER_INVALID = "organisation_number_invalid"
    ORGANISATION_NUMBER_TAKEN = "organisation_number_taken"
    EMAIL_UNCHANGED = "email_unchanged"
    EMAIL_HAS_ACCOUNT = "email_has_account"
    EMAIL_INVALID = "email_invalid"
    OWN_ENTREPRENEURS_ONLY = "own_entrepreneurs_only"
    ADMINISTRATORS_ONLY = "administrators_only"
    UNIT_NAME_TAKEN = "unit_name_taken"
    ONLY_MUNICIPALITIES_HAVE_UNITS = "only_municipalities_have_units"
    INVITATION_ACCEPTED = "invitation_accepted"
    PERSON_INACTIVE = "person_inactive"
    PERSON_ACTIVE = "person_active"
    ROLE_NEEDS_UNIT = "role_needs_unit"
    ROLE_DOES_NOT_FIT = "role_does_not_fit"
    ALREADY_MEMBER = "already_member"
    LAST_ADMINISTRATOR = "last_administrator"
    UNIT_LEADER_OR_ADMINISTRATOR = "unit_leader_or_administrator"
    ORGANISATION_NOT_APPROVED = "organisation_not_approved"


class OrganisationTask(StrEnum):
    """What waits for somebody."""

    APPROVAL = "organisation_pending"
