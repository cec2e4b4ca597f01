"""What a court grants, and what the parts of one state agree among themselves, is no position."""

import pytest

from tests.rules.english import positions


@pytest.mark.parametrize(
    "text",
    [
        "House and Senate leaders agreed on a spending plan late on Sunday.",
        "The Peruvian Senate and the Chamber of Deputies reached an agreement on the pensions bill.",
        "The Kenyan government reached a deal with striking nurses on Friday.",
        "Peru's president gave in to the demands of protesting miners.",
        "Portugal's government accepted the demands of the teachers' union.",
        "French truckers ended their blockade after reaching an agreement with the government.",
        "The Chilean army pledged to support the police with helicopters.",
        "A Bolivian court accepted the request of the prosecutors.",
        "Police agreed to release the suspects on bail.",
    ],
)
def test_who_deals_with_its_own_side_takes_no_position(text: str) -> None:
    assert [p for p in positions(text) if p.stance in ("offer", "acceptance")] == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Sudan's government accepted the demands of the opposition.", "SDN"),
        ("Yemen's government accepted the demands of the southern separatists.", "YEM"),
        ("Canada reached an agreement with American truck drivers on border tests.", "CAN"),
        ("China agreed to the demands of Hong Kong protesters.", "CHN"),
        ("Germany pledged to help the Malian police.", "DEU"),
        ("The British government reached an agreement with the Scottish parliament on new powers.", "GBR"),
        ("Fiji's president and the parliament offered to send troops.", "FJI"),
        ("The International Criminal Court agreed to the request of Gambia.", "ICC"),
    ],
)
def test_who_deals_with_another_party_takes_one(text: str, actor: str) -> None:
    assert actor in {p.actor for p in positions(text) if p.stance in ("offer", "acceptance")}
