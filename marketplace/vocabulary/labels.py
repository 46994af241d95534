"""The wording of the vocabulary."""

from flask_babel import lazy_gettext as _l

from marketplace.ui.labels import LabelTables
from marketplace.vocabulary.states import VocabularyEvent, VocabularyRefusal

LABELS: LabelTables = (
    {
        VocabularyEvent.ADDED: _l("Ordene ble lagt til"),
        VocabularyEvent.SWITCHED_OFF: _l("Slått av"),
        VocabularyEvent.SWITCHED_ON: _l("Slått på"),
    },
    {
        VocabularyRefusal.ADMINISTRATORS_ONLY: _l("Bare en administrator kan endre ordlista."),
        VocabularyRefusal.TOO_FEW_WORDS: _l(
            "Skriv minst to ord som betyr det samme, ett på hver linje."
        ),
        VocabularyRefusal.TOO_MANY_WORDS: _l(
            "Skriv høyst %(most)s ord. Lag heller flere grupper av ord som ligger nærmere"
            " hverandre."
        ),
        VocabularyRefusal.WORD_TOO_LONG: _l(
            "Hvert ord eller uttrykk kan ha høyst %(most)s tegn. Skriv ett på hver linje."
        ),
        VocabularyRefusal.NO_WORD: _l("«%(word)s» er ikke noe ord. Rett det eller ta det bort."),
        VocabularyRefusal.ALREADY_THERE: _l(
            "Disse ordene står i ordlista fra før. Søk dem opp, og slå dem på hvis de er slått av."
        ),
        VocabularyRefusal.REASON_MISSING: _l("Skriv hvorfor, så den neste forstår valget."),
        VocabularyRefusal.PERSONAL_DATA: _l(
            "«%(words)s» ser ut som %(what)s. Ta det bort: ordlista er ikke for opplysninger om"
            " personer."
        ),
        VocabularyRefusal.FILE_MISSING: _l("Velg en fil."),
        VocabularyRefusal.FILE_TOO_LARGE: _l("Filen er for stor. Del den i filer under 2 MB."),
        VocabularyRefusal.FILE_KIND: _l(
            "Velg en SKOS-fil: .ttl, .rdf, .xml, .jsonld eller .nt. Et regneark kan ikke leses."
        ),
        VocabularyRefusal.FILE_UNREADABLE: _l(
            "Vi finner ingen ordliste i filen. Åpne den i programmet den kommer fra, og lagre den"
            " på nytt som Turtle (.ttl) eller RDF/XML (.rdf)."
        ),
        VocabularyRefusal.FILE_UNREADABLE_AT: _l(
            "Vi kan ikke lese filen lenger enn til linje %(line)s. Rett den linja, eller lagre"
            " filen på nytt fra programmet den kommer fra."
        ),
        VocabularyRefusal.WORDS_CUT: _l("Bare de første %(most)s ordene er tatt med."),
        VocabularyRefusal.LINE_WRONG: _l(
            "Linje %(line)s («%(word)s …») kan ikke legges til. Rett den eller ta den bort. Den må"
            " ha minst to ulike ord og høyst 60, hvert på høyst 80 tegn, ingen opplysninger om"
            " personer, og ikke være en gruppe som står i ordlista fra før."
        ),
        VocabularyRefusal.NO_GROUPS: _l(
            "Det står ingen ord her. Skriv en gruppe på hver linje, eller velg en fil på nytt."
        ),
        VocabularyRefusal.FILE_TOO_SLOW: _l(
            "Det tar for lang tid å lese filen. Del den i mindre filer."
        ),
        VocabularyRefusal.FILE_TOO_MANY: _l(
            "Filen har flere enn %(most)s grupper av ord. Del den, og ta med det dere trenger."
        ),
        VocabularyRefusal.NOTHING_NEW: _l(
            "Det er ingenting nytt å legge til: alt i filen står i ordlista fra før, eller kan ikke"
            " tas med. Ingenting er endret."
        ),
    },
)
