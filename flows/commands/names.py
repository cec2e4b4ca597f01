"""`positions actors` and `positions issues`: which ids there are, by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from flows.commands.faults import told
from flows.commands.options import JSON, RULES, settings_of
from flows.tables import show, show_json

if TYPE_CHECKING:
    from schemas.ruleset import Actor, Issue, RuleSet

SHOWN = 600  # rows on a terminal: all actors
SUGGESTED = 3


@dataclass(frozen=True)
class Named:
    """An entry of the rules that is looked for: its id, its name, what it is, and other words for it."""

    id: str
    name: str
    what: str
    words: tuple[str, ...]

    def fits(self, meant: str) -> int:
        """How well a text in lower case fits: 0 as an id or name, 1 as its beginning, 2 as a part, 3 not at all."""
        words = [word.casefold() for word in (self.id, self.name, *self.words)]
        if meant in words:
            return 0
        if any(word.startswith(meant) for word in words):
            return 1
        return 2 if any(f" {meant}" in word for word in words) else 3


@click.command()
@click.argument("find", required=False)
@RULES
@JSON
def actors(find: str | None, as_json: bool, **options: Any) -> None:
    """List the actors that FIND names by id, name, adjective, people, capital or seat, the best first; else all."""
    ruleset = rules_of(options)
    list_found("actor", [actor_named(actor) for actor in ruleset.actors], find, as_json)


@click.command()
@click.argument("find", required=False)
@RULES
@JSON
def issues(find: str | None, as_json: bool, **options: Any) -> None:
    """List the issues that FIND names by id, name, what they cover or a term, the best first; else all."""
    ruleset = rules_of(options)
    list_found("issue", [issue_named(issue) for issue in ruleset.issues], find, as_json)


def rules_of(options: dict[str, Any]) -> "RuleSet":
    """The rule set that the options name."""
    from rules.ruleset.load import load_ruleset

    with told():
        return load_ruleset(*settings_of(options).rules)


def actor_named(actor: "Actor") -> Named:
    """The actor with every word for it."""
    words = (*actor.names, *actor.adjectives, *actor.demonyms, *actor.capitals, *actor.seats)
    return Named(actor.id, actor.name, actor.kind, words)


def issue_named(issue: "Issue") -> Named:
    """The issue with its terms."""
    return Named(issue.id, issue.name, issue.covers, tuple(issue.terms))


def found(entries: Iterable[Named], find: str | None) -> list[Named]:
    """The entries that fit, the best first."""
    if find is None:
        return list(entries)
    meant = " ".join(find.split()).casefold()
    fitting = [(entry.fits(meant), entry) for entry in entries]
    return [entry for fit, entry in sorted(fitting, key=lambda pair: (pair[0], pair[1].name)) if fit < 3]


def list_found(what: str, entries: Sequence[Named], find: str | None, as_json: bool) -> None:
    """Print the entries that fit. Raises ClickException with the nearest ones where none does."""
    fitting = found(entries, find)
    if not fitting:
        raise click.ClickException(f"no {what} is called {find!r}{hint(entries, find or '')}")
    columns = ("id", "name", "kind" if what == "actor" else "covers", "words")
    if as_json:
        show_json(columns, ((e.id, e.name, e.what, e.words) for e in fitting))
    else:
        show(columns, ((e.id, e.name, e.what, ", ".join(e.words)) for e in fitting), SHOWN)


def hint(entries: Iterable[Named], find: str) -> str:
    """The entries whose name is nearest, as the end of a sentence."""
    names = {word.casefold(): entry for entry in entries for word in (entry.id, entry.name, *entry.words)}
    near = get_close_matches(find.casefold(), names, SUGGESTED)
    told = dict.fromkeys(f"{names[word].name} ({names[word].id})" for word in near)
    return f"; did you mean {' or '.join(told)}?" if told else ""
