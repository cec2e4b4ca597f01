"""What tells that a clause is history, or that the name of a country is that of a person."""

import re
from datetime import date

from rules.parties.coreference import person_before
from rules.parties.resolver import ActorResolver
from rules.parties.section import Referent
from rules.syntax.grammar import ancestors, is_verb, subtree
from rules.syntax.tree import Parse

# A year that lies so far back dates history, and nothing that an article of the day would tell as news.
HISTORY_YEARS = 25
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# What may stand between a year and the clause that it dates: 'in the summer of 1956'.
DATING = ("pobj", "prep", "npadvmod", "nummod", "amod", "compound")


def is_history(parse: Parse, at: int, published: date) -> bool:
    """'In 1956 Egypt demanded', but not 'Israel, which took the heights in 1967, rejected': a year dates its clause."""
    clause = {at, *ancestors(parse, at)}
    for i, word in enumerate(parse.words):
        if YEAR.fullmatch(word) and published.year - int(word) > HISTORY_YEARS:
            above = i
            while parse.deps[above] in DATING and parse.heads[above] != above:
                above = parse.heads[above]
            if above in clause and is_verb(parse, above):
                return True
    return False


def is_given_name(resolver: ActorResolver, at: int, referent: Referent) -> bool:
    """'Chad asked his sister', 'Georgia called her mother': a country is not 'he' or 'she'."""
    parse, section = resolver.parse, resolver.section
    mention = section.mention_at(referent.start, referent.end)
    if referent.person is not None or mention is None or mention.text not in resolver.words.given_names:
        return False
    if mention.end - mention.start < referent.end - referent.start:
        return False
    pronouns = [i for i in subtree(parse, at) if parse.lower[i] in ("his", "her", "he", "she") and i > at]
    return bool(pronouns) and person_before(section, referent.start, parse.lower[pronouns[0]]) is None
