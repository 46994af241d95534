"""The words that tell an age: phases of life and schools, in years.

Ages are wide on purpose: they may refuse a match, so nobody whom the word can mean is left out
without need.
"""

from __future__ import annotations

from matching.facets.codes import Group, School
from matching.facets.model import Range
from matching.facets.people import Kind, People

_CHILDREN, _YOUTH, _OLDER = (Group.CHILDREN,), (Group.YOUTH,), (Group.OLDER_PEOPLE,)

PHASES = (
    People(
        "spedbarn/a/et spedborn baby/er/en/ene/ar babies infant/s nyfødt/e nyfødde",
        groups=_CHILDREN,
        ages=Range(0, 1),
    ),
    People("toddler/s", groups=_CHILDREN, ages=Range(1, 3)),
    People(
        "småbarn/a/et småborn små_barn små_born de_minste_barna dei_minste_barna de_minste_ungene"
        " young_children",
        groups=_CHILDREN,
        ages=Range(0, 6),
    ),
    People(
        "barnehagebarn/a barnehageborn barnehageunger barnehageungene førskolebarn/a"
        " førskulebarn/a kindergarten_children preschool_children preschooler/s",
        groups=_CHILDREN,
        ages=Range(1, 6),
        schools=(School.KINDERGARTEN,),
    ),
    People(
        "skolestarter/e/ne skulestartar/ar/ane førskolegruppe/n førskolegruppa",
        groups=_CHILDREN,
        ages=Range(5, 6),
    ),
    People(
        "barn/a/et/as/s born/a unger ungene ungar ungane ungan onga onger kids/a kidza children"
        " child",
        groups=_CHILDREN,
        ages=Range(0, 18),
    ),
    People(
        "skolebarn/a skulebarn/a skoleborn skuleborn skoleunger skoleungene schoolchildren"
        " school_children",
        groups=(Group.CHILDREN, Group.PUPILS),
        ages=Range(6, 16),
    ),
    People(
        "barn_og_unge barna_og_ungdommene barn_og_unges born_og_unge borna_og_dei_unge"
        " children_and_young_people children_and_youth",
        groups=(Group.CHILDREN, Group.YOUTH),
        ages=Range(0, 25),
    ),
    People("konfirmant/er/ene/ar/ane", groups=_YOUTH, ages=Range(14, 15)),
    People(
        "ungdom/mer/men/mene/ar/ane/s ongdom/men/mer/mar ungdomer ungdomar ungdommar ungdommane"
        " tenåring/er/ene/ar/ane teenager/s teens adolescent/s teenage_girls teenage_boys",
        groups=_YOUTH,
        ages=Range(13, 19),
    ),
    People("unge young_people youth", Kind.ADJECTIVE, _YOUTH, Range(13, 30)),
    People("young_adults young_adult ung_voksen ung_vaksen", groups=_YOUTH, ages=Range(18, 30)),
    People("unge_voksne unge_vaksne", Kind.ADJECTIVE, _YOUTH, Range(18, 30)),
    People("russen russ", ages=Range(18, 19)),
    People(
        "lærling/er/ene/ar/ane lærekandidat/er/ene/ar/ane apprentice/s",
        groups=(Group.STUDENTS,),
        ages=Range(16, 25),
    ),
    People(
        "student/er/ene/ar/ane university_students",
        groups=(Group.STUDENTS,),
        ages=Range(18, 35),
    ),
    People("voksne vaksne voksene", Kind.ADJECTIVE, ages=Range(18)),
    People("adults", ages=Range(18)),
    People("godt_voksne godt_vaksne", Kind.ADJECTIVE, ages=Range(50)),
    People("senior/en/er/ene/ar/ane/ens seniors", groups=_OLDER, ages=Range(60)),
    People(
        "pensjonist/er/ene/ar/ane alderspensjonist/er/ar pensioner/s retiree/s gamalt_folk"
        " gammalt_folk gamlinger gamlingar senior_citizen/s older_people older_adults old_people",
        groups=_OLDER,
        ages=Range(67),
    ),
    People("eldre gamle elderly elder eldere edlre", Kind.ADJECTIVE, _OLDER, Range(67)),
)
"""The ages of life."""

_PRIMARY, _LOWER = (School.PRIMARY,), (School.LOWER_SECONDARY,)
_UPPER, _PUPILS = (School.UPPER_SECONDARY,), (Group.PUPILS,)

SCHOOLS = (
    People(
        "barnehage/n/r/ne/ar/ane barnhage/n kindergarten/s nursery nurseries daycare",
        Kind.PLACE,
        _CHILDREN,
        Range(1, 6),
        (School.KINDERGARTEN,),
    ),
    People(
        "sfo aks skolefritidsordning/en/a/er skulefritidsordning/a/en/ar småskole/n småskule/n"
        " småtrinn/et småsteg/et",
        Kind.GRADE,
        _PUPILS,
        Range(6, 10),
        _PRIMARY,
    ),
    People("mellomtrinn/et mellomsteg/et", Kind.GRADE, _PUPILS, Range(10, 13), _PRIMARY),
    People("barnetrinn/et barnesteg/et", Kind.GRADE, _PUPILS, Range(6, 13), _PRIMARY),
    People(
        "barneskole/n/r/ne barneskule/n barneskular/ane primary_school/s elementary_school/s"
        " primary_schools",
        Kind.PLACE,
        _PUPILS,
        Range(6, 13),
        _PRIMARY,
    ),
    People("ungdomstrinn/et ungdomssteg/et", Kind.GRADE, _PUPILS, Range(13, 16), _LOWER),
    People(
        "ungdomsskole/n/r/ne ungdomskole/n/r u-skole/n ungdomsskule/n ungdomskule/n"
        " ungdomsskular/ane"
        " lower_secondary_school/s lower_secondary junior_high",
        Kind.PLACE,
        _PUPILS,
        Range(13, 16),
        _LOWER,
    ),
    People(
        "vgs videregående vidaregåande vidergående videregånde videregåande vidregående"
        " videregåendeskole upper_secondary upper_secondary_school/s high_school/s",
        Kind.PLACE,
        _PUPILS,
        Range(16, 19),
        _UPPER,
    ),
    People(
        "grunnskole/n/r/ne grunnskule/n grunnskular",
        Kind.PLACE,
        _PUPILS,
        Range(6, 16),
        (School.PRIMARY, School.LOWER_SECONDARY),
    ),
)
"""Schools and parts of schools. Grade n is for those who turn n + 5 to n + 6: see `grades`."""
