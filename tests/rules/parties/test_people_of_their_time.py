"""Listed people speak for a party in their time alone, and leave their names to those who bear them later."""

from datetime import date

import pytest

from tests.rules.english import only, positions

SPRING_1987 = date(1987, 4, 15)


@pytest.mark.parametrize(
    ("subject", "actor", "role"),
    [
        ("President Reagan", "USA", "President"),
        ("Reagan", "USA", "President"),
        ("Vice President George Bush", "USA", "Vice President"),
        ("Treasury Secretary James Baker", "USA", "Secretary of the Treasury"),
        ("Treasury Secretary Baker", "USA", "Secretary of the Treasury"),
        ("Trade Representative Clayton Yeutter", "USA", "Trade Representative"),
        ("Volcker", "USA", "Chairman of the Federal Reserve"),
        ("Finance Minister Kiichi Miyazawa", "JPN", "Finance Minister"),
        ("Nakasone", "JPN", "Prime Minister"),
        ("Bank of Japan governor Satoshi Sumita", "JPN", "Governor of the Bank of Japan"),
        ("Nigel Lawson", "GBR", "Chancellor of the Exchequer"),
        ("Gerhard Stoltenberg", "DEU", "Finance Minister"),
        ("Karl Otto Poehl", "DEU", "President of the Bundesbank"),
        ("Willy De Clercq", "EU", "Commissioner for External Relations and Trade"),
        ("Arthur Dunkel", "WTO", "Director-General"),
        ("Barber Conable", "WB", "President"),
        ("Dilson Funaro", "BRA", "Finance Minister"),
        ("Hisham Nazer", "SAU", "Oil Minister"),
        ("Oil Minister Rilwanu Lukman", "NGA", "Oil Minister"),
        ("Carlsson", "SWE", "Prime Minister"),
        ("Zhao Ziyang", "CHN", "General Secretary"),
        ("Nikolai Ryzhkov", "USSR", "Prime Minister"),
        ("Prime Minister Mir Hossein Mousavi", "IRN", "Prime Minister"),
        ("Jaime Ongpin", "PHL", "Finance Minister"),
    ],
)
def test_who_spoke_in_1987_is_known(subject: str, actor: str, role: str) -> None:
    position = only(f"{subject} rejected the compromise on grain prices.", SPRING_1987)
    assert (position.actor, position.speaker_role) == (actor, role)


@pytest.mark.parametrize(
    ("speaker", "day", "actor", "role"),
    [
        ("Dilson Funaro", date(1987, 4, 15), "BRA", "Finance Minister"),
        ("Dilson Funaro", date(1987, 6, 15), None, None),
        ("Bresser Pereira", date(1987, 4, 15), None, None),
        ("Bresser Pereira", date(1987, 6, 15), "BRA", "Finance Minister"),
        ("Subroto", date(1987, 6, 15), "IDN", "Mines and Energy Minister"),
        ("Subroto", date(1989, 6, 15), "OPEC", "Secretary-General"),
        ("Ali Khamenei", date(1987, 6, 15), "IRN", "President"),
        ("Ali Khamenei", date(1990, 6, 15), "IRN", "Supreme Leader"),
        ("Clayton Yeutter", date(1987, 6, 15), "USA", "Trade Representative"),
        ("Clayton Yeutter", date(1990, 6, 15), "USA", "Secretary of Agriculture"),
        ("Caspar Weinberger", date(1988, 6, 15), None, None),
    ],
)
def test_whose_position_it_is_depends_on_the_day(speaker: str, day: date, actor: str | None, role: str | None) -> None:
    found = positions(f"{speaker} rejected the compromise on grain prices.", day)
    assert {(p.actor, p.speaker_role) for p in found} <= {(actor, role)}
    assert found or actor is None


@pytest.mark.parametrize(
    ("subject", "day", "actor", "role"),
    [
        ("President George Bush", date(2003, 2, 1), "USA", "President"),
        ("Foreign Minister Hirofumi Nakasone", date(2009, 2, 1), "JPN", "Foreign Minister"),
        ("Prime Minister Khaleda Zia", date(1995, 2, 1), "BGD", "Prime Minister"),
        ("Zia", date(1995, 2, 1), "BGD", "Prime Minister"),
        ("President Ferdinand Marcos Jr.", date(2023, 2, 1), "PHL", "President"),
        ("Marcos", date(2023, 2, 1), "PHL", "President"),
        ("Prime Minister Mark Carney", date(2025, 6, 1), "CAN", "Prime Minister"),
        ("Norwegian Foreign Minister Tove Lawson", date(2022, 1, 27), "NOR", "Foreign Minister"),
    ],
)
def test_later_namesakes_keep_their_names(subject: str, day: date, actor: str, role: str) -> None:
    position = only(f"{subject} rejected the compromise on grain prices.", day)
    assert (position.actor, (position.speaker_role or "").lower()) == (actor, role.lower())


def test_namesakes_of_one_government_speak_for_it() -> None:
    found = positions("Botha demanded on Monday that Chad withdraw its troops.", date(1987, 5, 5))
    assert [(p.actor, p.target) for p in found] == [("ZAF", "TCD")]
