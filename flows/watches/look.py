"""Looks at the published snapshot for a watch, and tells what is new, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.outcome import Line
from flows.watches.deliver import NotDelivered, hand_over, message, post
from flows.watches.feed import MOST, write_feed
from flows.watches.memory import Memory
from flows.watches.named import watches_of
from schemas.article import content_key
from schemas.settings import Settings
from schemas.watch import Delivery, News, Watch
from warehouse.news import UnknownName, news, published_at
from warehouse.query import connect_snapshot
from warehouse.writing import CannotWrite


@dataclass(frozen=True)
class Seen:
    """What a look found, and what went wrong with telling it."""

    watch: Watch
    news: tuple[News, ...]
    faults: tuple[str, ...] = ()


def look_at_all(settings: Settings) -> list[Seen]:
    """Look for every watch there is; what is wrong with one holds up no other. Raises WatchesError and NoSnapshot."""
    return [_looked(watch, settings) for watch in watches_of(settings)]


def look(watch: Watch, settings: Settings) -> Seen:
    """Look for one watch and tell its channels; what an earlier look did not get delivered is offered again first.

    Raises NoSnapshot, UnknownName and CannotWrite.
    """
    with Memory(memory_file(watch, settings)).held() as memory:
        faults = _deliver(watch, settings, memory)
        if memory.looked.pending:
            return Seen(watch, (), tuple(faults))
        with connect_snapshot(settings.snapshot_file) as snapshot:
            until = published_at(snapshot)
            found = news(snapshot, watch, memory.looked.until)
        if found:
            key = content_key(f"{watch.name} {until.isoformat()} {' '.join(one.key for one in found)}")
            memory.looked.pending = Delivery(delivery_id=key, until=until, news=found)
            memory.save()
            faults = _deliver(watch, settings, memory)
        elif memory.looked.until != until:
            memory.looked.until = until
            memory.save()
        return Seen(watch, found, tuple(faults))


def told_of(seen: Sequence[Seen]) -> list[Line]:
    """What to tell of looks, as pairs of a name and a text."""
    told = [(f"watch {one.watch.name}", f"{len(one.news):,} pieces of news") for one in seen]
    return told + [(f"watch {one.watch.name}", fault) for one in seen for fault in one.faults]


def memory_file(watch: Watch, settings: Settings) -> Path:
    """Where a watch remembers what it saw."""
    return settings.home / "watches" / f"{watch.name}.json"


def feed_file(watch: Watch, settings: Settings) -> Path:
    """Where its feed lies."""
    return settings.home / "watches" / f"{watch.name}.atom"


def _looked(watch: Watch, settings: Settings) -> Seen:
    try:
        return look(watch, settings)
    except (UnknownName, CannotWrite) as error:
        return Seen(watch, (), (str(error),))


def _deliver(watch: Watch, settings: Settings, memory: Memory) -> Sequence[str]:
    """Tell all channels that have not had the news; gives what went wrong, and then the rest is kept."""
    delivery = memory.looked.pending
    if not delivery:
        return []
    faults = []
    for channel, tell in _channels(watch, settings, memory, delivery).items():
        if channel in delivery.had:
            continue

        def note(channel: str = channel) -> None:
            delivery.had.append(channel)
            memory.save()

        try:
            tell(note)
        except NotDelivered as error:
            faults.append(f"{watch.name}: {error}; the next look offers it again")
            if channel in delivery.had:
                delivery.had.remove(channel)
                memory.save()
    if not faults:
        memory.looked.until, memory.looked.pending = delivery.until, None
        memory.save()
    return faults


Tell = Callable[[Callable[[], None]], None]


def _channels(watch: Watch, settings: Settings, memory: Memory, delivery: Delivery) -> dict[str, Tell]:
    """How the news go to each channel; all but the feed have them once, and the feed holds each once."""
    body = message(watch.name, delivery)

    def to_feed(note: Callable[[], None]) -> None:
        there = {one.key for _, one in memory.looked.recent}
        added = [(delivery.until, one) for one in delivery.news if one.key not in there]
        memory.looked.recent = [*added, *memory.looked.recent][:MOST]
        write_feed(feed_file(watch, settings), watch.name, memory.looked.recent)
        note()

    channels: dict[str, Tell] = {"feed": to_feed}
    if webhook := watch.webhook:
        channels["webhook"] = lambda note: post(webhook, body, delivery.delivery_id, note)
    if command := watch.command:
        channels["command"] = lambda note: hand_over(command, body, note)
    return channels
