"""A rule set: the actors, people, issues, stance triggers, dates and word lists that text is read with."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.position import Stance


class Entry(BaseModel):
    """What all entries of a rule set share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


ActorKind = Literal["state", "organisation", "non_state", "subnational", "group"]


class Actor(Entry):
    """A party that takes positions, with every way in which the news names it."""

    id: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$", description="Canonical id; ISO 3166-1 alpha-3 for states")
    name: str = Field(description="Name shown to people")
    kind: ActorKind = Field(description="state, organisation, non_state, subnational or group")
    names: tuple[str, ...] = Field(default=(), description="Other names, abbreviations and spellings")
    adjectives: tuple[str, ...] = Field(default=(), description="Adjectives of nationality or membership: Russian")
    demonyms: tuple[str, ...] = Field(default=(), description="Words for its people: Russians, a Briton")
    capitals: tuple[str, ...] = Field(default=(), description="Capital, which stands for the government")
    seats: tuple[str, ...] = Field(default=(), description="Other seats of government: the Kremlin, Downing Street")
    bodies: tuple[str, ...] = Field(default=(), description="Its organs with names of their own: State Duma, Pentagon")
    anaphors: tuple[str, ...] = Field(
        default=(), description="Common nouns that mean it once the article has named it: the alliance"
    )
    since: date | None = Field(default=None, description="First day on which these names mean this actor")
    until: date | None = Field(default=None, description="Last day on which these names mean this actor")
    part_of: str | None = Field(default=None, description="Actor that it belongs to")
    not_in: tuple[str, ...] = Field(
        default=(),
        description="Phrases in which one of its names means something else: Jordan River, Georgia Tech",
    )
    not_near: tuple[str, ...] = Field(
        default=(),
        description="Words that tell, anywhere in the article, that its bare name means something else",
    )


class Role(Entry):
    """An office, and the days on which a person held it."""

    title: str = Field(description="Office: President, Foreign Minister, spokeswoman of the Foreign Ministry")
    actor: str | None = Field(default=None, description="Actor spoken for, where it is not the person's own")
    since: date | None = Field(default=None, description="First day in office; null: from before all articles")
    until: date | None = Field(default=None, description="Last day in office; null: still in office")


class Person(Entry):
    """A person who speaks for an actor, with dated roles."""

    name: str = Field(description="Full name as usually written in English")
    actor: str = Field(description="Actor the person speaks for")
    names: tuple[str, ...] = Field(default=(), description="Other spellings and short names; the surname is implied")
    sex: Literal["m", "f"] | None = Field(default=None, description="For the pronouns he and she")
    roles: tuple[Role, ...] = Field(min_length=1, description="Offices held, with their days")


class Issue(Entry):
    """A node of the issue tree, with the words that name it in the content of a clause."""

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)*$", description="Id; the part before the last dot is its parent")
    name: str = Field(description="Name shown to people")
    covers: str = Field(description="What belongs here")
    terms: tuple[str, ...] = Field(default=(), description="Words or phrases that name it; any inflection matches")
    together: tuple[tuple[tuple[str, ...], ...], ...] = Field(
        default=(),
        description="Combinations: each is a list of word groups, and the clause holds a word of every group",
    )
    weak_terms: tuple[str, ...] = Field(
        default=(), description="Words that name it only where no term of another issue is found"
    )
    not_terms: tuple[str, ...] = Field(default=(), description="Phrases that hide its terms: 'peace prize'")


class Example(Entry):
    """A sentence that must match, with the fields that must come out."""

    text: str = Field(description="The sentence, written for this rule set")
    actor: str | None = Field(default=None, description="Expected actor; not compared where absent")
    target: str | None = Field(default=None, description="Expected target; not compared where absent")
    issue: str | None = Field(default=None, description="Expected issue; not compared where absent")
    condition: str | None = Field(
        default=None, description="Expected words of the condition; not compared where absent"
    )
    speaker: str | None = Field(default=None, description="Expected speaker; not compared where absent")
    stance: Stance | None = Field(default=None, description="Expected stance, where a block turned it into another")


class Examples(Entry):
    """The proof of a trigger: sentences it must match, and near ones it must not."""

    match: tuple[Example, ...] = Field(min_length=1, description="Sentences that must match")
    no_match: tuple[str, ...] = Field(min_length=1, description="Sentences that must not match")
    known_miss: tuple[str, ...] = Field(default=(), description="Sentences that should match and do not yet")


class Trigger(Entry):
    """Words that express a stance, and where the actor, the target and the content stand around them."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$", description="Id: the stance, a dot, a short name")
    stance: Stance = Field(description="Stance that the words express when nothing turns it")
    description: str = Field(description="What a person should know of the wording and its grammar")
    cameo: str = Field(pattern=r"^\d{2,4}$", description="CAMEO event code")
    verbs: tuple[str, ...] = Field(default=(), description="Verbs, with their particle: demand, call for, back down")
    nouns: tuple[str, ...] = Field(default=(), description="Nouns: demand, ultimatum")
    adjectives: tuple[str, ...] = Field(default=(), description="Adjectives: ready, unacceptable")
    modals: tuple[str, ...] = Field(default=(), description="Modal words before a verb: must, will")
    phrases: tuple[str, ...] = Field(default=(), description="Fixed wording, as it stands: red line")
    actor: tuple[str, ...] = Field(default=("subject",), description="Grammatical roles of the actor, first found wins")
    target: tuple[str, ...] = Field(default=(), description="Grammatical roles of the target, first found wins")
    content: tuple[str, ...] = Field(default=(), description="Grammatical roles of the content; all that are found")
    needs: tuple[str, ...] = Field(default=(), description="Roles of which at least one must be present")
    with_words: tuple[str, ...] = Field(
        default=(), description="Words, or names of word lists, of which the content's head must be one"
    )
    without_words: tuple[str, ...] = Field(
        default=(), description="Words, or names of word lists, that must not head the content"
    )
    said_with: tuple[str, ...] = Field(
        default=(), description="Reporting verbs of which one must carry the clause: warn, threaten"
    )
    not_said_with: tuple[str, ...] = Field(
        default=(), description="Reporting verbs of which none may carry the clause: warn, threaten"
    )
    negated: Literal["drop", "keep", "only", "demand", "refusal", "offer", "acceptance", "threat"] = Field(
        default="drop",
        description="What negation makes of it: nothing, the same, its condition, or another stance",
    )
    content_negated: Literal["keep", "drop", "refusal", "offer"] = Field(
        default="keep", description="What a negated infinitive in the content makes of it: 'vowed not to attack'"
    )
    examples: Examples = Field(description="Proof")

    @model_validator(mode="after")
    def has_words_of_one_kind(self) -> Self:
        given = [n for n in ("verbs", "nouns", "adjectives", "modals", "phrases") if getattr(self, n)]
        if len(given) != 1:
            raise ValueError(
                "a trigger has words of exactly one kind: verbs, nouns, adjectives, modals or phrases; "
                f"this one has {' and '.join(given) or 'none'}"
            )
        return self


class RuleSet(Entry):
    """Everything that text is read with."""

    id: str = Field(description="Short name of the rule set")
    language: str = Field(description="Language it reads, ISO 639-1")
    description: str = Field(description="What it is for")
    version: str = Field(description="Key of its content: any change of any file gives another one")
    actors: tuple[Actor, ...] = Field(description="Parties that take positions")
    people: tuple[Person, ...] = Field(description="People who speak for them")
    issues: tuple[Issue, ...] = Field(description="The issue tree")
    triggers: tuple[Trigger, ...] = Field(description="Words that express a stance")
    dates: dict[str, tuple[str, ...]] = Field(description="Words that date a clause, by what they mean")
    words: dict[str, tuple[str, ...]] = Field(description="Named word lists that rules refer to")
