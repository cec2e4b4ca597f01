"""`positions rules impact`: what an edit of the rules would add and retire."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from flows.commands.faults import told
from flows.commands.options import HOME, RULES, settings_of

if TYPE_CHECKING:
    from flows.impact import Effect, Impact


@click.command()
@HOME
@RULES
@click.option(
    "--show", type=click.IntRange(min=0), default=10, show_default=True, help="Positions of each kind to show."
)
def impact(show: int, **options: Any) -> None:
    """Tell what the rules as they stand now would add to the published snapshot and retire from it.

    Nothing is changed. Only articles that the edit can touch are read again, from stored parses.
    """
    from flows.impact import NothingTagged
    from flows.impact import impact as impact_of
    from rules.load import load_ruleset
    from rules.parse import Parser

    settings = settings_of(options)
    with told():
        try:
            ruleset = load_ruleset(*settings.rules)
            found = impact_of(settings.snapshot_file, ruleset, lambda: Parser(settings.model))
        except NothingTagged as error:
            raise click.ClickException(str(error)) from error
    for line in lines(found, show):
        click.echo(line)


def lines(found: "Impact", show: int) -> Iterator[str]:
    """What changed in the rules, what that does by trigger, and some of the positions."""
    if not found.changes:
        yield "The rules say what those of the snapshot say: nothing would change."
        return
    yield from (str(change) for change in found.changes)
    yield (
        f"{found.touched:,} of {found.articles:,} articles touched, {found.parsed:,} sentences parsed: "
        f"{len(found.added):,} positions added, {len(found.retired):,} retired, {found.kept:,} kept"
    )
    added, retired = counted(found.added), counted(found.retired)
    width = max(map(len, [*added, *retired]), default=0)
    for trigger in sorted({*added, *retired}):
        yield f"  {trigger:<{width}}  +{added[trigger]:<6,} -{retired[trigger]:,}"
    for sign, effects in (("+", found.added), ("-", found.retired)):
        yield from (shown(sign, effect) for effect in effects[:show])
        if len(effects) > show:
            yield f"{sign} … and {len(effects) - show:,} more"


def counted(effects: "Sequence[Effect]") -> Counter[str]:
    """How many positions each trigger gave."""
    return Counter(effect.position.trigger_id for effect in effects)


def shown(sign: str, effect: "Effect") -> str:
    """A position and its evidence on one line."""
    p = effect.position
    issue, target = p.issue or "no issue", f" to {p.target}" if p.target else ""
    sentence = " ".join(effect.sentence.split())
    return f"{sign} {p.stated_on} {p.actor} {p.stance} of {issue}{target} [{p.trigger_id}] {sentence}"
