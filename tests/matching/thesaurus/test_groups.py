"""The list of groups in the package, and how a file of groups is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matching.thesaurus import LONGEST_PHRASE, Group, Thesaurus, ThesaurusError, read_groups
from matching.thesaurus.normal import binds, is_abbreviation, normalize, split

DEFAULT = Thesaurus.default()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ensomhet ensom", "line 1: no colon after the id"),
        ("# first\nensomhet: ensom; ensom", "line 2: group ensomhet has a member twice"),
        ("ensomhet: ensom;", "line 1: group ensomhet has a member without a word"),
        ("en somhet: ensom", "line 1: 'en somhet' is no id of a group"),
        (": ensom", "line 1: '' is no id of a group"),
        ("rus: rus\nrus: misbruk", "line 2: group rus stands twice"),
    ],
)
def test_a_damaged_file_is_refused_with_its_name_and_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "groups.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ThesaurusError, match=re.escape(f"{path}: {reason}")):
        read_groups(path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "groups.txt"
    path.write_bytes("pårørende: pårørende".encode("latin-1"))
    with pytest.raises(ThesaurusError, match="not in UTF-8"):
        read_groups(path)


def test_a_group_without_members_is_refused() -> None:
    with pytest.raises(ValueError, match="no members"):
        Group("tom", ())


def test_the_first_member_is_the_label_and_the_others_have_no_order() -> None:
    group = Group("rus", ("rus", "narkotika", "addiction"))
    assert group.label == "rus"
    assert group == Group("rus", ("rus", "addiction", "narkotika"))


def test_the_list_has_groups_for_the_whole_field() -> None:
    assert len(DEFAULT) >= 300
    for group_id in "ensomhet skolefravaer rus bpa sfo matsvinn demens gjeld eldre fengsel".split():
        assert group_id in DEFAULT


def test_every_id_is_a_slug() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", group.id) for group in DEFAULT)


def test_no_member_stands_twice_in_a_group_whatever_its_case() -> None:
    for group in DEFAULT:
        assert len({member.casefold() for member in group.members}) == len(group.members)


def test_every_group_has_two_forms_at_least() -> None:
    for group in DEFAULT:
        assert len({tuple(map(normalize, split(member))) for member in group.members}) > 1


def test_no_word_that_only_binds_is_a_member() -> None:
    alone = [member for group in DEFAULT for member in group.members if len(split(member)) == 1]
    assert [word for word in alone if binds(word) and not is_abbreviation(word)] == []


def test_no_member_is_too_long_to_be_found() -> None:
    lengths = [len(split(member)) for group in DEFAULT for member in group.members]
    assert max(lengths) <= LONGEST_PHRASE


def test_every_member_is_found_as_its_group() -> None:
    for group in DEFAULT:
        for member in group.members:
            found = DEFAULT.find(split(member))
            assert [mention.group_id for mention in found] == [group.id], member


@pytest.mark.parametrize(
    "word",
    "born ungdomar einsemd sjukeheim heimeteneste skulevegring sjukefråvær arbeidslaus utanforskap "
    "bustad tilsette innbyggjar pårørande meistring førebygging høyrselshemma fosterheim barnevern "
    "sumarjobb tilskot vaksenopplæring kjeldesortering mangfald åleine bustadlaus".split(),
)
def test_frequent_words_of_nynorsk_are_found(word: str) -> None:
    assert DEFAULT.groups_of(word)
