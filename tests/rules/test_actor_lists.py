"""The English actor lists are complete, unambiguous, and know the words that only look like actors."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from rules.text.gazetteer import NameFinder
from schemas.ruleset import Actor, RuleSet

FOLDER = Path(__file__).parents[2] / "rules" / "english" / "actors"

UN_MEMBERS_BY_ISO_CODE = """
AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI
CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST
SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM
JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX
FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT
QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE
SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR TZA USA URY UZB VUT VEN VNM YEM ZMB ZWE
"""
UN_MEMBERS = frozenset(UN_MEMBERS_BY_ISO_CODE.split())
OTHER_STATES = frozenset({"VAT", "PSE", "TWN", "XKX", "ESH", "COK", "NIU"})

# Brussels stands for the European Union, Victoria is a first name and an Australian state, and Western Sahara's
# government sits in exile.
WITHOUT_CAPITAL = {"BEL", "SYC", "ESH"}
# "Congolese" and "Dominican" mean the larger neighbour.
WITHOUT_ADJECTIVE_OR_DEMONYM = {"COG", "DMA"}


@cache
def actors() -> tuple[Actor, ...]:
    return tuple(
        Actor.model_validate(entry)
        for path in sorted(FOLDER.glob("*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    )


@cache
def finder() -> NameFinder:
    ruleset = RuleSet(
        id="actors",
        language="en",
        description="The actor lists alone",
        version="0",
        actors=actors(),
        people=(),
        issues=(),
        frames=(),
        polarity=(),
        commitments=(),
        operators={},
        constructions={},
        classes={},
        grammar={},
        dates={},
        words={},
    )
    return NameFinder(ruleset)


def names_of(actor: Actor) -> set[str]:
    listed = (actor.names, actor.adjectives, actor.demonyms, actor.capitals, actor.seats, actor.bodies)
    return {actor.name, *(name for names in listed for name in names)}


def actors_in(text: str, day: date = date(2022, 1, 27)) -> list[str | None]:
    return [mention.actor for mention in finder().find(text, day, text)]


def live_together(one: Actor, other: Actor) -> bool:
    begin = max(one.since or date.min, other.since or date.min)
    end = min(one.until or date.max, other.until or date.max)
    return begin <= end


def owners() -> dict[str, list[Actor]]:
    found = defaultdict(list)
    for actor in actors():
        for name in names_of(actor):
            found[name].append(actor)
    return found


def living_states() -> Iterator[Actor]:
    return (actor for actor in actors() if actor.kind == "state" and actor.until is None)


def test_states_are_the_members_of_the_united_nations_and_seven_others() -> None:
    assert len(UN_MEMBERS) == 193
    assert {actor.id for actor in living_states()} == UN_MEMBERS | OTHER_STATES


def test_ids_are_unique() -> None:
    assert [actor_id for actor_id, count in Counter(actor.id for actor in actors()).items() if count > 1] == []


def test_what_an_actor_belongs_to_is_an_actor() -> None:
    ids = {actor.id for actor in actors()}
    assert {actor.part_of for actor in actors() if actor.part_of} <= ids


def test_every_state_has_a_capital() -> None:
    assert {actor.id for actor in living_states() if not actor.capitals} == WITHOUT_CAPITAL


def test_every_state_has_an_adjective_or_a_demonym() -> None:
    nameless = {actor.id for actor in living_states() if not (actor.adjectives or actor.demonyms)}
    assert nameless == WITHOUT_ADJECTIVE_OR_DEMONYM


def test_no_name_means_two_actors_on_one_day() -> None:
    claims = [
        (name, one.id, other.id)
        for name, claimants in owners().items()
        for one, other in combinations(claimants, 2)
        if live_together(one, other)
    ]
    assert claims == []


def test_no_name_is_listed_twice_in_an_entry() -> None:
    for actor in actors():
        listed = (*actor.names, *actor.adjectives, *actor.demonyms, *actor.capitals, *actor.seats, *actor.bodies)
        repeated = [name for name, count in Counter((actor.name, *listed)).items() if count > 1]
        allowed = set(actor.adjectives) & set(actor.demonyms)
        assert set(repeated) <= allowed, actor.id


def test_a_hiding_phrase_holds_a_name_and_hides_no_other_actor() -> None:
    named = owners()
    for actor in actors():
        for phrase in actor.not_in:
            assert any(name in phrase for name in names_of(actor)), f"{actor.id}: {phrase} hides nothing"
            assert phrase not in named, f"{actor.id}: {phrase} is a name of {named[phrase][0].id}"


@pytest.mark.parametrize(
    ("actor_id", "spellings"),
    [
        ("USA", "US|U.S.|USA|U.S.A.|United States|America|Washington|White House|Pentagon|State Department"),
        ("GBR", "UK|U.K.|Britain|Great Britain|British|Britons|London|Downing Street|Whitehall|Foreign Office"),
        ("UKR", "Kyiv|Kiev|Ukraine|Ukrainians|Verkhovna Rada"),
        ("RUS", "Moscow|Kremlin|Russian Federation|Russians|State Duma"),
        ("FRA", "Elysee|Élysée|Élysée Palace|Quai d'Orsay|Paris|French"),
        ("PRK", "DPRK|D.P.R.K.|Pyongyang|North Korean|North Koreans"),
        ("KOR", "ROK|Seoul|Blue House|South Koreans|Republic of Korea"),
        ("ARE", "UAE|U.A.E.|Emirati|Emiratis|Abu Dhabi"),
        ("TUR", "Türkiye|Turkiye|Ankara|Turks"),
        ("CZE", "Czechia|Czech Republic|Prague"),
        ("SWZ", "Swaziland|Eswatini|eSwatini"),
        ("CIV", "Côte d'Ivoire|Cote d'Ivoire|Ivory Coast|Ivorian"),
        ("MMR", "Burma|Burmese|Myanmar|Tatmadaw|Naypyidaw"),
        ("MKD", "Macedonia|North Macedonia|FYROM|Former Yugoslav Republic of Macedonia|Skopje"),
        ("MDA", "Chisinau|Chișinău|Moldovan"),
        ("COL", "Bogota|Bogotá"),
        ("IRN", "Tehran|Teheran|Revolutionary Guards|Revolutionary Guard|IRGC"),
        ("IDN", "Jakarta|Djakarta"),
        ("PSE", "Palestinian Authority|Palestinians|Ramallah|Palestinian"),
        ("XKX", "Kosovo|Kosovars|Pristina|Prishtina"),
        ("VAT", "Holy See|Vatican"),
        ("EU", "EU|E.U.|European Commission|Brussels|European Parliament"),
        ("UN", "UN|U.N.|Security Council|UNHCR|UNICEF|UNRWA|World Food Programme"),
        ("WB", "World Bank"),
        ("ISIS", "ISIS|ISIL|Daesh|Islamic State|Islamic State of Iraq and Syria"),
        ("ALQAEDA", "al-Qaeda|Al Qaeda|al-Qaida|Al-Qaida"),
        ("HEZBOLLAH", "Hezbollah|Hizbullah|Hizballah"),
        ("HOUTHIS", "Houthi|Houthis|Ansar Allah"),
        ("ALSHABAAB", "al-Shabaab|Al-Shabab|Shabaab"),
        ("SINN_FEIN", "Sinn Féin|Sinn Fein"),
        ("TRNC", "Turkish Cypriots|Northern Cyprus"),
        ("CYP", "Greek Cypriots|Cypriots|Nicosia"),
    ],
)
def test_spellings_name_their_actor(actor_id: str, spellings: str) -> None:
    assert {name: actors_in(name) for name in spellings.split("|")} == {
        name: [actor_id] for name in spellings.split("|")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Sudan urged Sudan to reopen the border.", ["SSD", "SDN"]),
        ("Nigeria warned Niger; Nigerian and Nigerien envoys met.", ["NGA", "NER", "NGA", "NER"]),
        ("Papua New Guinea and Equatorial Guinea, not Guinea-Bissau or Guinea", ["PNG", "GNQ", "GNB", "GIN"]),
        ("The Democratic Republic of Congo and the Republic of Congo", ["COD", "COG"]),
        ("Dominica joined the Dominican Republic.", ["DMA", "DOM"]),
        ("Northern Ireland and Ireland", ["NORTHERN_IRELAND", "IRL"]),
        ("American Samoa lies east of Samoa.", ["ASM", "WSM"]),
        ("The Republic of China is not the People's Republic of China.", ["TWN", "CHN"]),
        ("Bosnian Serbs told the Serbs and the Kosovo Serbs", ["BOSNIAN_SERBS", "SRB", "KOSOVO_SERBS"]),
        ("Palestinian Islamic Jihad and the Palestinian president", ["PIJ", "PSE"]),
        ("The Afghan Taliban and the Pakistani Taliban", ["TALIBAN", "TTP"]),
        ("Pakistan's Foreign Office answered the Foreign Office.", ["PAK", "GBR"]),
        ("Taiwan's envoy met the Taiwan Affairs Office.", ["TWN", "CHN"]),
        ("Panama took back the Panama Canal near Panama City.", ["PAN", "PAN"]),
        ("Iraqi Kurds asked Iraq and Syrian Kurds asked Syria.", ["KRG", "IRQ", "SDF", "SYR"]),
    ],
)
def test_the_longer_name_wins(text: str, expected: list[str]) -> None:
    assert actors_in(text) == expected


@pytest.mark.parametrize(
    "phrase",
    """Jordan River|River Jordan|Michael Jordan|Jordan Valley|Lake Chad|Chad Smith|Georgia Tech|South Georgia
    Atlanta, Georgia|George Washington|Washington State|Washington Post|Denzel Washington|New Mexico|Gulf of Mexico
    South China Sea|Indian Ocean|West Indian|American Indians|Niger Delta|Niger River|Cuba Gooding|Panama Papers
    Paris Hilton|Paris Agreement|Real Madrid|Rome Statute|Vienna Convention|Stockholm syndrome|Warsaw Ghetto
    North Pole|Great Dane|Sofia Coppola|Duke of Wellington|Georgetown University|British Columbia|Latin America
    Voice of America|West Virginia|West Bank|Kanye West|Western Australia|Eastern Europe|Arab Spring|Oslo accords
    Minsk agreements|Budapest Memorandum|Lusaka Protocol|Congo River|Sea of Japan|Gulf of Oman|Gulf of Guinea
    Santiago de Cuba|Prince of Wales|Scotland Yard|former Soviet republics|former Yugoslavia|Taiwan Strait
    Turkey sandwich|Commonwealth Games|Vietnam War|Iraq War|National Security Council|East Jerusalem
    Male|Victoria|Bar|Nice|Korea|Indiana|Chadwick|Polisher""".replace("\n    ", "|").split("|"),
)
def test_a_homograph_names_nobody(phrase: str) -> None:
    assert actors_in(phrase) == []


@pytest.mark.parametrize(
    "text",
    [
        "Georgia rejected the demand, said Brian Kemp.",
        "Jordan must speak, said a lawyer of the Chicago Bulls.",
        "Turkey should rest for an hour; serve with gravy.",
    ],
)
def test_a_cue_elsewhere_in_the_article_silences_a_homograph(text: str) -> None:
    assert actors_in(text) == []


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Moscow", date(1990, 5, 1), ["USSR"]),
        ("Moscow", date(1991, 12, 26), ["RUS"]),
        ("Soviet Union", date(1991, 12, 25), ["USSR"]),
        ("Soviet Union", date(2005, 1, 1), []),
        ("Yugoslavia", date(1999, 4, 1), ["YUG"]),
        ("Yugoslavia", date(2003, 2, 4), []),
        ("Serbia and Montenegro", date(2004, 1, 1), ["SCG"]),
        ("Kinshasa", date(1997, 5, 16), ["ZAR"]),
        ("Kinshasa", date(1997, 5, 17), ["COD"]),
        ("Prague", date(1992, 12, 31), ["CSK"]),
        ("Prague", date(1993, 1, 1), ["CZE"]),
        ("East Germany", date(1990, 6, 1), ["DDR"]),
    ],
)
def test_a_historic_state_gives_way_on_its_day(name: str, day: date, expected: list[str]) -> None:
    assert actors_in(name, day) == expected
