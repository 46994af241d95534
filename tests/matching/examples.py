"""Small invented needs and concepts in bokmål and nynorsk, and ways to make others."""

from __future__ import annotations

from hypothesis import strategies as st

from matching import Document

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
]  # fmt: skip

_LIST = " ".join(f"ord{number}" for number in range(70))

texts = st.one_of(
    *[st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)] * 3,
    st.lists(st.sampled_from([*_WORDS, _LIST]), min_size=1, max_size=4).map(" ".join),
)


def documents(ids: str = "abcdef") -> st.SearchStrategy[Document]:
    """Return documents of few words, so that they share some."""
    return st.builds(Document, st.sampled_from(ids), texts, texts)


def query(text: str, title: str = "") -> Document:
    """Return the words of a search box."""
    return Document("", title, text)
