"""A rule set: the actors, people, issues, frames, operators, dates and word lists that text is read with."""

import re
from datetime import date
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.position import Stance


class Entry(BaseModel):
    """What all entries of a rule set share: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# What becomes of a stance: another one, the same, or none.
Outcome = Literal["none", "same", "demand", "refusal", "offer", "acceptance", "threat"]
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
    in_passing: bool = Field(
        default=False,
        description="Whether articles about other issues speak of it, too, so that around a clause it counts less",
    )


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
    """The proof of a frame: sentences it must match, and near ones it must not."""

    match: tuple[Example, ...] = Field(min_length=1, description="Sentences that must match")
    no_match: tuple[str, ...] = Field(min_length=1, description="Sentences that must not match")
    known_miss: tuple[str, ...] = Field(default=(), description="Sentences that should match and do not yet")


# Every kind of word that an entry can have, and in what they differ: a verb inflects, an idiom may be split.
WordKind = Literal["verb", "noun", "adjective", "idiom", "phrase", "modal"]
WORD_KINDS: tuple[WordKind, ...] = get_args(WordKind)
# What a template has places for, beside a complement and an act: the words, of a verb or idiom in its forms.
VERB_FORMS = ("base", "present", "past", "ing", "participle")
OWN_PLACES = {"verb": VERB_FORMS, "idiom": VERB_FORMS, "noun": ("noun",), "adjective": ("adjective",)}
BRACES = re.compile(r"\{([^{}]*)\}")


class FrameEntry(Entry):
    """A word family of one sense: a verb, its noun, its adjective, with the complements that they take."""

    verb: str | None = Field(default=None, description="Base form, with its particle or preposition: call for")
    noun: str | None = Field(default=None, description="Singular: demand, call")
    adjective: str | None = Field(default=None, description="Adjective or participle: ready, opposed")
    idiom: str | None = Field(
        default=None,
        description="Several words; the first inflects, others may stand between: keep the door open",
    )
    phrase: str | None = Field(default=None, description="Words as they stand: out of the question")
    modal: str | None = Field(default=None, description="Word before a verb: will, must, have to")
    takes: tuple[str, ...] = Field(default=(), description="Complements of the verb or adjective; one must be there")
    noun_takes: tuple[str, ...] = Field(default=(), description="Complements of the noun, where not the usual ones")
    about: tuple[str, ...] = Field(default=(), description="Classes or words of which the content must be one")
    not_about: tuple[str, ...] = Field(default=(), description="Classes or words of which the content must be none")

    @model_validator(mode="after")
    def has_words(self) -> Self:
        if not any(getattr(self, kind) for kind in WORD_KINDS):
            raise ValueError(f"an entry has words of at least one kind: {', '.join(WORD_KINDS)}")
        return self

    @property
    def name(self) -> str:
        """The first of its words, as an id has it. Entries of one frame may share it: they are one trigger."""
        first = next(word for kind in WORD_KINDS if (word := getattr(self, kind)))
        return "".join(c if c.isalnum() else "_" for c in str(first).lower())


class Frame(Entry):
    """One sense in which words express a stance: who is the actor, who the target, what the content."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$", description="Id: the stance, a dot, a short name")
    stance: Stance = Field(description="Stance that the words express when nothing turns it")
    sense: str = Field(description="Row of the polarity table: what operators make of it")
    description: str = Field(description="What a person should know of the sense")
    cameo: str = Field(pattern=r"^\d{2,4}$", description="CAMEO event code")
    actor: tuple[str, ...] = Field(default=("doer",), description="Slots of the actor, first found wins")
    target: tuple[str, ...] = Field(default=(), description="Slots of the target, first found wins")
    needs: tuple[str, ...] = Field(default=(), description="What the sentence around must tell, all of it")
    about: tuple[str, ...] = Field(default=(), description="Classes or words of which the content must be one")
    not_about: tuple[str, ...] = Field(default=(), description="Classes or words of which the content must be none")
    entries: tuple[FrameEntry, ...] = Field(min_length=1, description="Word families of the sense")
    examples: Examples = Field(description="Proof")


class Polarity(Entry):
    """What operators make of a sense, a row of the polarity table; `none` is no position."""

    id: str = Field(pattern=r"^[a-z_]+$", description="The sense")
    description: str = Field(description="What a person should know of it")
    negated: Literal[Outcome, "content"] = Field(
        default="none", description="Under a negation: 'did not offer'; content: what its content makes of it, negated"
    )
    content_negated: Outcome = Field(default="same", description="With a negated content: 'vowed not to attack'")
    given_up: Outcome = Field(default="none", description="Dropped, withdrawn, lifted: 'dropped its demand'")
    intended: Outcome = Field(default="none", description="Tried, wanted, or the purpose of what is done")
    other_doer: Outcome = Field(default="same", description="Another party is to do it: 'proposed that Mali leave'")
    embedded: Outcome = Field(default="same", description="In a relative clause or beside a 'why' or 'because'")
    commits: Literal["pledged", "announced"] | None = Field(
        default=None, description="Whether the class of the content decides, and by which column of commitments"
    )

    @model_validator(mode="after")
    def hands_down_to_a_commitment(self) -> Self:
        if self.negated == "content" and self.commits is None:
            raise ValueError("'negated' is 'content', which needs 'commits': pledged or announced")
        return self


class Commitment(Entry):
    """What it is to commit oneself to a class of content: a row of the table that commitments are judged by."""

    id: str = Field(pattern=r"^[a-z_]+$", description="The class of what is committed to; `other` is all else")
    description: str = Field(description="What a person should know of it")
    precedence: int = Field(default=9, description="Of two classes that fit by as many words, the lower one counts")
    pledged: Outcome = Field(description="Pledged, vowed, offered, ready to be done")
    announced: Outcome = Field(description="Planned, announced, said to be done in future")
    pledged_negated: Outcome = Field(description="Pledged not to be done, or not ready to be done")
    announced_negated: Outcome = Field(description="Not to be done: 'will not', 'has no plan to'")


class Template(Entry):
    """A sentence into which entries are put to see whether they are read: a column of the matrix."""

    id: str = Field(pattern=r"^[a-z_]+$", description="The construction")
    kind: WordKind = Field(description="Kind of word it is for: verb, noun, adjective, idiom, phrase or modal")
    actor: Literal["doer", "speaker", "negated", "absent", "command", "from"] = Field(
        description="Whose position it tells: the doer's, the speaker's, a negated doer's; what is absent, a command; "
        "whom 'from' names"
    )
    needs: tuple[str, ...] = Field(default=(), description="For frames that need these of the sentence around, alone")
    plain: bool = Field(default=False, description="For words alone that take no preposition")
    takes: tuple[str, ...] = Field(default=(), description="Complements it is limited to")
    sentence: str = Field(description="The sentence, with places in braces")

    @model_validator(mode="after")
    def has_known_places(self) -> Self:
        allowed = (*OWN_PLACES.get(self.kind, ("words",)), "complement", "thing", "act")
        unknown = next((name for name in BRACES.findall(self.sentence) if name not in allowed), None)
        if unknown is not None or set("{}") & set(BRACES.sub("", self.sentence)):
            found = "a brace is alone" if unknown is None else f"no place is called '{unknown}'"
            raise ValueError(f"in 'sentence' {found}; of {self.kind} allowed are {', '.join(allowed)}, each in braces")
        return self


class SignWeight(Entry):
    """What a sign of a reading says of how sure a position is; `positions rules calibrate` writes these.

    The weights of all signs of a reading, added up, are the logarithm of the odds that actor and stance are right.
    """

    sign: str = Field(
        pattern=r"^[a-z][a-z ]*$", description="Name of the sign: frame, actor named by; `every row` is all"
    )
    value: str = Field(default="", description="What was found; `unmeasured` stands for every value that no line names")
    weight: float = Field(allow_inf_nan=False, description="What it adds to the log odds: below 0 it makes less sure")
    rows: int = Field(default=0, ge=0, description="Judged rows that had it")
    right: int = Field(default=0, ge=0, description="Those of them that were right")


class RuleSet(Entry):
    """Everything that text is read with."""

    id: str = Field(description="Short name of the rule set")
    language: str = Field(description="Language it reads, ISO 639-1")
    description: str = Field(description="What it is for")
    version: str = Field(description="Key of its content: any change of any file gives another one")
    actors: tuple[Actor, ...] = Field(description="Parties that take positions")
    people: tuple[Person, ...] = Field(description="People who speak for them")
    issues: tuple[Issue, ...] = Field(description="The issue tree")
    frames: tuple[Frame, ...] = Field(description="Senses that express a stance, with their words")
    polarity: tuple[Polarity, ...] = Field(description="What operators make of each sense")
    commitments: tuple[Commitment, ...] = Field(description="What commitments are by what is committed to")
    matrix: tuple[Template, ...] = Field(default=(), description="Sentences into which entries are put to be tried")
    fillers: dict[str, tuple[str, ...]] = Field(default={}, description="What stands in the places of the matrix")
    confidence: tuple[SignWeight, ...] = Field(
        default=(), description="What each sign of a reading says of how sure it is, as measured"
    )
    operators: dict[str, tuple[str, ...]] = Field(description="Words that negate, doubt or suppose, by what they do")
    constructions: dict[str, tuple[str, ...]] = Field(description="Words that carry others: support verbs, copulas")
    classes: dict[str, tuple[str, ...]] = Field(description="Named classes of content: aid, troops, harm")
    dates: dict[str, tuple[str, ...]] = Field(description="Words that date a clause, by what they mean")
    words: dict[str, tuple[str, ...]] = Field(description="Named word lists that rules refer to")
    grammar: dict[str, tuple[str, ...]] = Field(
        default={}, description="What is known of the language whatever the rules: inflection, classes of words"
    )
