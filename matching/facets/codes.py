"""The code words of the facets that a text about people has, and how they stand to each other."""

from __future__ import annotations

from enum import StrEnum
from itertools import product

from matching.facets.agreement import CodeRule, CodeRules

AGE, SCHOOL, GROUP, PLACE = "age", "school", "group", "place"
"""Names of the facets: years of age as ranges, `School` and `Group` as codes, and as codes that the
caller chooses where something is needed or can be had."""


class School(StrEnum):
    """Where somebody goes to school. Given only where the text names school instead of ages."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"


class Group(StrEnum):
    """Groups of people whom a need or a concept may be for. Most overlap."""

    CHILDREN = "children"
    YOUTH = "youth"
    OLDER_PEOPLE = "older_people"
    PUPILS = "pupils"
    STUDENTS = "students"
    PARENTS = "parents"
    FAMILIES = "families"
    CARERS = "carers"
    EMPLOYEES = "employees"
    VOLUNTEERS = "volunteers"
    BUSINESSES = "businesses"
    IMMIGRANTS_REFUGEES = "immigrants_refugees"
    PEOPLE_WITH_DISABILITIES = "people_with_disabilities"
    PEOPLE_WITH_DEMENTIA = "people_with_dementia"
    PEOPLE_WITH_MENTAL_ILLNESS = "people_with_mental_illness"
    PEOPLE_WITH_SUBSTANCE_USE = "people_with_substance_use"
    PATIENTS = "patients"
    UNEMPLOYED = "unemployed"
    LOW_INCOME = "low_income"
    INMATES = "inmates"
    PREGNANT = "pregnant"
    EVERYONE = "everyone"


_YOUNG = (Group.CHILDREN, Group.YOUTH, Group.PUPILS)
_EXCLUSIVE = (
    # Help for those who teach is not help for those whom they teach, nor for their parents. Care
    # is left out: what is for those who give it often is for those who get it.
    ((Group.EMPLOYEES,), (*_YOUNG, Group.PARENTS, Group.INMATES)),
    # A business is no person.
    ((Group.BUSINESSES,), (*_YOUNG, Group.OLDER_PEOPLE, Group.PARENTS, Group.FAMILIES)),
    ((Group.BUSINESSES,), (Group.CARERS, Group.PATIENTS, Group.INMATES, Group.PREGNANT)),
    # Another age of life. Youth and pupils may be adults, yet not old.
    (_YOUNG, (Group.OLDER_PEOPLE, Group.PEOPLE_WITH_DEMENTIA)),
    ((Group.CHILDREN,), (Group.UNEMPLOYED, Group.INMATES, Group.STUDENTS)),
    ((Group.PREGNANT,), (Group.OLDER_PEOPLE, Group.PEOPLE_WITH_DEMENTIA)),
)
"""Each of the first with each of the second."""

_RELATED = (
    # A family is its parents and children; whoever helps the one helps the other.
    ((Group.FAMILIES,), (Group.PARENTS, Group.CHILDREN, Group.CARERS)),
    ((Group.PEOPLE_WITH_DEMENTIA,), (Group.PATIENTS,)),
)

TARGET_GROUP_RULES: CodeRules = {
    # Nobody is in two at a time. All pairs exclude each other.
    SCHOOL: CodeRule(),
    GROUP: CodeRule(
        universal=frozenset({Group.EVERYONE}),
        related=frozenset(frozenset(pair) for pairs in _RELATED for pair in product(*pairs)),
        exclusive=frozenset(frozenset(pair) for pairs in _EXCLUSIVE for pair in product(*pairs)),
    ),
    # What can be had here fits no better than what can be had everywhere.
    PLACE: CodeRule(only_excludes=True),
}
"""For `agreements` and `FacetTable`."""
