"""Words around a mention of people that tell its part in the sentence."""

from __future__ import annotations

AND = frozenset("og eller and or samt & / , både".split())

BOTH = frozenset("både båe both".split())

OR = frozenset("eller or".split())

LINKS = AND | frozenset(
    "i på ved fra med som er har hadde særlig spesielt gjerne og alderen alder uten utan of with"
    " in at aged from who are have ( ) - – — : den det de dei våre vår egne sine the sin særleg"
    " primært mellom hovedsakelig frå av til hos ein en et eit hele heile andre annen annan alle"
    " mange flere fleire bosatt bur bor går bruker gjennom hvor der hver kvar nye unge yngre eldre"
    " tidligere tidlegare lokale små store diagnosen lett alvorlig moderat langvarig langvarige"
    " ulike sammensatte samansette rus kommunen kommunens omfattende jobber jobbar arbeider"
    " arbeidar working work small young older lever foreløpig fortsatt".split()
)
"""What may stand between two mentions of one group of words, as in "elever på 8. trinn"."""

MOST_LINKS = 4

WITHOUT_NOUN = frozenset(
    "i på av for til fra frå med uten utan hos ved om mot under over etter før blant mellom"
    " gjennom som og eller men at når der hvor enn å er var blir vert ble hvordan korleis hva kva"
    " mens fordi slik så dette vart har hadde kan kunne skal skulle vil ville må måtte bør burde"
    " får fikk fekk ikke ikkje også ofte alltid aldri selv sjølv sammen saman alene åleine aleine"
    " hjemme heime ute inne nå no her hele heile lite lett mye mykje mer meir bare berre gjerne"
    " sjelden sjeldan stort fortsatt framleis deg seg oss dem dei de den det vi vår våre hverandre"
    " kvarandre både mange trygt litt fort godt spesielt særlig dagens in on of to from with"
    " without who and or but are is were have has can could should will would may must need want"
    " often not also living lives live struggle feel lack get more using use meet learn together"
    " alone people persons residents adults women neighbours patients citizens inhabitants person"
    " relatives".split()
)
"""What may follow an adjective that stands for people, as in "eldre i kommunen"."""

WITHOUT_NOUN_VERBS = frozenset(
    "trenger treng mangler manglar savner saknar ønsker ønskjer sliter slit strever strevar bor"
    " bur sitter sit faller fell opplever opplev føler kjenner går gjekk kommer kjem blir vert"
    " spiser et lever møter møtes lærer lager lagar leser les hjelper sier seier vet veit tør"
    " torer ser søker deltar deltek bruker brukar bruke jobber jobbar arbeider arbeidar dropper"
    " mister mistar glemmer gløymer klarer klarar greier gruer liker likar elsker snakker snakkar"
    " ringer reiser dør døyr får vil kan synes synest mener meiner forteller fortel ønske ha være"
    " vere bli besøker forsvinner forsvinn trives trivst mistrives isolerer isolerar kvier ligger"
    " ligg står havner hamnar starter startar begynner byrjar lurer slutter sluttar mangle trene"
    " trener trenar danser dansar synger syng vokser veks drikker drikk ruser henger heng tenker"
    " tenkjer spør kjøper venter ventar rekker holder held flytter flyttar".split()
)

WITHOUT_NOUN_ENDS = (
    "ere",
    "erne",
    "folk",
    "personer",
    "menn",
    "kvinner",
    "mennesker",
    "søkere",
    "boende",
    "buande",
)
"""Ends of nouns that name people, as in "eldre brukere"."""

THINGS = (
    "bygg bygning hus bolig bustad utstyr bil maskin skole skule data pc system teknologi lokale"
    " anlegg rør vindu møb trær klær kart vei veg bru bro båt ledning rutine metode avtale tekst"
    " dokument arkiv ting sykl telefon nettbrett tv ventilasjon kjøretøy årgang hest hund dyr"
    " versjon tid tradisjon dag venn minne bedrift selskap firma organisasjon tre miljø kvig kyr"
    " elev barn born søsken ungdom klass sted stad fly kirk kyrkj låve gård gard sko bøk bok foto"
    " bilde bilete film spill instrument mur tak gulv vegg elbil buss trikk tog lamp lys kommune"
    " programvare apparat kjøkken toalett bad mat vare brukt tømmer skog stein fartøy verktøy nett"
    " server løsning løysing modell materiale papir rekk generasjon år"
).split()
"""Beginnings of what may be old or young and is no group of people, or is pupils and siblings."""

NEED = frozenset(
    "trenger treng trengte trengjer trenge mangler manglar mangle savner saknar savne sliter slit"
    " slite strever strevar streve need needs lack struggle struggling behøver".split()
)
"""Verbs whose subject the text is for."""

WISH = frozenset(
    "ønsker ønskjer ønske want wants would ynskjer etterlyser etterspør søker søkjer leter".split()
)

RECEIVE = NEED | frozenset(
    "får fikk fekk få opplever opplev føler kjenner faller fell sitter sit bor bur gruer står"
    " mistrives blir vert mangler dropper utsettes utsatt deltar deltek lever går havner risikerer"
    " møter møtes ønsker ønskjer ønske drømmer slutter sluttar har receive get attend experience"
    " feel are live lives".split()
)
"""Verbs that tell of those whom a text is for, where they come before any verb of giving."""

GIVE = frozenset(
    "hjelper hjelpe hjelp besøker besøke besøkjer besøkje vitjar vitje veileder veilede rettleier"
    " rettleie rettleiar støtter støttar underviser undervise coacher coache assisterer assistere"
    " intervjuer intervjue inspirerer motiverer opplærer oppmuntrer ledsager frakter frakte bistår"
    " bistå avlaster avlaste ivaretar help helps helping visit visits visiting mentor mentors"
    " mentoring guide guides support supports teach teaches teaching tutor tutors coach coaches"
    " assist assists accompany".split()
)
"""Verbs whose subject helps and whose object is helped."""

MAY_GIVE = frozenset(
    "følger følgje følge følgjer trener trenar trene leser les lese lærer lære lærar passer"
    " passar passe kjører køyrer kjøre inviterer invitere leder leier lede leie lager lagar lage"
    " serverer servere spiller spelar spille spele opptrer opptre synger syng synge holder held"
    " holde halde gir gjev gi gje tilbyr tilbyd tilby deler delar dele viser vise arrangerer"
    " arrangere organiserer organisere gjør gjer gjøre gjere rydder rydde måker måke handler"
    " handle skriver skrive utvikler utvikle formidler formidle bidrar bidra forteller fortelle"
    " baker bake strikker strikke ringer ringe snakker snakke stiller stille jobber jobbar read"
    " reads make makes give gives offer offers run runs lead leads train trains cook cooks play"
    " plays sing show deliver delivers".split()
)
"""Verbs of giving only where somebody follows to whom something is given."""

TO = frozenset("for til åt mot blant rettet retta".split())
"""What stands before those whom something is for."""

TRAINING = frozenset(
    "opplæring opplæringa opplæringen rekruttering kursing veiledning rettleiing oppfølging"
    " oppfølgjing skolering motivering aktivisering inkludering sykefraværet sjukefråværet"
    " training arbeidsmiljøet inkluderinga kompetanseheving trivselen helsa helsen".split()
)
"""Nouns after which "av", "blant" or "for" names those whom something is for."""

EACH_OTHER = frozenset("hverandre kvarandre other".split())

HELP = frozenset(
    "hjelp besøk støtte selskap leksehjelp bistand råd visits help support avlastning".split()
)

DONE = frozenset(
    "ledet leia leda drevet drive besøkt undervist opplært hjulpet hjelpt laget laga organisert"
    " arrangert styrt startet starta utviklet utvikla holdt halde gitt gjeve tilbudt fulgt følgd"
    " veiledet rettleia støttet trent ledes drives undervises holdes gis gjennomføres gjennomført"
    " lages styres veiledes besøkes tilbys taught led run visited helped mentored made delivered"
    " supported coached guided trained assisted bemannet bemanna kjørt servert".split()
)
"""Forms after which "av" or "by" names who does something."""

REFUSED = frozenset("har hadde have has de dei den the".split())
"""What may stand after "ikke" before those whom something is not for, or who are not there."""

BY = frozenset("av by fra frå from".split())

NOT = frozenset(
    "ikke ikkje not unntatt untatt unnateke utenom utanom utenfor utanfor outside uten utan".split()
)

BUT = frozenset("men but".split())

CHARGE = frozenset("ansvar ansvaret responsible enhet enheten etat etaten".split())
"""Nouns after which "for" names those whom somebody answers for."""

ARTICLES = frozenset("en ein ei et eit a an".split())

WITHOUT = frozenset("uten utan without".split())

NO = frozenset("nei no".split())
"""What answers a question that named others, as in "Flere møter? Nei, vi trenger ro"."""

ONLY = frozenset("bare berre only kun nødvendigvis".split())

IDENTITY = (("vi", "er"), ("jeg", "er"), ("eg", "er"), ("vi", "som"), ("we", "are"), ("me", "er"))
"""Words by which a writer introduces himself."""

HELPERS = (
    "leksehjelp mentor veileder rettleiar lesevenn leseven besøksvenn besøksven turvenn turven"
    " språkvenn støttekontakt instruktør trener trenar fadder fadrar frivillig friviljug coach"
    " medhjelp rollemodell forbilde ressurs kursholder aktivitetsleder aktivitetsleiar sjåfør"
    " guide helper volunteer tutor lærere lærarar vikar assistent arrangør hjelper hjelpar"
).split()
"""Parts of words for those who help, as in "studenter som leksehjelpere"."""

RECEIVERS = ("deltak", "bruk", "målgrupp", "elev", "søk", "kund", "medlem")
"""Beginnings of nouns that name those whom something is for, as in "deltakerne er ungdom"."""

BEARERS = frozenset(
    "som dei de dem den mange noen nokon flere fleire alle målgruppen målgruppa who those"
    " many".split()
)
"""What stands before a trait in the place of people, as in "mange har hatt depresjon"."""

SUFFER = frozenset("hatt lever sliter slit strever strevar aktiv suffer had".split())
"""Words before a trait that tell somebody has it."""

SUBORDINATE = frozenset(
    "hos at når hvis dersom der som hvor kor korleis fordi when where if that".split()
)
"""Words that begin a clause whose subject comes next, and "hos"."""

DETERMINERS = frozenset(
    "oss seg noen nokon nokre en ein et eit ei flere fleire fler mer meir gode trygge aktive"
    " lokale to tre engasjerte tydelige nok mange kloke erfarne some more trusted good pensjonerte"
    " dyktige motiverte blide ekstra etter".split()
)

DREAD = frozenset("gruer gruar kvier kvir vegrer vegrar".split())
"""Verbs of staff who would be helped."""

REPORT = frozenset(
    "melder melde sier seier ser forteller fortel ringer merker merkar rapporterer varsler"
    " observerer say says see report reports notice".split()
)
"""Verbs by which staff speak of others."""

POSSESSIVE = frozenset("sine sin sitt si deres deira their her his".split())

BUILDING = tuple(
    (
        "taket lokalet lokaler lokala lokalene ventilasjon vegg maling male malt strøm energi"
        " renhold reinhald gjerde"
        " uteområde uteplass uterom sandkasse benk kjøkken kantin bygg snø parker møbl lydanlegg"
        " flytt"
        " asfalt vaktmester belysning toalett vindu inneklima oppuss nedslitt inngjerd ladest"
        " solcelle"
        " tilbygg lekeplass lekeapparat app påmelding fagsystem søppel avfall heis ramp nettverk"
        " plen"
    ).split()
)
"""Beginnings of words about a building and its things."""

WORK = frozenset(
    "jobbe jobber jobba jobb arbeide arbeider arbeid arbeida work working ansette sykefravær"
    " sykefraværet sjukefråvær sjukefråværet arbeidsmiljø arbeidsmiljøet bemanning bemanningen"
    " bemanninga turnus turnover".split()
)
"""Words before a school where somebody works."""

PLACE_BEFORE = frozenset("på i for til fra frå hele heile at in alle blant gjennom hos".split())

WHO_WITH = frozenset({("som", "med"), ("who", "with")})
"""What stands before and after a verb of work, as in "vi som jobber med barn"."""

TARGET_WORDS = frozenset(
    "målgruppe målgruppa målgruppen målgruppene aldersgruppe aldersgruppa aldersgruppen".split()
)
"""Where a sentence has one of these, it decides for the text."""
