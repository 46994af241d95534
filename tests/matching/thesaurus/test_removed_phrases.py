"""What was once in an index leaves no trace in its scores."""

from matching import Document, MatchIndex
from matching.thesaurus import Group, Thesaurus

THESAURUS = Thesaurus.from_groups([Group("homework", ("leksehjelp", "hjelp med lekser"))])


def test_a_phrase_that_was_removed_changes_no_score() -> None:
    kept = [
        Document("1", "", "leksehjelp leksehjelp leksehjelp for elever"),
        Document("2", "", "skole og elever skole"),
    ]
    removed = Document("3", "", "hjelp med lekser")
    index = MatchIndex.from_documents([*kept, removed], thesaurus=THESAURUS)
    index.remove("3")
    query = "hjelp med lekser til elever og elever"
    assert index.rank(query) == MatchIndex.from_documents(kept, thesaurus=THESAURUS).rank(query)
