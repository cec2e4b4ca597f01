"""A run for which there is nothing to read and nothing to tag: it needs no Prefect, and no model."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.coming import read_but_once, with_keys
from flows.exported import exported
from flows.outcome import Ingested, Tagging, Tracked
from flows.readers import files_of
from flows.readers.record import Known
from flows.watches.look import look_at_all, told_of
from flows.writing import NOTE, a_run, opened
from schemas.batch import Tagged
from schemas.settings import Settings
from schemas.source import FileRead, Source
from warehouse.publish import CannotPublish
from warehouse.store import Store
from warehouse.writing import CannotWrite


def tracked_idly(sources: Sequence[Source], settings: Settings) -> Tracked | None:
    """The outcome of a run that finds nothing new; None, and nothing is changed, where there may be something.

    So it is too where something cannot be written: the flow meets that again, tries several times, and tells of it.
    Raises what is wrong with the warehouse, the watches or the rules.
    """
    if is_first(sources, settings) or (settings.home / NOTE).exists():  # of a killed run Prefect is to hear
        return None
    try:
        with opened(settings) as store:
            files = all_read_before(sources, settings, store)
            if files is None or not is_tagged(store, settings):
                return None
            with a_run(store, "track"):
                ingested = passed_over(files, store)
            published = exported(store.publish(settings.snapshot_file), settings)
    except (CannotPublish, CannotWrite):
        return None
    return Tracked(
        ingested=ingested,
        tagging=Tagging(articles=0, tagged=Tagged()),
        published=published,
        watched=told_of(look_at_all(settings)),
    )


def is_first(sources: Sequence[Source], settings: Settings) -> bool:
    """Whether nothing was collected so far, and something is there to be read: known without opening anything."""
    return not settings.working_file.exists() and any(
        next(files_of(Path(source.source)), None) is not None for source in sources
    )


def all_read_before(sources: Sequence[Source], settings: Settings, store: Store) -> list[FileRead] | None:
    """What is known of the files of the sources, all of which were read to their end; else None."""
    if any(read_but_once(source) for source in sources):
        return None
    found = list(read_before(sources, settings, Known(store.files_read())))
    return None if None in found else [file for file in found if file]


def read_before(sources: Sequence[Source], settings: Settings, known: Known) -> Iterator[FileRead | None]:
    """What is known of each file of the sources, until None is given for one that is to be read."""
    for _, _, key in with_keys(sources, settings):
        file = known.files.get(key or "")
        yield file
        if file is None:
            return


def is_tagged(store: Store, settings: Settings) -> bool:
    """Whether all that is collected is tagged with the rules and the model in use, and was compared for stories."""
    from flows.engine import reading_of, unpacked
    from rules.syntax.parse import model_version

    reading = reading_of(settings)
    ruleset = unpacked(reading)
    if store.unsigned(1) or store.untagged(reading.version, model_version(settings.model), ruleset.language):
        return False
    store.save_ruleset(ruleset)
    return True


def passed_over(files: Sequence[FileRead], store: Store) -> Ingested:
    """What became of files that were read before."""
    landed = store.save_articles([], [], [file.model_copy(update={"again": True}) for file in files])
    reasons = sum((Counter(file.reasons) for file in files), Counter[str]())
    return Ingested(landed=landed, reasons=dict(reasons.most_common()))
