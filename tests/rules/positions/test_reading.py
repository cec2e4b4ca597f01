"""Which of the matches of a sentence give a position, and whose it is."""

import pytest

from tests.rules.english import actors, only, positions


@pytest.mark.parametrize(
    "text",
    [
        "Heavy rain threatened to flood the camp in Chad.",
        "The museum offers visitors from Peru a discount.",
        "Analysts said Norway should lower its tariffs.",
        "Viktor Salo, an oil tycoon, urged Finland to lift the sanctions.",
        "Peru used to insist on a port of its own.",
        "Spain dropped its objections to a meeting, and withdrew its demand for an apology.",
        "Whether Mali is ready to talk is anyone's guess.",
        '"Do we ask anybody for permission to sign a treaty?" the Turkish president asked.',
        "Oslo allegedly offered to host the talks.",
        "Both Peru and Chile seem ready to talk.",
    ],
)
def test_what_no_party_states_is_no_refusal_demand_or_offer(text: str) -> None:
    assert [(p.actor, p.stance, p.trigger_id) for p in positions(text) if p.stance != "acceptance"] == []


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("China ordered the United States to close its consulate.", "CHN", "USA"),
        ("China told Peru it should play a constructive role in the talks.", "CHN", "PER"),
        ("Greece expects Turkey to respect the treaty.", "GRC", "TUR"),
    ],
)
def test_a_demand_tells_whom_it_addresses(text: str, actor: str, target: str) -> None:
    position = only(text)
    assert (position.actor, position.stance, position.target) == (actor, "demand", target)


@pytest.mark.parametrize(
    "text",
    [
        "Togo ordered the newspaper to suspend publication for a month.",
        "A Chilean judge ordered the mayor to appear in court.",
        "Analysts expect Turkey to release the prisoners.",
    ],
)
def test_an_order_at_home_and_a_forecast_are_no_demands(text: str) -> None:
    assert positions(text) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Neither Oslo nor Helsinki is willing to give ground over the bay.", "refusal"),
        ("Kazakhstan is not going to sever its ties with Russia.", "refusal"),
        ("Mali shows no sign of yielding to the demand for a referendum.", "refusal"),
        ("Poland would accept nothing less than a full apology.", "refusal"),
        ("Belgium is not against a meeting with the rebels.", "offer"),
    ],
)
def test_negation_is_found_where_it_stands(text: str, stance: str) -> None:
    assert {p.stance for p in positions(text) if p.actor} == {stance}


def test_a_refusal_that_only_names_the_same_thing_again_is_one_refusal() -> None:
    position = only("Egypt rejected the map, calling it a non-starter.")
    assert position.trigger_id == "refusal.reject.reject"


def test_what_two_verbs_reject_and_condemn_is_the_object_of_both() -> None:
    position = only("Somalia rejects and condemns the plan to recognise Somaliland.")
    assert (position.actor, position.stance, position.issue) == ("SOM", "refusal", "territory.sovereignty")


def test_the_group_is_the_party_named_last_that_is_no_state() -> None:
    assert actors("Hamas met mediators in Egypt. The group rejected the truce.") == ["HAMAS"]


def test_the_rebels_are_those_of_the_article() -> None:
    assert only("Indonesia met M23 in Luanda. Indonesia urged the rebels to disarm.").target == "M23"


def test_followers_of_a_state_are_not_the_state() -> None:
    assert actors("Icelandic rebels rejected the truce.") == [None]


def test_two_sides_are_those_that_the_article_is_about() -> None:
    text = (
        "Ethiopia and Eritrea fought over a town. Ethiopia shelled Eritrea again, and Eritrea shelled Ethiopia. "
        "United Nations Secretary-General Kofi Annan spoke to Eritrea and Ethiopia. "
        "The two countries agreed to a ceasefire."
    )
    assert set(actors(text)) == {"ETH", "ERI"}


def test_an_official_out_of_the_dated_office_speaks_where_the_text_gives_it() -> None:
    assert only("Prime Minister Margaret Thatcher rejected the plan.").actor == "GBR"


def test_an_unlisted_envoy_is_named_as_the_speaker() -> None:
    position = only("Morocco will not discuss independence, its envoy, Omar Talbi, told the council.")
    assert (position.actor, position.speaker) == ("MAR", "Omar Talbi")


def test_headlines_with_a_colon_tell_who_says_it() -> None:
    found = positions("", title="Denmark: Greenland is not for sale")
    assert [(p.actor, p.stance) for p in found] == [("DNK", "refusal")]


@pytest.mark.parametrize("title", ["Mali must free the crew: Norway", "Norwegian PM: war in Mali must stop"])
def test_titles_name_the_speaker_on_either_side_of_a_colon(title: str) -> None:
    assert [(p.actor, p.stance) for p in positions("", title=title)] == [("NOR", "demand")]
