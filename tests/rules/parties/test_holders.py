"""Whoever holds an office is the speaker where the text has named the person before, and nobody else is."""

import pytest

from rules.parties.titles import role_of
from rules.text.words import Words
from tests.rules.english import only, positions, tagger


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Olaf Scholz left. The German chancellor rejected the ceasefire plan.", "Olaf Scholz"),
        ("Vladimir Putin left. The Kremlin leader rejected the ceasefire plan.", "Vladimir Putin"),
        ("Olaf Scholz left. The German leader rejected the ceasefire plan.", "Olaf Scholz"),
        ("Peruvian foreign minister Ana Vela left. Peru's foreign minister rejected the ceasefire plan.", "Ana Vela"),
        ("Olaf Scholz left. A German minister rejected the ceasefire plan.", None),
        ("Olaf Scholz left. The German foreign minister rejected the ceasefire plan.", None),
        ("Olaf Scholz left. The French leader rejected the ceasefire plan.", None),
        ("Olaf Scholz left. German officials rejected the ceasefire plan.", None),
        ("Olaf Scholz left. A former German chancellor rejected the ceasefire plan.", None),
    ],
)
def test_an_office_is_that_of_the_person_named_before(text: str, speaker: str | None) -> None:
    assert only(text).speaker == speaker


def test_the_name_after_an_unnamed_official_tells_who_spoke() -> None:
    text = 'The Kenyan army spokesman said Chad was late.\n"We reject the ceasefire plan," Omar Tali told a radio.'
    found = [p for p in positions(text) if p.stance == "refusal"]
    assert [(p.actor, p.speaker, p.speaker_role) for p in found] == [("KEN", "Omar Tali", "army spokesman")]


def test_somebody_described_otherwise_is_not_that_official() -> None:
    text = 'The Kenyan army spokesman said Chad was late.\n"We reject the plan," Omar Tali, a baker, told a radio.'
    assert {p.actor for p in positions(text) if p.stance == "refusal"} <= {None}


def test_a_sentence_between_commas_is_no_title() -> None:
    text = "In St Petersburg, President Putin sent a warning to the West. St Petersburg rejected the ceasefire plan."
    assert "WEST" not in {p.actor for p in positions(text)}


def test_opponents_stand_under_the_state_that_their_names_tell() -> None:
    words: Words = tagger().words
    assert words.opponents["SYR"] == "SYR_OPP"
    assert "DEU" not in words.opponents


@pytest.mark.parametrize("subject", ["Many Ukrainians", "16 million Britons", "Eastern EU states", "A NATO member"])
def test_parts_of_a_party_do_not_speak_for_it(subject: str) -> None:
    assert only(f"{subject} rejected the ceasefire plan.").actor is None


def test_the_head_of_a_private_body_is_no_voice_of_the_state_around_it() -> None:
    text = "The offensive must stop, said Ivan Konov, director of the Center for Army Studies in Moscow."
    assert "RUS" not in {p.actor for p in positions(text)}


def test_an_opposition_leader_does_not_speak_for_the_state() -> None:
    assert only("Peruvian opposition leader Jorge Vela rejected the ceasefire plan.").actor is None


@pytest.mark.parametrize(
    ("text", "actor", "speaker"),
    [
        (
            "Kenya will accept the truce, the Daily quoted Kenyan trade minister Omar Tali as saying.",
            "KEN",
            "Omar Tali",
        ),
        ("Olaf Scholz announced Germany's offer of talks with Peru.", "DEU", "Olaf Scholz"),
        ("Vladimir Putin left. The Russian president spoke. He rejected the ceasefire plan.", "RUS", "Vladimir Putin"),
        (
            "Peru rejected the truce, a Peruvian minister said.\n“So be it,” Peruvian trade minister Ana Vela said.",
            "PER",
            "Ana Vela",
        ),
    ],
)
def test_who_speaks_for_a_party_is_told_beside_its_position(text: str, actor: str, speaker: str | None) -> None:
    position = next(p for p in positions(text) if p.actor == actor)
    assert position.speaker == speaker


def test_an_abbreviation_in_brackets_holds_for_the_article() -> None:
    text = "The European Court of Auditors (ECA) met. The ECA urged Peru to accept the truce."
    assert only(text).actor == "EU"
    assert (
        only("Bonn spoke to the European Court of Auditors (AFP). The AFP urged Peru to accept the truce.").actor
        is None
    )


def test_a_role_is_told_without_what_leads_to_it() -> None:
    assert role_of(["to", "meet", "the", "foreign", "minister", "of"], tagger().words) == "foreign minister"
    assert role_of(["ambassador", "to", "canada"], tagger().words) == "ambassador to canada"
