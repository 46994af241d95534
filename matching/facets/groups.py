"""The words that name groups of people of any age, and what to know of their compounds."""

from __future__ import annotations

from matching.facets.codes import Group
from matching.facets.people import Kind, People

GROUPS = (
    People(
        "elev/er/en/ene/ar/ane/enes/a/an pupil/s schoolgirls schoolboys",
        groups=(Group.PUPILS,),
    ),
    People(
        "foreldre/ne/nes foreldra foresatt/e føresett/e mødre/ne mødrer fedre/ne fedrar"
        " småbarnsforeldre småbarnsmødre alenemødre aleinemødrer alenefedre aleneforeldre"
        " eneforsørger/e fosterforeldre mammaer pappaer mammaene pappaene parent/s mothers fathers"
        " mums dads single_parents",
        Kind.PARENT,
        (Group.PARENTS,),
    ),
    People(
        "familie/r/n/ne familiar familiane barnefamilie/r/ne barnefamiliar småbarnsfamilie/r/ne"
        " family families",
        groups=(Group.FAMILIES,),
    ),
    People(
        "pårørende pårørande pårørenede ektefelle/r/ne relatives carers caregivers next_of_kin"
        " family_carer/s etterlatte"
        " etterlatne",
        Kind.PARENT,
        (Group.CARERS,),
    ),
    People(
        "ansatt/e/es ansatte/ne tilsett/e tilsatt/e dei_tilsette medarbeider/e/ne"
        " medarbeidar/ar/ane personale/t personell helsepersonell arbeidstakere arbeidstakarar"
        " lærere lærerne lærarar lærarane kontaktlærere barnehagelærere barnehagelærarar pedagoger"
        " pedagogar pedagogene pedagogane sykepleier/e/ne sjukepleiar/ar/ane helsefagarbeider/e/ne"
        " helsefagarbeidar/ar/ane vernepleier/e/ne vernepleiar/ar hjemmehjelpere heimehjelparar"
        " nattevakter nattevaktene vakter vaktene arbeiderne arbeidere arbeidarar arbeidarane"
        " miljøterapeut/er/ar miljøarbeider/e/ne assistent/er/ene assistentar assistentane"
        " fagarbeider/e/ne ledere lederne leiarar leiarane mellomledere avdelingsledere"
        " saksbehandler/e/ne sakshandsamar/ar/ane veiledere rettleiarar vikarer vikarar kokker"
        " renholdere renholderne reinhaldarar reinhaldarane vaktmestere vaktmesterne fagfolk"
        " rektorer rektorene portører portørene"
        " pleiere pleierne pleiarar pleiarane sjåfører sjåførene sjåførar sjåførane legene"
        " jordmødre jordmødrene helsesykepleiere fysioterapeuter ergoterapeuter"
        " barnevernspedagoger sosionomer støttekontakter employee/s staff teacher/s nurse/s"
        " care_workers caseworkers managers colleagues",
        Kind.STAFF,
        (Group.EMPLOYEES,),
    ),
    People(
        "frivillig/e friviljug/e besøksvenn/er/ene besøksven/er/ene/ar natteravn/er/ene"
        " volunteer/s",
        Kind.STAFF,
        (Group.VOLUNTEERS,),
    ),
    People(
        "bedrift/er/ene/ar/ane småbedrifter næringsliv/et virksomheter verksemder bønder bøndene"
        " gründer/e/ne gründerar butikker butikkene butikkane butikkar handelsstanden produsenter"
        " produsentar gårdbrukere gardbrukarar businesses companies farmers entreprenører",
        Kind.STAFF,
        (Group.BUSINESSES,),
    ),
    People(
        "flyktning/er/ene/ar/ane somaliske syriske afghanske eritreiske ukrainske innvandrer/e/ne"
        " innvandrar/ar/ane asylsøker/e/ne asylsøkjar/ar/ane nyankomne nykomne minoritetsspråklige"
        " minoritetsspråklege fremmedspråklige framandspråklege flerspråklige fleirspråklege"
        " ukrainere ukrainerne ukrainarar ukrainarane ukrainian/s syrians syrere afghanere"
        " somaliere eritreere eritreerne somalis afghans eritreans arbeidsinnvandrer/e/ne"
        " arbeidsinnvandrarar innvandrerkvinner innvandrarkvinner"
        " innvandrermødre refugee/s immigrant/s migrant/s newcomers asylum_seekers",
        groups=(Group.IMMIGRANTS_REFUGEES,),
    ),
    People(
        "introprogrammet introduksjonsprogrammet innvandrerbakgrunn innvandrarbakgrunn"
        " flyktningbakgrunn flyktningebakgrunn minoritetsbakgrunn annet_morsmål anna_morsmål syria"
        " eritrea somalia afghanistan ukraina irak iran sudan kongo etiopia tyrkia myanmar"
        " vietnam pakistan polen litauen thailand filippinene palestina ukraine",
        Kind.TRAIT,
        (Group.IMMIGRANTS_REFUGEES,),
    ),
    People(
        "funksjonshemmet funksjonshemmede funksjonshemma funksjonshemja utviklingshemmede"
        " utviklingshemma utviklingshemja bevegelseshemmede rørslehemma synshemmede synshemma"
        " svaksynte blinde hørselshemmede høyrselshemma døve døvblinde blind_people deaf_people"
        " wheelchair_user/s rullestolbruker/e/ne rullestolbrukar/ar/ane autister disabled_people",
        groups=(Group.PEOPLE_WITH_DISABILITIES,),
    ),
    People(
        "funksjonsnedsettelse/r funksjonsnedsetting/ar funksjonsnedsetjing/ar"
        " nedsatt_funksjonsevne nedsett_funksjonsevne funksjonsvariasjon/er funksjonshemming/er/ar"
        " utviklingshemming psykisk_utviklingshemming autisme autismespekteret adhd downs"
        " rullestol hjelpebehov nedsatt_syn nedsatt_hørsel synstap hørselstap bistandsbehov"
        " disability"
        " disabilities autism intellectual_disability intellectual_disabilities"
        " learning_disabilities wheelchairs",
        Kind.TRAIT,
        (Group.PEOPLE_WITH_DISABILITIES,),
    ),
    People("demente demensrammede demensramma", groups=(Group.PEOPLE_WITH_DEMENTIA,)),
    People(
        "demens demenssykdom demenssjukdom demensdiagnose alzheimer alzheimers dementia",
        Kind.TRAIT,
        (Group.PEOPLE_WITH_DEMENTIA,),
    ),
    People("psykisk_syke psykisk_sjuke", groups=(Group.PEOPLE_WITH_MENTAL_ILLNESS,)),
    People(
        "psykisk_sykdom psykisk_sjukdom psykiske_lidelser psykiske_lidingar psykisk_lidelse"
        " psykisk_liding psykiske_plager psykiske_plagar psykiske_helseplager psykiske_helseplagar"
        " psykiske_vansker psykiske_problemer psykiske_problem psykiske_utfordringer"
        " psykiske_utfordringar psykiske_helseutfordringer psykisk_uhelse psykososiale_vansker"
        " angst depresjon fødselsdepresjon sliter_psykisk slit_psykisk strever_psykisk"
        " strevar_psykisk sosial_angst spiseforstyrrelser schizofreni psykose psykoser bipolar"
        " traumer traume ptsd selvskading mental_illness mental_health_problems"
        " mental_health_issues mental_health_challenges anxiety depression psychosis schizophrenia",
        Kind.TRAIT,
        (Group.PEOPLE_WITH_MENTAL_ILLNESS,),
    ),
    People(
        "rusavhengig/e rusfri/e rusmisbruker/e/ne rusmisbrukar/ar rusbruker/e/ne rusbrukar/ar"
        " ruslidende narkomane drug_users addicts",
        groups=(Group.PEOPLE_WITH_SUBSTANCE_USE,),
    ),
    People(
        "rus rusen rusproblemer rusproblem rusutfordringer rusutfordringar rusavhengighet"
        " rusavhengigheit ruslidelser ruslidelse ruslidingar rusbakgrunn rusvansker rusbehandling"
        " rusomsorgen avhengighet spilleavhengighet substance_use substance_abuse addiction"
        " drug_problems",
        Kind.TRAIT,
        (Group.PEOPLE_WITH_SUBSTANCE_USE,),
    ),
    People(
        "pasient/er/ene/ar/ane kreftpasient/er/ar opererte kreftsyke kreftsjuke kronisk_syke"
        " kronisk_sjuke slagrammede slagramma sykehjemsbeboere sjukeheimsbebuarar"
        " sykehjemspasienter patient/s beboer/e/ne bebuar/ar/ane brukere_av_hjemmetjenesten"
        " brukarar_av_heimetenesta brukere_av_hjemmesykepleien",
        groups=(Group.PATIENTS,),
    ),
    People(
        "arbeidsledig/e arbeidsløs/e arbeidslause arbeidslaus arbeidssøker/e/ne arbeidssøkjar/ar"
        " arbeidssøkar/ar jobbsøker/e/ne jobbsøkjar/ar jobbsøkar/ar langtidsledig/e"
        " langtidsarbeidsledige aap-mottaker/e/ne aap-mottakar/ar nav-bruker/e/ne nav-brukar/ar"
        " uføre ufør sykmeldt sjukmeld uføretrygdede uføretrygda sykmeldte sjukmelde sykemeldte"
        " unemployed_people unemployed unemployed_youth job_seeker/s jobseeker/s neet",
        groups=(Group.UNEMPLOYED,),
    ),
    People(
        "utenfor_arbeid utenfor_arbeidslivet utanfor_arbeid utanfor_arbeidslivet uten_jobb"
        " utan_jobb uten_arbeid utan_arbeid utenfor_skole_og_arbeid utenfor_jobb"
        " utenfor_jobb_og_skole ut_av_skole_og_jobb ut_av_jobb ut_av_arbeidslivet ut_av_arbeid"
        " utanfor_skule_og_arbeid arbeidsavklaringspenger arbeidsavklaringspengar på_trygd"
        " langt_fra_jobb langt_frå_jobb mistet_jobben mista_jobben aap out_of_work without_a_job"
        " without_work long-term_unemployed utenforskap utanforskap",
        Kind.TRAIT,
        (Group.UNEMPLOYED,),
    ),
    People(
        "fattige vanskeligstilte vanskelegstilte økonomisk_vanskeligstilte"
        " sosialhjelpsmottaker/e/ne sosialhjelpsmottakar/ar lavinntektsfamilier"
        " låginntektsfamiliar low-income_families",
        groups=(Group.LOW_INCOME,),
    ),
    People(
        "lavinntekt låginntekt lav_inntekt låg_inntekt dårlig_råd dårleg_råd trang_økonomi"
        " svak_økonomi på_sosialhjelp dårlig_økonomi dårleg_økonomi lite_penger lite_pengar"
        " ikke_har_råd ikke_har_penger ikkje_har_pengar ikkje_har_råd ikke_råd ikkje_råd fattigdom"
        " low_income low-income poverty",
        Kind.TRAIT,
        (Group.LOW_INCOME,),
    ),
    People(
        "innsatt/e innsette fanger fangene fangar straffedømte straffedømde løslatte lauslatne"
        " domfelte inmate/s prisoner/s ex-prisoners offenders ex-offenders",
        groups=(Group.INMATES,),
    ),
    People("soner soner_i_fengsel i_fengsel", Kind.TRAIT, (Group.INMATES,)),
    People("søsken søskenet søskena siblings brothers sisters", Kind.PARENT),
    People("gravide fødende fødande pregnant_women", groups=(Group.PREGNANT,)),
    People(
        "alle_innbyggere alle_innbyggerne alle_innbyggjarar hele_befolkningen heile_befolkninga"
        " hele_befolkninga alle_aldre alle_aldrar alle_generasjoner alle_generasjonar"
        " alle_aldersgrupper alle_aldersgruppene innbygger/e/ne/nes innbyggjar/ar/ane"
        " uansett_alder uavhengig_av_alder uavhengig_alder åpent_for_alle åpen_for_alle"
        " ope_for_alle open_to_all open_to_everyone unge_som_gamle ung_som_gammel store_og_små"
        " små_og_store barn_som_voksne liten_og_stor befolkningen befolkninga hele_bygda"
        " heile_bygda residents all_ages everyone all_citizens all_residents",
        Kind.EVERYONE,
        (Group.EVERYONE,),
    ),
    People(
        "person/er/ar personene folk folka mennesker menneske menneska kvinner kvinnene menn"
        " mennene jenter jentene jenta gutter guttene gutar gutane deltaker/e/ne deltakar/ar/ane"
        " brukere brukerne brukarar brukarane søkere søkjarar medlemmer medlemer hjemmeboende"
        " heimebuande naboer naboene naboar naboane voksne_barn vaksne_born adult_children damer"
        " damene herrer karer karar gutta ektepar par enslige einslege enkelte people women men"
        " girls boys"
        " students participants individuals persons users"
    ),
)
"""Groups. The last line names people of no group: what follows them tells of whom."""

NOT_COMPOUNDS = (
    "barnebarn oldebarn barneborn besteforeldre oldeforeldre svigerforeldre forfedre landsmenn"
    " grandparent grandchild canteen jordmødre tømmermenn nordmenn formenn lagledere"
).split()
"""Beginnings of words that end as if they were compounds of a word in the tables."""

NOT_MISSPELLED = frozenset(
    "voksen vaksen forelder fosterforelder aleneforelder møder feder ferde ferdene refuge baran"
    " framers edler edlere".split()
)
"""Words of their own that look like a typing error in a word of the tables."""

ENGLISH_ONLY = frozenset({"men"})
"""Words that name people in English, and something else in Norwegian."""

FIRST_PARTS = (
    ("flyktning", Group.IMMIGRANTS_REFUGEES),
    ("innvandr", Group.IMMIGRANTS_REFUGEES),
    ("asyl", Group.IMMIGRANTS_REFUGEES),
    ("minoritet", Group.IMMIGRANTS_REFUGEES),
    ("rus", Group.PEOPLE_WITH_SUBSTANCE_USE),
    ("rop-", Group.PEOPLE_WITH_SUBSTANCE_USE),
    ("rop-", Group.PEOPLE_WITH_MENTAL_ILLNESS),
    ("demens", Group.PEOPLE_WITH_DEMENTIA),
    ("lavinntekt", Group.LOW_INCOME),
    ("kreft", Group.PATIENTS),
    ("sykehjem", Group.PATIENTS),
)
"""First parts of such compounds that add a group."""
