"""Shows position after position, and takes one key for each: what a person judges."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flows.journal import Journal
from flows.terminal import say
from schemas.correction import Change, Judgement, Verdict
from schemas.position import Stance
from warehouse.corrections import Refused, check
from warehouse.review import Queue, ToJudge

BACK, QUIT, SKIP, HELP = "b", "q", "n", "?"
SKIPPING = (SKIP, " ", "\r", "\n")
# One key a field: small for what is known of it otherwise, as a capital letter to be asked for the right value.
FIELDS = {"a": "actor", "s": "stance", "i": "issue", "t": "target", "d": "stated_on"}
KEYS = "r right  w wrong  a actor  s stance  i issue  t target  d day  n skip  b back  q quit  ? help"
TOLD = """\
r  right, actor and stance and all else
w  wrong: no position, or not of this kind
a  wrong actor       A  … and asks for the right one (an id, such as RUS)
s  wrong stance      S  … and asks for the right one (demand, refusal, offer, acceptance, threat)
i  wrong issue: it is none of the tree        I  … asks for the right one
t  wrong target: it is addressed to nobody    T  … asks for the right one
d  wrong day: the text tells none, so it is that of publication    D  … asks for the right one
n  or space: skip; b: back to the one before; q: quit. Each key is kept at once, also where the machine stops"""

Asker = Callable[[], str]


class NotTaken(ValueError):
    """A key or value that says nothing; the message tells what is allowed."""


@dataclass(frozen=True)
class Reviewer:
    """Who judges: where keys come from, and lines where a value is asked for."""

    key: Asker
    line: Callable[[str], str]


def review(queue: Queue, journal: Journal, reviewer: Reviewer) -> None:
    """Take a key for each position of the queue until its end or `q`; every one is in the journal when it is taken."""
    rows, place = in_order(queue.rows, journal), 0
    while place < len(rows):
        for line in shown(rows[place], place + 1 + queue.judged, len(rows) + queue.judged):
            say(line)
        try:
            step = taken(rows[place], queue, journal, reviewer)
        except NotTaken as error:
            say(error)
            continue
        if step is None:
            return
        place = max(place + step, 0)


def in_order(rows: Sequence[ToJudge], journal: Journal) -> list[ToJudge]:
    """The rows that the journal does not hold; those that were skipped before come last."""
    waiting = journal.read()
    fresh = [row for row in rows if row.position_id not in waiting]
    return fresh + [row for row in rows if waiting.get(row.position_id, row) is None]


def taken(row: ToJudge, queue: Queue, journal: Journal, reviewer: Reviewer) -> int | None:
    """How far to go on after the next key: one row, one back, or None for the end. Raises NotTaken."""
    key = reviewer.key()
    if key == QUIT:
        return None
    if key == BACK:
        return -1
    if key == HELP:
        raise NotTaken(TOLD)
    judgement = None if key in SKIPPING else judged(row, key, queue, reviewer)
    journal.write(row.position_id, judgement)
    say(f"→ {told(judgement)}")
    return 1


def judged(row: ToJudge, key: str, queue: Queue, reviewer: Reviewer) -> Judgement:
    """What a key says of a position. Raises NotTaken."""
    if key in ("r", "w"):
        verdict, reason = (Verdict.RIGHT, "") if key == "r" else (Verdict.WRONG, "wrong")
        return Judgement(position_id=row.position_id, verdict=verdict, reason=reason)
    name = FIELDS.get(key.lower())
    if name is None:
        raise NotTaken(f"no such key; there are {KEYS}")
    if key in ("a", "s"):  # a row of another's, or of another kind, is none of this one
        return Judgement(position_id=row.position_id, verdict=Verdict.WRONG, reason=f"wrong {name}")
    stands = str(getattr(row, name) or "")
    value = stands if key.isupper() else otherwise(row, name)
    if value == stands:
        value = asked(name, queue, reviewer)
    if value == stands:
        raise NotTaken(f"{name} is {stands or 'none'} already")
    change = Change(field=name, value=value)
    return Judgement(
        position_id=row.position_id, verdict=Verdict.CORRECTED, reason=f"another {name}", changes=(change,)
    )


def otherwise(row: ToJudge, name: str) -> str:
    """What an issue, target or day is where the text does not tell it."""
    return row.published.isoformat() if name == "stated_on" else ""


def asked(name: str, queue: Queue, reviewer: Reviewer) -> str:
    """The value that a person types; a stance by its first letter, too. Raises NotTaken for one that is none."""
    typed = reviewer.line(f"  right {name}, empty for none: ").strip()
    full = {"stance": typed.lower(), "actor": typed.upper(), "target": typed.upper()}.get(name, typed)
    if name == "stance" and len(full) == 1:
        full = next((stance.value for stance in Stance if stance.value[0] == full), full)
    try:
        check(name, full, queue.known)
    except Refused as error:
        raise NotTaken(error) from error
    return full


def told(judgement: Judgement | None) -> str:
    """What was taken, in a few words."""
    if judgement is None:
        return "skipped"
    changes = ", ".join(f"{change.field} {change.value or 'none'}" for change in judgement.changes)
    return changes or judgement.reason or judgement.verdict.value


def shown(row: ToJudge, place: int, of: int) -> Iterator[str]:
    """A position as lines: its article, its sentence with the trigger between asterisks, and what was read there."""
    sure = "" if row.confidence is None else f" · sure {row.confidence:.2f}"
    yield ""
    yield f"— {place} of {of} · {row.frame}{sure} —"
    yield " · ".join(part for part in (row.title, row.outlet, row.published.isoformat()) if part)
    if row.before:
        yield f"  … {row.before}"
    start, end = row.trigger_start, row.trigger_end
    yield f"  {row.evidence[:start]}*{row.evidence[start:end]}*{row.evidence[end:]}"
    who = f"{row.actor} {row.actor_name} ('{row.actor_text}')"
    yield f"  actor {who} · stance {row.stance} · issue {row.issue or '-'} · target {row.target or '-'}"
    day = f"{row.stated_on} by {row.stated_on_basis}"
    yield f"  content {row.content or '-'} · condition {row.condition or '-'} · day {day}"
    yield KEYS
