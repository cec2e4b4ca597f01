"""What an edit of the rules would do, in lines for people: on the terminal, and on Prefect's pages."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flows.impact import Effect, Impact


def lines(found: Impact, show: int) -> Iterator[str]:
    """What changed in the rules, what that does by trigger, and some of the positions."""
    if not found.changes:
        yield "The rules say what those of the snapshot say: nothing would change."
        return
    yield from (str(change) for change in found.changes)
    read = f"{found.touched:,} of {found.articles:,} articles touched, {found.parsed:,} sentences parsed"
    if not found.added and not found.retired:
        yield f"{read}: nothing would change, {found.kept:,} positions kept"
        return
    yield f"{read}: {len(found.added):,} positions added, {len(found.retired):,} retired, {found.kept:,} kept"
    added, retired = counted(found.added), counted(found.retired)
    width = max(map(len, [*added, *retired]), default=0)
    for trigger in sorted({*added, *retired}):
        yield f"  {trigger:<{width}}  +{added[trigger]:<6,} -{retired[trigger]:,}"
    for sign, effects in (("+", found.added), ("-", found.retired)):
        yield from (shown(sign, effect) for effect in effects[:show])
        if len(effects) > show:
            yield f"{sign} … and {len(effects) - show:,} more"


def counted(effects: Sequence[Effect]) -> Counter[str]:
    """How many positions each trigger gave."""
    return Counter(effect.position.trigger_id for effect in effects)


def shown(sign: str, effect: Effect) -> str:
    """A position and its evidence on one line."""
    p = effect.position
    issue, target = p.issue or "no issue", f" to {p.target}" if p.target else ""
    sentence = " ".join(effect.sentence.split())
    return f"{sign} {p.stated_on} {p.actor} {p.stance} of {issue}{target} [{p.trigger_id}] {sentence}"
