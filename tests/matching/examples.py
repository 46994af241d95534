"""Small invented needs and concepts in bokmål and nynorsk, and ways to make others."""

from __future__ import annotations

from hypothesis import strategies as st

from matching import Document
from matching.facets import AGE, GROUP, Facets, Group, Range
from matching.parameters import Parameters

NEEDS = {
    "jobless": Document(
        "jobless",
        "Ungdomsarbeidsledighet",
        "Mange ungdommer i kommunen vår står uten arbeid. Vi trenger et tilbud som gir dem "
        "arbeidserfaring og tro på egen mestring.",
    ),
    "lonely": Document(
        "lonely",
        "Ensomhet blant eldre",
        "Hjemmetjenesten møter mange eldre som er ensomme. De mangler noen å spise middag med.",
    ),
    "absence": Document(
        "absence",
        "Skolefravær på ungdomstrinnet",
        "Elever har høyt fravær fra skolen. Vi trenger hjelp til å få dem tilbake i klasserommet.",
    ),
    "language": Document(
        "language",
        "Norskopplæring for flyktninger",
        "Flyktningar treng å øve på norsk utanfor kurset, gjerne saman med frivillige.",
    ),
    "waste": Document(
        "waste",
        "Matsvinn på sykehjem",
        "Sykehjemmene kaster mye mat. Vi ønsker å halvere matsvinnet.",
    ),
    "unrelated": Document(
        "unrelated",
        "Isbrytere i Barentshavet",
        "Kystvakten ønsker raskere isbrytere med atomdrift og bedre radar.",
    ),
}

CONCEPTS = {
    "jobless": Document(
        "jobless",
        "Praksisplassen",
        "Vi hjelper arbeidsledige ungdommer ut i jobb gjennom praksis hos lokale bedrifter, med "
        "lønn og oppfølging.",
    ),
    "lonely": Document(
        "lonely",
        "Middagsvenn",
        "Frivillige et middag saman med eldre som kjenner på einsemd. Heimetenesta viser vidare.",
    ),
    "absence": Document(
        "absence",
        "Los i skulen",
        "Ein los følgjer opp elevar med høgt fråvær og får dei tilbake til klasserommet.",
    ),
    "language": Document(
        "language",
        "Språkkafé",
        "Frivillige øver norsk med flyktninger og innvandrere på biblioteket hver uke.",
    ),
    "waste": Document(
        "waste",
        "Kjøkkenvekta",
        "En vekt måler matsvinn på storkjøkken, så sykehjem og skoler kaster mindre mat.",
    ),
    "bikes": Document(
        "bikes", "Sykkelverksted", "Vi reparerer brukte sykler og selger dem rimelig."
    ),
    "garden": Document(
        "garden", "Takhagen", "Parsellhager på tak gir grønne møteplasser midt i byen."
    ),
    "choir": Document(
        "choir", "Sangkoret", "Et kor for alle som liker å synge, uten opptaksprøve."
    ),
    "code": Document("code", "Kodeklubb", "Barn lærer programmering av studenter etter skoletid."),
}

_WORDS = [
    "ungdom", "ungdommer", "arbeid", "arbeidsledighet", "skule", "skolefravær", "eldre",
    "eldreomsorg", "ensomhet", "einsemd", "volunteer", "volunteers", "school", "kafé", "og", "the",
    "unge voksne", "young", "adults", "eldre mennesker", "x" * 64, "x" * 65, "<b>", "&amp;", "🎉",
]  # fmt: skip

_LIST = " ".join(f"ord{number}" for number in range(70))

texts = st.one_of(
    *[st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)] * 3,
    st.lists(st.sampled_from([*_WORDS, _LIST]), min_size=1, max_size=4).map(" ".join),
)


_facets = st.sampled_from(
    [
        Facets(),
        Facets({AGE: Range(6, 10)}),
        Facets({AGE: [Range(8, 13), Range(low=67)], GROUP: {Group.PUPILS}}),
        Facets({GROUP: {Group.EVERYONE}}),
    ]
)
_fields = st.lists(st.tuples(st.sampled_from(["effect", "method"]), texts), max_size=2).map(tuple)


def documents(ids: str = "abcdef") -> st.SearchStrategy[Document]:
    """Return documents of few words, so that they share some."""
    name = st.sampled_from(ids)
    return st.builds(Document, name, texts, texts, fields=_fields, facets=_facets)


queries = documents("?")

_times = st.sampled_from([0.0, 0.5, 1.0, 3.0])
_weights = st.just(()) | st.tuples(st.tuples(st.just("effect"), _times))
_ngrams = st.sampled_from([(3, 4), (2, 5), (6, 7), (1, 0), (0, 0)])

parameters = st.builds(
    Parameters,
    k1=st.sampled_from([0.0, 0.5, 1.3, 8.0]),
    b=st.sampled_from([0.0, 0.7, 1.0]),
    title_weight=_times,
    field_weights=_weights,
    query_title_weight=_times,
    query_field_weights=_weights,
    ngrams=_ngrams,
    word_weight=st.sampled_from([0.0, 0.5, 2.0]),
    ngram_power=st.sampled_from([0.0, 1.5, 2.0]),
    length_power=st.sampled_from([-1.0, 0.0, 0.25]),
    ngram_saving=st.sampled_from([0.0, 0.02, 0.2, 1.0]),
    idf_power=st.sampled_from([0.0, 1.5, 3.0]),
    idf_growth=st.sampled_from([-0.1, 0.0, 0.1]),
    burstiness=st.sampled_from([0.0, 0.4, 1.0]),
    repetition=st.sampled_from([0.0, 0.85, 1.0]),
    thesaurus_weight=st.sampled_from([0.0, 0.5, 1.0]),
)


def query(text: str, title: str = "") -> Document:
    """Return the words of a search box."""
    return Document("", title, text)
