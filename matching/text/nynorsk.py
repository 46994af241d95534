"""Bring the written forms of bokmål and nynorsk together.

Both are Norwegian, and a municipality writes both. Most words differ only in endings, which
stemming and n-grams bridge; those below differ in their stem, and are frequent in texts about
services. Folding makes one form of them, on both sides alike, so that it never matters which
form a text was written in; a fold that hits an unrelated word hits it everywhere.
"""

from __future__ import annotations

# Whole words: too short or too common inside others to be replaced there.
_WORDS = {
    "born": "barn",
    "borna": "barna",
    "borns": "barns",
    "bornas": "barnas",
    "veke": "uke",
    "veker": "uker",
    "vekene": "ukene",
    "åra": "årene",
    "vener": "venner",
    "ven": "venn",
    "venar": "venner",
    "jobbar": "jobber",
    "bur": "bor",
    "bu": "bo",
    "gong": "gang",
    "gonger": "ganger",
    "høve": "anledning",
    "røynsle": "erfaring",
    "røynsler": "erfaringer",
    "røynslene": "erfaringene",
    "trong": "behov",
    "trongen": "behovet",
    "kjensle": "følelse",
    "kjensler": "følelser",
    "kjenslene": "følelsene",
    "skilnad": "forskjell",
    "skilnader": "forskjeller",
    "åtferd": "adferd",
    "atferd": "adferd",
    "vaksne": "voksne",
    "vaksen": "voksen",
}

# Parts of words, each replaced wherever it stands; longer before shorter.
_PARTS = (
    ("einsemd", "ensomhet"),
    ("einsam", "ensom"),
    ("verksemd", "virksomhet"),
    ("semd", "somhet"),
    ("mogleg", "mulig"),
    ("legheit", "lighet"),
    ("heit", "het"),
    ("teneste", "tjeneste"),
    ("tenest", "tjenest"),
    ("heim", "hjem"),
    ("skule", "skole"),
    ("skular", "skoler"),
    ("sjuk", "syk"),
    ("kvardag", "hverdag"),
    ("løysing", "løsning"),
    ("utanfor", "utenfor"),
    ("saman", "sammen"),
    ("framand", "fremmed"),
    ("høgskul", "høyskol"),
    ("hushald", "hushold"),
    ("draum", "drøm"),
    ("auke", "øke"),
    ("mjølk", "melk"),
    ("symje", "svømme"),
    ("symjing", "svømming"),
    ("leik", "lek"),
    ("naud", "nød"),
    ("fråvær", "fravær"),
    ("tilbod", "tilbud"),
    ("oppgåv", "oppgav"),
    ("høgt", "høyt"),
    ("høge", "høye"),
    ("kjøken", "kjøkken"),
    ("sumar", "sommer"),
)


def folded(word: str) -> str:
    """Return the form that stands for `word` in both written standards, in lower case."""
    whole = _WORDS.get(word)
    if whole is not None:
        return whole
    for part, other in _PARTS:
        if part in word:
            word = word.replace(part, other)
    return word
