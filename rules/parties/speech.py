"""Who says a clause: by a reporting verb above it, after it or around it, or by the quotation that it stands in."""

from dataclasses import dataclass

from rules.parties.people import NamedPerson
from rules.parties.pronouns import speakers_of_quote, speakers_of_statement
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.syntax.grammar import (
    ancestors,
    dependents,
    governing_clause,
    holds,
    is_noun,
    is_verb,
    makes_clear,
    opens_with_that,
    own_subject,
    phrase_span,
    prepositional_objects,
    words_of,
)
from rules.syntax.possessors import possessive
from rules.syntax.subjects import surface_subject
from rules.syntax.tree import Parse

# Words that may stand beside the colon of a title as who speaks.
LONGEST_LABEL = 6


@dataclass(frozen=True)
class Report:
    """A reporting verb, who reports, and the token of the verb where it stands in the same sentence."""

    by: tuple[Referent, ...]
    verb: int | None


def report_of(resolver: ActorResolver, at: int) -> Report | None:
    """The nearest report of the clause around a token.

    Where else a report may come from, `Openings.saying` and `Sentence.is_in_speech` have to tell the gate, too.
    """
    parse, words = resolver.parse, resolver.words
    below = at
    for above in ancestors(parse, at):
        if parse.lower[above] in words.quoting:
            quoted = _quoted(resolver, above)
            if quoted:
                return Report(quoted, above)
        is_report = parse.lower[above] in words.reporting or makes_clear(parse, above) or holds(parse, above)
        if is_verb(parse, above) and is_report and _reports(resolver, above, below):
            found = _reporters(resolver, above)
            if found:
                return Report(found, above)
        below = above
    return (
        _said_in_document(resolver, at)
        or _beside(resolver, at)
        or _according_to(resolver)
        or _around(resolver, at)
        or _before_colon(resolver)
        or _beside_colon(resolver, at)
        or _issued(resolver, at)
    )


def unlisted_reporter(resolver: ActorResolver, report: Report | None, actor: str | None) -> NamedPerson | None:
    """Who reports for a party or for nobody known, where no list has the name: 'its envoy, Omar X, told us'."""
    if report is None or report.verb is None or len(report.by) != 1:
        return None
    subject = surface_subject(resolver.parse, report.verb)
    if subject is None or report.by[0].person is not None or report.by[0].actor not in (None, actor):
        return None
    parse, titles = resolver.parse, resolver.words.titles | resolver.words.person_anaphors
    named = [c for c in dependents(parse, subject, "appos") if parse.tags[c] == "NNP"]
    if named and parse.lower[subject] in titles:
        first = phrase_span(parse, named[0])[0]
        return NamedPerson(words_of(parse, first, named[0]), report.by[0].actor, parse.lower[subject])
    compounds = [c for c in dependents(parse, subject, "compound", "nmod") if c < subject]
    title = [c for c in compounds if parse.lower[c] in titles]
    if parse.tags[subject] != "NNP" or not title:
        return None
    return NamedPerson(words_of(parse, title[-1] + 1, subject), report.by[0].actor, parse.lower[title[-1]])


def carrier_of(resolver: ActorResolver, at: int, party: Referent) -> NamedPerson | None:
    """'Modi announced India's intention to buy': the subject of the clause, if one of the party whose stance it is."""
    verb = governing_clause(resolver.parse, at)
    subject = surface_subject(resolver.parse, verb) if verb is not None else None
    if party.actor is None or subject is None:
        return None
    people = [other.person for other in resolver.resolve(subject) if other.actor == party.actor]
    return people[0] if len(people) == 1 else None


def _said_in_document(resolver: ActorResolver, at: int) -> Report | None:
    """'warned Bonn in a letter that Paris would', 'repeated the view that aid should': the clause hangs from a noun."""
    parse, words = resolver.parse, resolver.words
    below = at
    for noun in ancestors(parse, at):
        is_said = parse.deps[below] in ("acl", "relcl", "ccomp", "appos") and is_noun(parse, noun)
        if is_said and parse.lower[noun] in words.saying_nouns and own_subject(parse, below) is not None:
            verb = governing_clause(parse, noun)
            if verb is None or not opens_with_that(parse, below):
                return None
            owner = [party for i in possessive(parse, noun) for party in resolver.resolve(i) if party.actor]
            is_sent = parse.lower[verb] in words.reporting | words.sending
            by = tuple(owner) or (_reporters(resolver, verb) if is_sent else ())
            return Report(by, verb) if by else None
        below = noun
    return None


def _reports(resolver: ActorResolver, verb: int, below: int) -> bool:
    """Whether a clause is what a reporting verb reports, and not a circumstance of the reporting."""
    parse = resolver.parse
    if parse.deps[below] in ("ccomp", "parataxis", "xcomp", "oprd", "pcomp"):
        return True
    if parse.deps[below] == "dobj" and any(parse.tags[c] == "VBN" for c in dependents(parse, below, "acl")):
        return resolver.sentence.section == "title"  # 'Oslo says talks needed'
    if parse.deps[below] == "conj" and below > verb and own_subject(parse, below) is not None:
        return bool(dependents(parse, verb, "ccomp"))  # 'said it would stay, but the door was open'
    is_before = parse.deps[below] in ("advcl", "conj", "dobj") and below < verb and parse.starts[verb] > 0
    return is_before and (resolver.in_quotes(below) or _is_command(parse, below) or _is_fronted(parse, below, verb))


def _is_fronted(parse: Parse, clause: int, verb: int) -> bool:
    """'As its part of the bargain, Oslo should pay, Lima said': a whole clause, which no conjunction opens."""
    subject, speaker = own_subject(parse, clause), own_subject(parse, verb)
    is_whole = subject is not None and speaker is not None and clause < speaker
    return is_whole and not dependents(parse, clause, "mark", "cc") and parse.tags[clause] not in ("VBG", "VBN")


def _quoted(resolver: ActorResolver, verb: int) -> tuple[Referent, ...]:
    """'a paper quoted the minister as saying', 'the minister was quoted as saying': the minister."""
    parse = resolver.parse
    if not any(parse.lower[c] == "as" for c in parse.children[verb]):
        return ()
    quoted = dependents(parse, verb, "dobj", "nsubjpass")
    return tuple(party for i in quoted for party in resolver.resolve(i))


def _is_command(parse: Parse, verb: int) -> bool:
    """'Withdraw the bill, Oslo told Lima': a bare verb that opens what is said."""
    return parse.tags[verb] == "VB" and not dependents(parse, verb, "mark", "aux", "nsubj")


def _reporters(resolver: ActorResolver, verb: int) -> tuple[Referent, ...]:
    subject = surface_subject(resolver.parse, verb)
    if subject is None:
        return ()
    return tuple(resolver.resolve(subject))


def _beside(resolver: ActorResolver, at: int) -> Report | None:
    """A reporting clause put in or after: 'Russia, he said, must …', which the parser hangs below the main verb."""
    parse, words = resolver.parse, resolver.words
    for clause in (at, *ancestors(parse, at)):
        joined = () if dependents(parse, clause, "cc") else ("conj",)
        for child in dependents(parse, clause, "parataxis", "ccomp", "advcl", *joined):
            is_report = parse.lower[child] in words.reporting and is_verb(parse, child) and child != at
            if is_report and not dependents(parse, child, "ccomp", "xcomp", "mark"):
                found = _reporters(resolver, child)
                if found:
                    return Report(found, child)
    return None


def _according_to(resolver: ActorResolver) -> Report | None:
    parse = resolver.parse
    for i, word in enumerate(parse.lower):
        if word == "according":
            for noun in prepositional_objects(parse, i, "to"):
                return Report(tuple(resolver.resolve(noun)), i)
    return None


def _before_colon(resolver: ActorResolver) -> Report | None:
    """'Denmark: the island is ours', as headlines have it."""
    before = resolver.section.text[max(0, resolver.sentence.start - 2) : resolver.sentence.start]
    start = resolver.sentence.start - len(before)
    mention = resolver.section.mention_covering(start - 1, start) if before.strip() == ":" else None
    if mention is None or mention.kind == "capital":
        return None
    person = resolver.section.person_covering(mention.start, mention.end) if mention.person else None
    return Report((person or Referent(mention.actor, mention.start, mention.end),), None)


def _beside_colon(resolver: ActorResolver, at: int) -> Report | None:
    """'Oslo must pay: Lima', 'UN chief: the raids must end', in titles: a few words without a verb beside a colon."""
    parse, colons = resolver.parse, [i for i, word in enumerate(resolver.parse.words) if word == ":"]
    if resolver.sentence.section != "title" or len(colons) != 1:
        return None
    first, last = (0, colons[0] - 1) if at > colons[0] else (colons[0] + 1, len(parse) - 1)
    if not 0 <= last - first < LONGEST_LABEL or any(is_verb(parse, i) for i in range(first, last + 1)):
        return None
    start, end = resolver.offsets(first)[0], resolver.offsets(last)[1]
    people = resolver.section.people_between(start, end)
    named = [Referent(m.actor, m.start, m.end) for m in resolver.section.mentions_between(start, end) if m.actor]
    found = people[:1] or named[:1]
    return Report((found[0],), None) if found and found[0].actor else None


def _issued(resolver: ActorResolver, at: int) -> Report | None:
    """Who speaks in a statement or a transcript of an issuer, where nothing else tells it."""
    if resolver.context.issuer is None or resolver.in_quotes(at):
        return None
    by = speakers_of_statement(resolver, resolver.offsets(at)[0])
    return Report(tuple(by), None) if by else None


def _around(resolver: ActorResolver, at: int) -> Report | None:
    """The speaker of the quotation that the clause stands in, named in this sentence or another."""
    if not resolver.in_quotes(at):
        return None
    speakers = speakers_of_quote(resolver, resolver.offsets(at)[0])
    return Report(tuple(speakers), None) if speakers else None
