"""Which words name parties side by side, where the parser does not coordinate them."""

from rules.parties.mentions import Phrases
from rules.parties.section import Referent
from rules.syntax.grammar import conjuncts, dependents


def joined(phrases: Phrases, i: int) -> list[int]:
    """The word and all that is coordinated with it, in whatever way."""
    words = [_visitor(phrases, word) for word in conjuncts(phrases.parse, i)]
    return [*words, *_joined_to_the_name(phrases, i), *_added(phrases, i)]


def _visitor(phrases: Phrases, i: int) -> int:
    """'President X and visiting Chancellor Y', where the parser has Y visited."""
    parse = phrases.parse
    visited = dependents(parse, i, "dobj") if parse.deps[i] == "conj" and parse.tags[i] == "VBG" else []
    return visited[0] if visited else i


def _joined_to_the_name(phrases: Phrases, i: int) -> list[int]:
    """'both President X and Chancellor Y', where X hangs from his office and Y from X, or X from Y."""
    parse, titles = phrases.parse, phrases.words.titles
    for c in dependents(parse, i, "nmod", "compound"):
        offices = [d for d in dependents(parse, c, "conj") if parse.lower[d] in titles and d < i]
        if offices and parse.tags[c] == "NNP" and phrases.person(c):
            return [c]
    names = [c for c in dependents(parse, i, "appos") if parse.tags[c] == "NNP"]
    between = (parse.words[i + 1 : c] for c in names)
    is_close = all("," not in words for words in between)
    return [w for c in names for w in conjuncts(parse, c) if w != c] if is_close else []


def _added(phrases: Phrases, i: int) -> list[int]:
    """'Peru as well as Chile', 'the ministers, as well as Chad's envoy, agreed': whoever is added.

    Of what 'and' adds the parser may make a second subject of the verb.
    """
    parse = phrases.parse
    for c in dependents(parse, i, "cc"):
        is_adding = parse.lower[c - 1 : c + 1] == ("well", "as") or parse.lower[c] == "and"
        if is_adding and not dependents(parse, i, "conj"):
            after = [n for n in dependents(parse, parse.heads[i], "nsubj") if n > c and parse.deps[i] == "nsubj"][:1]
            return [n for noun in (*dependents(parse, c, "pobj"), *after) for n in conjuncts(parse, noun)]
    return []


def named_beside(phrases: Phrases, i: int) -> list[Referent]:
    """'its neighbour Chad', 'the Gulf power Oman': whom a noun for any state is said of."""
    parse, words = phrases.parse, phrases.words
    if parse.lower[i] not in words.pair_nouns | words.state_anaphors:
        return []
    named = [phrases.mention(c) for c in dependents(parse, i, "appos") if parse.tags[c].startswith("NNP")]
    return [Referent(m.actor, m.start, m.end) for m in named if m and m.kind == "name"][:1]
