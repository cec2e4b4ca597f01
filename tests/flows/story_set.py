"""The test set of stories: families of copies at graded edits, and look-alikes that tell something else."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from schemas.article import Article

BANK = yaml.safe_load((Path(__file__).parent / "story_bank.yaml").read_text("utf-8"))
FACTS: dict[str, list[str]] = BANK["facts"]
TITLES, LEADS, QUOTES, FACETS, BACKGROUND, FRAMES, BOILERPLATE = (
    list[str](BANK[name]) for name in ("titles", "leads", "quotes", "facets", "background", "frames", "boilerplate")
)
SYNONYMS: list[tuple[str, str]] = [(old, new) for old, new in BANK["synonyms"]]
FAMILIES = 30
LOOK_ALIKES = 30
Facts = dict[str, str]
Paragraphs = list[str]


@dataclass(frozen=True)
class Told:
    """An article of the set, and the story that it really tells."""

    article: Article
    story: str
    edit: str


def facts_of(chance: random.Random) -> Facts:
    """The facts of one event."""
    return {name: chance.choice(values) for name, values in FACTS.items()}


def report(chance: random.Random, facts: Facts, facets: Paragraphs, quotes: Paragraphs) -> Paragraphs:
    """A report on an event: a lead, some facets and quotes of it."""
    body = [*(framed(chance, facts, facet) for facet in facets), *quotes]
    chance.shuffle(body)
    filled = [sentence.format(**{**facts, "number": chance.choice(FACTS["number"])}) for sentence in body]
    return [chance.choice(LEADS).format(**facts), *filled]


def framed(chance: random.Random, facts: Facts, sentence: str) -> str:
    """The sentence as one of many reporters would bring it in."""
    lowered = sentence if sentence.startswith("{") else sentence[0].lower() + sentence[1:]
    frame = chance.choice(FRAMES)
    return frame.format(**facts, sentence=sentence, lowered=lowered, bare=sentence.removesuffix("."))


def new_lead(chance: random.Random, facts: Facts, text: Paragraphs) -> Paragraphs:
    """Another first paragraph, and one that was not there before."""
    added = chance.choice([sentence for sentence in FACETS if sentence.format(**facts) not in text])
    return [chance.choice(LEADS).format(**facts), added.format(**facts), *text[1:]]


def cut(part: float) -> Callable[[random.Random, Facts, Paragraphs], Paragraphs]:
    """The first part of the paragraphs."""
    return lambda _chance, _facts, text: text[: max(4, round(len(text) * part))]


def reworded(often: float) -> Callable[[random.Random, Facts, Paragraphs], Paragraphs]:
    """Every so many of the words that have a synonym replaced by it."""

    def edit(chance: random.Random, _: Facts, text: Paragraphs) -> Paragraphs:
        swap = {**dict(SYNONYMS), **{new: old for old, new in SYNONYMS if " " not in new}}
        return [
            " ".join(swap[word] if word in swap and chance.random() < often else word for word in line.split(" "))
            for line in text
        ]

    return edit


def shuffled(chance: random.Random, _: Facts, text: Paragraphs) -> Paragraphs:
    """The lead, then the other paragraphs in another order, some joined."""
    rest = text[1:]
    chance.shuffle(rest)
    return [text[0], f"{rest[0]} {rest[1]}", *rest[2:]]


def updated(chance: random.Random, facts: Facts, text: Paragraphs) -> Paragraphs:
    """New paragraphs on top and the last ones cut, as an agency updates its copy through the day."""
    fresh = [line.format(**facts) for line in chance.sample(FACETS, 8)]
    return [chance.choice(LEADS).format(**facts), *[line for line in fresh if line not in text][:3], *text[1:-3]]


def dressed(_: random.Random, facts: Facts, text: Paragraphs) -> Paragraphs:
    """A dateline, other punctuation, and the site's own lines."""
    plain = [line.replace('"', "”").replace(", ", " – ", 1).replace("which", "that") for line in text]
    return [f"{facts['city'].upper()} (Agency) — {plain[0]}", *plain[1:5], BOILERPLATE[0], *plain[5:], *BOILERPLATE[1:]]


def all_at_once(chance: random.Random, facts: Facts, text: Paragraphs) -> Paragraphs:
    """Cut, reworded here and there, and with a new lead."""
    return new_lead(chance, facts, reworded(0.15)(chance, facts, cut(0.7)(chance, facts, text)))


def all_at_once_harder(chance: random.Random, facts: Facts, text: Paragraphs) -> Paragraphs:
    """Half of it, reworded, and with a new lead."""
    return new_lead(chance, facts, reworded(0.4)(chance, facts, cut(0.5)(chance, facts, text)))


EDITS: dict[str, Callable[[random.Random, Facts, Paragraphs], Paragraphs]] = {
    "same text": lambda _chance, _facts, text: text,
    "cut to 80 %": cut(0.8),
    "cut to 60 %": cut(0.6),
    "cut to 40 %": cut(0.4),
    "cut to 25 %": cut(0.25),
    "new lead": new_lead,
    "updated": updated,
    "reworded lightly": reworded(0.15),
    "reworded": reworded(0.35),
    "reworded throughout": reworded(0.8),
    "shuffled": shuffled,
    "dressed": dressed,
    "all at once": all_at_once,
    "all at once, harder": all_at_once_harder,
}


def article_of(
    chance: random.Random, facts: Facts, text: Paragraphs, number: int, day: date = date(2022, 1, 27)
) -> Article:
    """The paragraphs as an article under a title of its own."""
    return Article(
        title=chance.choice(TITLES).format(**facts),
        published=day,
        url=f"https://paper{number % 40}.example/{number}",
        text="\n".join(text),
    )


def family(seed: int) -> list[Told]:
    """An article and its copies, one for each edit."""
    chance = random.Random(f"family {seed}")
    facts = facts_of(chance)
    facets = chance.sample(FACETS, chance.randint(9, 16))
    text = report(chance, facts, [*facets, *chance.sample(BACKGROUND, 2)], chance.sample(QUOTES, chance.randint(2, 4)))
    told = [Told(article_of(chance, facts, text, seed * 100), f"family {seed}", "original")]
    for number, (name, edit) in enumerate(EDITS.items(), 1):
        day = date(2022, 1, 27) + timedelta(days=chance.randint(0, 2))
        copy = article_of(chance, facts, edit(chance, facts, list(text)), seed * 100 + number, day)
        told.append(Told(copy, f"family {seed}", name))
    return told


def look_alike(seed: int) -> list[Told]:
    """Two articles that are no copies: an independent report, a follow-up, or the same form filled in anew."""
    chance = random.Random(f"look-alike {seed}")
    facts = facts_of(chance)
    facets = chance.sample(FACETS, 26)
    quotes = chance.sample(QUOTES, 6)
    background = chance.sample(BACKGROUND, 3)
    first = report(chance, facts, [*facets[:12], *background], quotes[:3])
    kind = ("independent report", "follow-up", "form")[seed % 3]
    if kind == "independent report":  # the same event and quotes, other facets
        second = report(chance, facts, facets[12:24], [*quotes[:3], quotes[3]])
    elif kind == "follow-up":  # the next day's news above the same background, quotes and two old facets
        second = report(chance, facts, [*facets[12:22], *facets[:2], *background], [*quotes[:2], *quotes[3:5]])
    else:  # the same desk writes on another dispute in the phrases that it always uses
        second = report(chance, facts_of(chance), [*facets[:8], *facets[12:18]], [quotes[0], *quotes[3:5]])
    number = 10_000 + seed * 10
    day = date(2022, 1, 27) + timedelta(days=seed % 2)
    return [
        Told(article_of(chance, facts, first, number), f"look-alike {seed} a", kind),
        Told(article_of(chance, facts, second, number + 1, day), f"look-alike {seed} b", kind),
    ]


def whole_set() -> list[Told]:
    """All families and look-alikes."""
    families = [told for seed in range(FAMILIES) for told in family(seed)]
    return [*families, *(told for seed in range(LOOK_ALIKES) for told in look_alike(seed))]
