"""Mends what the language model gets wrong again and again: coordination, attributions that trail, long subjects."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from rules.language import english
from rules.syntax.grammar import SUBJECTS, ancestors, dependents, is_noun, is_verb, opens_with_that
from rules.syntax.tree import Parse, is_tree

# Verbs that close a sentence with their speaker: '…, the minister said on Tuesday.'
TRAILING_VERBS = english.words("trailing_verbs")
FINITE_TAGS = ("VBD", "VBZ", "VBP", "MD")
LONGEST_SPEAKER = 14  # words
RELATIVE_TAGS = ("WDT", "WP", "WP$", "WRB")


def mended(parse: Parse) -> Parse:
    """The parse with each mending that leaves it a tree."""
    for mend in MENDINGS:
        changed = mend(parse)
        parse = changed if changed is not parse and is_tree(changed.heads) else parse
    return parse


def _rehung(parse: Parse, changes: Sequence[tuple[int, int, str]]) -> Parse:
    """The parse with some words hung elsewhere: word, head, relation."""
    heads, deps = list(parse.heads), list(parse.deps)
    for word, head, dep in changes:
        heads[word], deps[word] = head, dep
    return replace(parse, heads=tuple(heads), deps=tuple(deps))


def _coordination(parse: Parse) -> Parse:
    """Hangs coordinated verbs on verbs of their own form, which the model does not always mind."""
    heads = tuple(_same_form(parse, i) if parse.deps[i] == "conj" else head for i, head in enumerate(parse.heads))
    return replace(parse, heads=heads) if heads != parse.heads else parse


def _same_form(parse: Parse, verb: int) -> int:
    """What a coordinated verb hangs from: the infinitive before a bare verb, the main verb before a past tense.

    'wrote a letter to warn, remind and ask' coordinates 'remind' with 'warn' and not with 'wrote', 'told the
    crew to land and wired for help' coordinates 'wired' with 'told'.
    """
    head = parse.heads[verb]
    own = {parse.deps[c] for c in parse.children[verb]}
    if head > verb or "nsubj" in own:
        return head
    if parse.tags[verb] == "VBN" and parse.tags[head] == "VB" and _is_perfect(parse, verb):
        return _finite_above(parse, head) or head  # 'has said it can go on but has rejected'
    if "aux" in own:
        return head
    if parse.tags[verb] == "VB" and parse.tags[head] in ("VBD", "VBZ", "VBN", "VBP"):
        between = (j for j in range(head + 1, verb) if parse.tags[j] == "VB")
        return next((j for j in between if any(parse.deps[c] == "aux" for c in parse.children[j])), head)
    if parse.tags[verb] in ("VBD", "VBN") and parse.tags[head] == "VB" and _is_perfect(parse, parse.heads[head]):
        return parse.heads[head]  # 'has vowed to leave and called for'
    describes = parse.tags[head] == "VBZ" and parse.deps[head] == "relcl"  # 'called it an act that harms, and urged'
    if parse.tags[verb] == "VBD" and (
        parse.tags[head] in ("VB", "VBP") or describes or _ends_a_condition(parse, head, verb)
    ):
        above = parse.heads[head]
        while parse.tags[above] != "VBD" and parse.heads[above] != above:
            above = parse.heads[above]
        return above if parse.tags[above] == "VBD" and above < head else head
    return head


def _label(parse: Parse) -> Parse:
    """'UN chief: the raids must end': who speaks before a colon is no subject of what follows, which has its own."""
    for i, head in enumerate(parse.heads):
        opens = i + 1 < len(parse) and parse.words[i + 1] == ":" and parse.deps[i] == "nsubj"
        if opens and any(other > i for other in dependents(parse, head, "nsubj")):
            return _rehung(parse, [(i, head, "npadvmod")])
    return parse


def _is_perfect(parse: Parse, verb: int) -> bool:
    """'has rejected'"""
    return any(parse.tags[c] in ("VBZ", "VBP", "VBD") for c in dependents(parse, verb, "aux"))


def _finite_above(parse: Parse, verb: int) -> int | None:
    """The first verb above that is finite in the perfect or the present, and stands before."""
    return next((i for i in ancestors(parse, verb) if parse.tags[i] in ("VBZ", "VBP") or _is_perfect(parse, i)), None)


def _ends_a_condition(parse: Parse, head: int, verb: int) -> bool:
    """'said it would pay if the bank agreed, and pressed …': after a comma the main clause goes on."""
    and_at = next((i for i in range(verb - 1, head, -1) if parse.tags[i] == "CC"), 0)
    says = any(opens_with_that(parse, c) for c in dependents(parse, verb, "ccomp"))
    return parse.deps[head] == "advcl" and (parse.words[and_at - 1] == "," or says)


def _main_verb(parse: Parse) -> Parse:
    """'Lula, who had waited, called on Peru': the model takes the main verb for a participle of its subject."""
    for verb, noun in enumerate(parse.heads):
        is_cut_off = parse.deps[verb] == "acl" and parse.heads[noun] == noun and is_noun(parse, noun)
        if is_cut_off and parse.tags[verb] in ("VBN", "VBD") and noun < verb and parse.words[verb - 1] == ",":
            return _rehung(parse, [(verb, verb, "ROOT"), (noun, verb, "nsubj")])
    return parse


def _headline_future(parse: Parse) -> Parse:
    """'Lula to skip summit': without a finite verb, the infinitive that hangs from the first noun is the main verb."""
    root = next((i for i, head in enumerate(parse.heads) if head == i), None)
    if root is None or not is_noun(parse, root) or any(tag in FINITE_TAGS for tag in parse.tags):
        return parse
    for verb in dependents(parse, root, "acl", "relcl", "xcomp", "advcl"):
        is_bare = parse.tags[verb] == "VB" and not dependents(parse, verb, *SUBJECTS)
        if is_bare and verb - root <= 3 and any(parse.lower[c] == "to" for c in dependents(parse, verb, "aux")):
            return _rehung(parse, [(verb, verb, "ROOT"), (root, verb, "nsubj")])
    return parse


def _name_of_group(parse: Parse) -> Parse:
    """'The head of the rebel group M23 said': the name goes with the noun before it, and is no second subject."""
    for verb in range(len(parse)):
        subjects = dependents(parse, verb, *SUBJECTS)
        if len(subjects) != 2 or parse.tags[subjects[1]] != "NNP":
            continue
        holder, name = subjects
        noun = _first_of_phrase(parse, name, verb) - 1
        if parse.tags[noun] == "NN" and parse.deps[noun] == "pobj" and _reaches(parse, noun, holder):
            return _rehung(parse, [(name, noun, "appos")])
    return parse


def _trailing_attribution(parse: Parse) -> Parse:
    """'Peru will not sign, its envoy told the board on Friday': the verb that reports comes to stand on top."""
    for verb in range(len(parse) - 1, 0, -1):
        if parse.lower[verb] not in TRAILING_VERBS or parse.tags[verb] not in ("VBD", "VBZ", "VBN"):
            continue
        subject = _subject_of_trailing(parse, verb)
        if subject is None:
            continue
        first = _first_of_phrase(parse, subject, verb)
        main = _root_of(parse, verb)
        if (
            not first > 0
            or parse.words[first - 1] not in (",", '"', "”", "''")
            or main >= first
            or not _is_clause(parse, main)
        ):
            continue
        strays = [c for c in parse.children[verb] if c < first - 1]
        changes = [(verb, verb, "ROOT"), (main, verb, "ccomp"), (subject, verb, "nsubj")]
        return _rehung(parse, [*changes, *((c, main, parse.deps[c]) for c in strays)])
    return parse


def _subject_of_trailing(parse: Parse, verb: int) -> int | None:
    """Who speaks, where the verb closes a sentence that it does not yet stand above; None elsewhere."""
    if parse.heads[verb] == verb or dependents(parse, verb, "ccomp", "xcomp", "mark", "aux", "cc"):
        return None
    before = range(max(0, verb - LONGEST_SPEAKER), verb)
    if any(parse.tags[c] in RELATIVE_TAGS for c in parse.children[verb]) or parse.tags[verb - 1] in RELATIVE_TAGS:
        return None
    own = [i for i in dependents(parse, verb, *SUBJECTS) if i in before]
    if own:
        return own[0]
    last = verb - 1
    if parse.words[last] != ",":
        return last if is_noun(parse, last) else None
    name = last - 1  # 'the deputy minister, Roman V, said'
    above = parse.heads[name]
    return above if is_noun(parse, name) and parse.deps[name] == "appos" and above in before else None


def _first_of_phrase(parse: Parse, noun: int, verb: int) -> int:
    """The first token of a noun phrase, as far as it stands right before its noun."""
    first = noun
    while first > 0 and parse.words[first - 1] != "," and (verb - first) < LONGEST_SPEAKER:
        if not _reaches(parse, first - 1, noun):
            break
        first -= 1
    return first


def _reaches(parse: Parse, word: int, noun: int) -> bool:
    """Whether a word hangs, over others, from a noun."""
    return noun in islice(ancestors(parse, word), LONGEST_SPEAKER)


def _root_of(parse: Parse, word: int) -> int:
    return [word, *ancestors(parse, word)][-1]


def _is_clause(parse: Parse, root: int) -> bool:
    return is_verb(parse, root) or bool(dependents(parse, root, *SUBJECTS))


MENDINGS: tuple[Callable[[Parse], Parse], ...] = (
    _main_verb,
    _headline_future,
    _name_of_group,
    _trailing_attribution,
    _coordination,
    _label,
)
