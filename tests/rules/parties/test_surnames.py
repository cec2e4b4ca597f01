"""A full name in the text beats a surname on the lists: nobody is given the party of somebody of the same name."""

from datetime import date

import pytest

from rules.text.gazetteer import Mention
from tests.rules.english import context, positions, tagger

# Who speaks, and the party that the text gives; none where it gives none.
OTHERS = [
    ("Pilot Marcus Lavrov", None),
    ("The novelist Irene Lavrov", None),
    ("Rep. Dolores Putin", None),
    ("Anna Merkel, a baker in Leipzig", None),
    ("Gov. Walter Erdogan", None),
    ("Sen. Hollis Macron", None),
    ("Ruth Netanyahu, who keeps bees,", None),
    ("Peter Zelensky, a violinist,", None),
    ("Tom Orban, who owns the ferry,", None),
    ("Bishop Leon Tusk", None),
    ("Prof. Greta Stoltenberg", None),
    ("Clive Guterres, a lawyer,", None),
    ("Joan Blinken, who runs a shelter,", None),
    ("Oscar Kerry", None),
    ("Mabel Trudeau", None),
    ("Captain Ivo Vucic", None),
    ("Hannah Rutte", None),
    ("Desmond Sunak", None),
    ("Rep. Carla Starmer", None),
    ("Coach Milan Babis", None),
    ("Edith Medvedev", None),
    ("Sheriff Abel Lukashenko", None),
    ("Kirsten Scholz", None),
    ("Arne Borrell", None),
    ("Nora Barroso", None),
    ("Sen. Felix Sen", None),
    ("Fiona Robertson", None),
    ("Harriet Miller", None),
    ("Ada Roth", None),
    ("Julia Sanders", None),
    ("Percy Blair", None),
    ("Lucinda Cameron", None),
    ("Ralph Thatcher", None),
    ("Winnie Mandela-Jones", None),
    ("Colin Mugabe", None),
    ("Nigel Rajoy", None),
    ("Sabine Sarkozy", None),
    ("Otto Hollande", None),
    ("Wilma Berlusconi", None),
    ("Judge Pablo Maduro", None),
    ("Ellen Bolsonaro", None),
    ("Rupert Duterte", None),
    ("Maya Kagame", None),
    ("Gail Raisi", None),
    ("Simon Rouhani", None),
    ("Norwegian Foreign Minister Kari Lavrov", "NOR"),
    ("A Chadian official in Niger, Sergio Lavrov,", "TCD"),
    ("Norway's Europe minister Kari Roth", "NOR"),
    ("Kari Putin, the Kenyan defence minister,", "KEN"),
    ("Peruvian Gen. Luis Merkel", "PER"),
    ("Chilean Prime Minister Rosa Erdogan", "CHL"),
    ("Danish FM Lars Zelensky", "DNK"),
    ("Kofi Macron, Ghana's ambassador to Mali,", "GHA"),
]
DAY = date(2022, 1, 27)


@pytest.mark.parametrize(("speaker", "actor"), OTHERS, ids=[name for name, _ in OTHERS])
def test_who_shares_a_surname_is_given_nobody_elses_party(speaker: str, actor: str | None) -> None:
    surname = _mentions(speaker)[-1].text if _mentions(speaker) else speaker.split()[-1]
    text = (
        f'{speaker} said on Monday: "We reject the ceasefire plan."\n'
        f"{surname} rejected the ceasefire plan again on Tuesday. {surname} will not accept a truce.\n"
        f'"I reject the ceasefire plan," said {surname}.'
    )
    found = positions(text)
    assert found or actor is None
    assert {position.actor for position in found} <= {actor}


def test_there_are_fifty_of_them_and_the_lists_know_their_surnames() -> None:
    assert len(OTHERS) >= 50
    known = [_mentions(speaker) for speaker, _ in OTHERS]
    assert sum(bool(found) for found in known) >= 45


def _mentions(speaker: str) -> list[Mention]:
    return [m for m in tagger().names.find(speaker, DAY, speaker) if m.person is not None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sergej Lavrov spoke.", "Sergej Lavrov"),
        ("S. Lavrov spoke.", "Sergei Lavrov"),
        ("Yesterday Lavrov spoke.", "Sergei Lavrov"),
        ("Mr Lavrov spoke.", "Sergei Lavrov"),
        ("Russia's Lavrov spoke.", "Sergei Lavrov"),
        ("Foreign Minister Lavrov spoke.", "Sergei Lavrov"),
        ("At noon Lavrov Monday spoke.", "Sergei Lavrov"),
        ("The pro-Lavrov camp spoke.", "Sergei Lavrov"),
    ],
)
def test_a_listed_person_is_known_by_given_name_initial_office_or_surname(text: str, name: str) -> None:
    people = [r.person for r in context(text).sections["body"].people]
    assert [(p.actor, p.name.split()[-1]) for p in people if p] == [("RUS", name.split()[-1])]


def test_a_common_surname_means_a_listed_person_only_beside_the_party() -> None:
    assert not context("Fernandez spoke.", date(2022, 1, 27)).sections["body"].people
    beside = context("Argentina waited. Fernandez spoke.", date(2022, 1, 27)).sections["body"].people
    assert [r.actor for r in beside] == ["ARG"]


def test_a_person_with_the_family_name_first_is_called_by_it() -> None:
    people = context("Kim Jong Un spoke in Pyongyang. Kim left.").sections["body"].people
    assert [(r.actor, r.person and r.person.name) for r in people] == [("PRK", "Kim Jong Un"), ("PRK", "Kim Jong Un")]


def test_a_headline_in_capitals_hides_no_surname() -> None:
    people = context("Lavrov spoke in Oslo.", title="Russia Says Lavrov Will Stay").sections["title"].people
    assert [r.actor for r in people] == ["RUS"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Israeli Chief of Staff Lt. Gen. Omer Barlev left.", "Omer Barlev", "chief of staff lt gen"),
        ("British Chancellor of the Exchequer Ann Fell left.", "Ann Fell", "chancellor of the exchequer"),
        ("China's ambassador to Australia Bo Lanying left.", "Bo Lanying", "ambassador to australia"),
        ("Chadian Foreign Minister Ali Deby Monday left.", "Ali Deby", "foreign minister"),
        ("The UN Special Rapporteur on Torture, Ann Fell, left.", "Ann Fell", "special rapporteur on torture"),
    ],
)
def test_titles_end_where_the_name_begins(text: str, name: str, role: str) -> None:
    people = [r.person for r in context(text).sections["body"].people]
    assert [(p.name, p.role) for p in people if p] == [(name, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Lebanon's health ministry issued statements. Israel's minister left.",
        "China sent a general. Firefighters left.",
    ],
)
def test_a_title_does_not_run_into_the_next_sentence(text: str) -> None:
    assert not context(text).sections["body"].people


def test_whoever_wrote_the_article_binds_no_surname() -> None:
    text = "Lavrov rejected the ceasefire plan.\nLavrov left. (Reporting by Irene Lavrov)"
    assert {position.actor for position in positions(text)} == {"RUS"}


def test_the_party_beside_a_surname_tells_whose_it_is_later_on() -> None:
    text = "South Korea's envoys waited. North Korea's Kim spoke. Kim rejected the ceasefire plan."
    assert {position.actor for position in positions(text)} == {"PRK"}
