"""Where the words of a frame stand in a parsed sentence, in the right part of speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.frames.lexicon import POSSESSIVE, Lexicon, Wording
from rules.syntax.clause import Clause
from rules.syntax.grammar import CALENDAR, dependents, is_verb, own_subject
from rules.syntax.tree import Parse
from rules.text.lemmas import verb_forms
from schemas.ruleset import Frame

# How many words may stand inside an idiom between two of its own: 'kept the door firmly open'.
GAP = 2
# How far after 'has', 'is' or 'needs' its 'to' stands at most: 'has, he said, to leave'.
TO_FOLLOWS = 5
CLOSING_MARKS = "\"”’' )"
STOPS = (".", "!", "…")
HAVING = verb_forms("have") | {"'ve", "'d"}


@dataclass(frozen=True)
class TriggerMatch:
    """A frame's words in a sentence: `at` is the token that grammar hangs from, `first` to `last` are its words."""

    parse: Parse
    wording: Wording
    at: int
    first: int
    last: int
    by: str | None = None  # the preposition by which it takes its object here

    @property
    def frame(self) -> Frame:
        return self.wording.frame

    @property
    def kind(self) -> str:
        return self.wording.kind

    @cached_property
    def clause(self) -> Clause:
        is_long = self.kind == "adjective" and len(self.wording.rest) > 1  # 'in favour of'
        by_at = self.last if self.kind == "idiom" or is_long else None
        return Clause(self.parse, self.at, self.by, by_at, range(self.first, self.last + 1))


def matches_in(parse: Parse, lexicon: Lexicon) -> list[TriggerMatch]:
    """All places where the words of a frame stand in the right part of speech, in the order of the text."""
    there, found = frozenset(parse.lower), []
    for i, word in enumerate(parse.lower):
        fits: dict[str, bool] = {}  # by kind: few kinds are asked for of a word, by many wordings
        for wording in lexicon.by_form.get(word, ()):
            if not wording.needed <= there:
                continue
            if wording.kind not in fits:
                fits[wording.kind] = _has_part_of_speech(parse, i, wording.kind)
            if fits[wording.kind] and (one := _match(parse, i, wording)) is not None:
                found.append(one)
    return found


def _match(parse: Parse, i: int, wording: Wording) -> TriggerMatch | None:
    """The match of a wording at a token that is its first word in the right part of speech, if the rest fits."""
    if wording.kind == "modal":
        return _match_modal(parse, i, wording)
    last = _match_idiom(parse, i, wording.rest) if wording.kind == "idiom" else _match_rest(parse, i, wording)
    if last is None or (wording.rest and wording.kind != "idiom" and _opens_date(parse, last)):
        return None
    if wording.rest and _marks_infinitive(parse, last):
        return None
    by = wording.by if wording.by is not None and _takes_object(parse, last) else None
    return TriggerMatch(parse, wording, _head(parse, i, last, wording), min(i, last), max(i, last), by)


def _marks_infinitive(parse: Parse, word: int) -> bool:
    """The 'to' of 'agreed to leave' is no preposition."""
    return parse.tags[word] == "TO" and parse.deps[word] == "aux"


def _takes_object(parse: Parse, word: int) -> bool:
    """Whether a word is a preposition here and no particle: 'ruled out a truce' has none."""
    return parse.deps[word] not in ("prt", "advmod") or bool(dependents(parse, word, "pobj", "pcomp", "prep"))


def _match_modal(parse: Parse, i: int, wording: Wording) -> TriggerMatch | None:
    """A modal hangs from the verb that it serves; 'has to', 'is to' and 'had better' stand above or beside it."""
    last = i + len(wording.rest)
    if wording.rest == ("to",):
        last = i
    elif parse.lower[i + 1 : last + 1] != wording.rest:
        return None
    if wording.rest and any(parse.tags[c] == "MD" for c in dependents(parse, i, "aux")):
        return None  # 'will have to': foretold
    verb = parse.heads[i] if not wording.rest else _verb_after(parse, i, last)
    if parse.tags[i] == "TO" and not _is_headline_future(parse, verb):
        return None
    if verb is None or not is_verb(parse, verb) or (not wording.rest and parse.deps[i] != "aux"):
        return None
    following = range(i + 1, i + 1 + TO_FOLLOWS)
    if wording.rest == ("to",) and not any(
        parse.tags[c] == "TO" and c in following for c in dependents(parse, verb, "aux")
    ):
        return None  # 'had better leave', 'has tunnels under the strip to bring in arms'
    return TriggerMatch(parse, wording, verb, i, last)


def _is_headline_future(parse: Parse, verb: int | None) -> bool:
    """'Oslo to send ships': the main verb, with a subject, and no full stop."""
    if verb is None or parse.heads[verb] != verb or parse.text.rstrip(CLOSING_MARKS).endswith(STOPS):
        return False
    return own_subject(parse, verb) is not None


def _verb_after(parse: Parse, first: int, last: int) -> int | None:
    """The infinitive that words before it serve."""
    below = [c for i in range(first, last + 1) for c in dependents(parse, i, "xcomp", "ccomp") if c > last]
    if first == last and parse.tags[last + 1 : last + 2] == ("TO",):  # 'needed to look', read as why it is needed
        below += [c for c in dependents(parse, last, "advcl") if parse.heads[last + 1] == c]
    infinitives = [c for c in below if parse.tags[c] == "VB" or dependents(parse, c, "auxpass")]
    if infinitives:
        return infinitives[0]
    above = parse.heads[last]
    return above if above > last and parse.tags[above] == "VB" else None


def _head(parse: Parse, first: int, last: int, wording: Wording) -> int:
    """The token that grammar hangs from: of an idiom that ends in a verb that one, 'want to see'."""
    if wording.kind in ("phrase", "noun") and wording.rest:
        return _phrase_head(parse, first, last)
    ends_in_verb = wording.kind == "idiom" and parse.tags[last] == "VB"
    return last if ends_in_verb else first


def _has_part_of_speech(parse: Parse, i: int, kind: str) -> bool:
    tag, dep = parse.tags[i], parse.deps[i]
    if kind in ("verb", "idiom"):
        return (tag.startswith("VB") and dep not in ("amod", "compound")) or _is_headline_verb(parse, i)
    if kind == "noun":
        return tag.startswith("NN") and dep != "compound"
    if kind == "adjective":
        # 'as Peru prepared to send aid' tells what it did
        is_active = tag == "VBD" and (dep == "advcl" or not dependents(parse, i, "auxpass", "xcomp"))
        fits = tag.startswith(("JJ", "RB", "VBN", "VBD", "NN", "IN")) and dep not in ("amod", "compound", "nsubj")
        fits = fits or (dep == "amod" and _closes_headline(parse, i))
        helpers = [parse.lower[c] for c in dependents(parse, i, "aux")]
        is_perfect = tag == "VBN" and bool(HAVING.intersection(helpers)) and not dependents(parse, i, "auxpass")
        return fits and not is_active and not is_perfect
    if kind == "modal":
        return tag in ("MD", "VBZ", "VBP", "VBD", "VBN", "VB", "TO") or parse.lower[i] == "going"
    return True


def _closes_headline(parse: Parse, i: int) -> bool:
    """'Oslo ready to answer': what headlines say of the noun before it, without a verb."""
    noun = parse.heads[i]
    return noun < i and parse.heads[noun] == noun and not is_verb(parse, noun)


def _is_headline_verb(parse: Parse, i: int) -> bool:
    """Headlines lead the tagger to nouns: 'Iran rejects US offer' with 'rejects' as NNS at the root."""
    return (
        parse.tags[i] in ("NNS", "NNP", "NNPS") and parse.deps[i] == "ROOT" and parse.lower[i].endswith("s") and i > 0
    )


def _match_rest(parse: Parse, i: int, wording: Wording) -> int | None:
    """The last token of a wording of several words: its particle or preposition, or the words right after it."""
    rest = wording.rest
    if not rest:
        return i
    for start in range(i + 1, i + 4):
        if parse.lower[start : start + len(rest)] == rest:
            last = start + len(rest) - 1
            return None if wording.by and not _takes_by(wording) and _has_object(parse, last) else last
        if start >= len(parse) or not parse.tags[start].startswith("RB"):
            break
    if wording.kind not in ("verb", "adjective") or len(rest) > 1:
        return None
    for child in parse.children[i]:
        if parse.lower[child] != rest[0]:
            continue
        if parse.deps[child] in ("prt", "advmod", "acomp", "oprd") and child > i:
            return child
        if parse.deps[child] in ("prep", "dative") and child > i and _takes_by(wording):
            return child  # 'appealed on Friday for calm', 'warned Israel against a war'
    return None


def _takes_by(wording: Wording) -> bool:
    """Whether a wording takes its object by its last word, as 'call for' does and 'give in' does not."""
    return wording.kind != "verb" or not OBJECTS.isdisjoint(wording.takes)


def _has_object(parse: Parse, preposition: int) -> bool:
    return parse.deps[preposition] == "prep" and bool(dependents(parse, preposition, "pobj", "pcomp"))


OBJECTS = frozenset(("thing", "ing", "party", "party to"))


def _match_idiom(parse: Parse, i: int, rest: Sequence[str]) -> int | None:
    """The last token of an idiom, whose words stand in their order, a few others between two of them at most."""
    last = i
    for word in rest:
        window = range(last + 1, min(last + 2 + GAP, len(parse)))
        found = next((j for j in window if _is_word(parse, j, word)), None)
        if found is None or any(is_verb(parse, j) for j in range(last + 1, found)):
            return None
        last = found
    return last


def _is_word(parse: Parse, i: int, word: str) -> bool:
    return parse.tags[i] in ("PRP$", "POS") if word == POSSESSIVE else parse.lower[i] == word


def _opens_date(parse: Parse, last: int) -> bool:
    """'agreed on Wednesday': the preposition opens a date."""
    return last + 1 < len(parse) and parse.lower[last + 1] in CALENDAR


def _phrase_head(parse: Parse, first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= parse.heads[i] <= last or parse.heads[i] == i:
            return i
    return first
