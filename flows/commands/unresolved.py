"""`positions unresolved`: whom no list knows, most frequent first, with what would make the rules know them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from flows.commands.faults import told
from flows.commands.options import HOME, RULES, settings_of
from flows.commands.status import counted_as
from flows.terminal import say

if TYPE_CHECKING:
    from rules.proof.suggest import Suggestion
    from warehouse.unresolved import Unknown

NAMED = 3  # outlets in a line
ENOUGH = 20  # clauses to guess from


@click.command()
@click.argument("words", required=False)
@click.option("--most", type=click.IntRange(min=1), default=10, show_default=True, help="How many are shown.")
@click.option("--sentences", type=click.IntRange(min=0), default=2, show_default=True, help="Sentences of each.")
@RULES
@HOME
def unresolved(words: str | None, most: int, sentences: int, **options: object) -> None:
    """List the actors of positions that nobody knows, or those whose words hold WORDS; the most frequent first.

    Each with sentences, outlets, a guess by what stands beside it, and an entry of YAML for a folder of rules of your
    own: put it there, mend it, and `positions track --rules rules/english --rules mine` knows the actor.
    """
    settings = settings_of(options)
    with told():
        from rules.proof.suggest import Suggester, Told
        from rules.ruleset.load import load_ruleset
        from warehouse.query import under_line
        from warehouse.unresolved import unknown_actors

        found = unknown_actors(settings.snapshot_file, most, max(sentences, ENOUGH), words)
        if not found:
            raise click.ClickException("no clause is without a known actor" + (f" that holds {words!r}" * bool(words)))
        suggester = Suggester(load_ruleset(*settings.rules))
        for one in found:
            texts = [Told(clause.text, clause.published) for clause in one.clauses]
            for line in lines(one, suggester.suggest(one.words, texts), sentences):
                say(line)
        say(under_line(settings.snapshot_file), err=True)


def lines(one: "Unknown", guess: "Suggestion", sentences: int) -> Iterator[str]:
    """An unknown actor: how often, where, in which sentences, who it may be, and the entry."""
    outlets = ", ".join(one.outlets[:NAMED]) + f" and {len(one.outlets) - NAMED} more" * (len(one.outlets) > NAMED)
    often = f"{counted_as(one.number, 'clause', 'clauses')} in {counted_as(one.articles, 'article', 'articles')}"
    days = f"{one.first}" if one.first == one.last else f"{one.first} to {one.last}"
    yield f"{one.words}: {often}, {days}; {outlets or 'no outlet told'}"
    for clause in one.clauses[:sentences]:
        yield f"    {clause.published} {' '.join(clause.evidence.split())}"
    beside = f"{guess.actor}, named beside it in {guess.votes} of {guess.of}"
    yield f"  guess: {beside if guess.actor else 'none, as no known actor is named beside it'}"
    yield f"  # {guess.file}"
    yield from (f"  {line}" for line in guess.entry.splitlines())
    yield ""
