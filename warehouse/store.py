"""The only writer of the warehouse: one file, one process, one transaction a batch."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import duckdb
import pyarrow as pa
from filelock import FileLock

from schemas.article import Article, Rejection
from schemas.batch import Landed, Tagged, TaggedBatch
from schemas.correction import Judgement
from schemas.ruleset import RuleSet
from schemas.source import FileRead, RecordsRead
from schemas.story import StoryMember, StorySignature
from warehouse import carrying, files, frames, runs, standing, stories
from warehouse.batches import BatchTables, tables_of
from warehouse.clock import next_moment
from warehouse.corrections import Marks, check_lines, judgement_rows, read_marks
from warehouse.intervals import reconcile
from warehouse.landing import land
from warehouse.marked_file import Line
from warehouse.opening import AnotherRunIsWriting, CannotOpen, limit_memory, open_alone
from warehouse.partial import IS_REPLACED, retire_replaced
from warehouse.prune import prune
from warehouse.publish import publish
from warehouse.rows import append_unknown, given, single_value, transaction
from warehouse.threads import assign_threads
from warehouse.writing import damaged, is_damage, out_of_memory

__all__ = ["AnotherRunIsWriting", "CannotOpen", "Store"]


class Store:
    """The open working file. Use it as a context manager; make one with Store.open."""

    def __init__(self, working_file: Path, connection: duckdb.DuckDBPyConnection, lock: FileLock) -> None:
        self._working_file = working_file
        self._connection = connection
        self._lock = lock

    @classmethod
    def open(cls, working_file: Path) -> Self:
        """Open the working file for writing and prepare its tables; folder and file are made where absent.

        Raises AnotherRunIsWriting at once where another store has it open, in this process or another one;
        CannotOpen where the file is no database or was cut off, CannotWrite where its folder cannot be written.
        Damage that shows later leaves the `with` block as Damaged, memory that runs out as OutOfMemory.
        """
        return cls(working_file, *open_alone(working_file))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if error is not None and is_damage(error):
            raise damaged(self._working_file, error) from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise out_of_memory(self._working_file, error) from error

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self._connection.close()
        self._lock.release()

    def start_run(self, name: str) -> str:
        """Begin a run and give its id; what follows is counted for it. A run left running is marked killed."""
        with transaction(self._connection):
            return runs.start(self._connection, name, next_moment(self._connection))

    def finish_run(self, run_id: str, status: Literal["finished", "failed"] = "finished") -> None:
        """End a run. One that changed nothing is forgotten. End it before publishing, so readers see its end."""
        with transaction(self._connection):
            runs.finish(self._connection, run_id, status, next_moment(self._connection))

    def save_ruleset(self, ruleset: RuleSet) -> None:
        """Record the rule set in use, with its actors, issues and triggers."""
        with transaction(self._connection):
            moment = next_moment(self._connection)
            for table, frame in (
                ("ruleset", frames.ruleset_frame(ruleset)),
                ("actor", frames.actors_frame(ruleset)),
                ("issue", frames.issues_frame(ruleset)),
                ("trigger", frames.triggers_frame(ruleset)),
            ):
                reconcile(self._connection, table, frame, moment)

    def save_line(self, line: float) -> None:
        """Record the line of confidence in use: less sure rows are left out of `positions`."""
        with transaction(self._connection):
            frame = pa.table({"line": pa.array([line], pa.float64())})
            reconcile(self._connection, "confidence_line", frame, next_moment(self._connection))

    def save_windows(self, standoff_days: int, fresh_days: int) -> None:
        """Record the windows of the views in use: days between a demand and its refusal, and days of what is fresh."""
        windows = {"standoff_days": pa.array([standoff_days], pa.int32()), "fresh_days": [fresh_days]}
        with transaction(self._connection):
            reconcile(self._connection, "view_setting", pa.table(windows), next_moment(self._connection))

    def today(self) -> date:
        """The day it is by the warehouse's clock, in UTC; it is not set back where the machine's is."""
        return next_moment(self._connection).date()

    def files_read(self) -> dict[str, FileRead]:
        """The files that were read to their end, by key."""
        return files.files_read(self._connection)

    def unknown_articles(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids under which no article is stored."""
        return set(self._unknown("article", "article_id", ids))

    def known_records(self, keys: Sequence[int]) -> set[int]:
        """Those of the keys under which a record was read that is an article."""
        return files.known_records(self._connection, keys)

    def save_articles(
        self,
        articles: Sequence[Article],
        rejections: Sequence[Rejection],
        ended: Sequence[FileRead] = (),
        records: Sequence[RecordsRead] = (),
    ) -> Landed:
        """Store what is new among the articles and rejections; the four counts add up to the inputs.

        `ended` are the files that end with these inputs, or were passed over because they were read before;
        `records` tell the same of single records.
        """
        unique = frames.first_of_each(articles, lambda article: article.article_id)
        faults = frames.first_of_each(rejections, lambda rejection: rejection.rejection_id)
        with transaction(self._connection):
            fresh = self._unknown("article", "article_id", list(unique))
            new_faults = self._unknown("rejected_article", "rejection_id", list(faults))
            if fresh or new_faults:
                moment = next_moment(self._connection)
                retire_replaced(self._connection, (unique[i] for i in fresh), moment)
                self._append("article", frames.articles_frame(unique[i] for i in fresh), moment)
                faulty = frames.rejections_frame(faults[i] for i in new_faults)
                self._append("rejected_article", faulty, moment)
            append_unknown(self._connection, "file_read", files.files_frame(ended))
            files.note_records(self._connection, [key for some in records for key in some.keys])
            passed_over = [file for file in ended if file.again]
            known_before = sum(file.articles for file in passed_over) + sum(some.known for some in records)
            landed = Landed(
                new=len(fresh),
                known=len(articles) - len(fresh) + known_before,
                rejected=len(new_faults),
                known_rejected=len(rejections)
                - len(new_faults)
                + sum(sum(file.reasons.values()) for file in passed_over),
            )
            runs.count_landed(self._connection, landed)
        return landed

    def untagged(self, ruleset_version: str, model_version: str, language: str | None = None) -> list[str]:
        """Ids of the articles not yet tagged with this rule set and model, in the order they were stored.

        Where a language is given (ISO 639-1), articles in others are left out; so are partial ones that were replaced,
        and those that were pruned.
        """
        rows = self._connection.execute(
            "SELECT article_id FROM article WHERE (language = $language OR $language IS NULL) "
            f"AND NOT {IS_REPLACED} AND article_id NOT IN (SELECT article_id FROM pruned_article) "
            "AND article_id NOT IN "
            "(SELECT article_id FROM tagging WHERE ruleset_version = $ruleset AND model_version = $model) "
            "ORDER BY recorded_at, rowid",
            {"language": language, "ruleset": ruleset_version, "model": model_version},
        ).fetchall()
        return [row[0] for row in rows]

    def tagged_with(self, ids: Sequence[str], model_version: str) -> list[tuple[str, list[str]]]:
        """Those of the articles tagged on parses of this model, by the rule set, as JSON, that tagged them."""
        return carrying.tagged_with(self._connection, ids, model_version)

    def holding(self, ids: Sequence[str], pattern: str, in_candidates: bool = False) -> list[str]:
        """Those of the articles in whose title or text a regular expression (RE2) is found, case aside.

        Where `in_candidates` says so, it must be found in one of the sentences that can carry a position.
        """
        return carrying.holding(self._connection, ids, pattern, in_candidates)

    def carry_over(self, ids: Sequence[str], ruleset_version: str) -> None:
        """Take these tagged articles for tagged with another rule set, one that reads them no differently."""
        with transaction(self._connection):
            carrying.carry_over(self._connection, ids, ruleset_version)

    def read_articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, in the order given; raises KeyError for an id that is not stored."""
        fields = [name for name in frames.ARTICLE_COLUMNS if name != "article_id"]
        with given(self._connection, "wanted", frames.ids_frame("article_id", ids)):
            rows = self._connection.execute(
                f"SELECT article_id, {', '.join(fields)} FROM article SEMI JOIN wanted USING (article_id)"
            ).fetchall()
        found = {row[0]: Article(**dict(zip(fields, row[1:], strict=True))) for row in rows}
        return [found[article_id] for article_id in ids]

    def read_parses_of(self, article_ids: Sequence[str], model_version: str) -> dict[str, dict[str, bytes]]:
        """The stored parses of all sentences of these articles, by article id and sentence key."""
        return standing.parses_of(self._connection, article_ids, model_version)

    def save_tagged(self, batch: TaggedBatch) -> Tagged:
        """Store what tagging a batch gave; standing positions of its articles that it lacks are retired."""
        return self.land(tables_of(batch))

    def land(self, batch: BatchTables) -> Tagged:
        """The same, from tables that workers made; signatures are left to save_signatures."""
        with transaction(self._connection):
            return land(self._connection, batch, next_moment(self._connection))

    def save_stories(self, told: Mapping[str, str]) -> None:
        """Give articles (by id) their story; articles not named keep theirs."""
        frame = pa.table({"article_id": pa.array(told.keys(), pa.string()), "story_id": list(told.values())})
        with transaction(self._connection), given(self._connection, "assigned", frame.select(["article_id"])):
            within = "article_id IN (FROM assigned)"
            reconcile(self._connection, "story", frame, next_moment(self._connection), within)

    def unsigned(self, most: int) -> list[str]:
        """Ids of at most so many articles that were not yet compared for stories, in the order they were stored."""
        return stories.unsigned(self._connection, most)

    def unsigned_among(self, ids: Sequence[str]) -> set[str]:
        """Those of the articles that were not yet compared for stories."""
        return set(self._unknown("story_signature", "article_id", ids))

    def story_meetings(self, signatures: Sequence[StorySignature]) -> list[tuple[str, str]]:
        """Pairs of ids of articles that may tell one story: one is among the signatures, the other there or stored."""
        return stories.meetings(self._connection, signatures)

    def story_members(self, ids: Sequence[str]) -> list[StoryMember]:
        """The articles with these ids, and all that share a story with one of them."""
        with given(self._connection, "wanted", frames.ids_frame("article_id", ids)):
            return stories.members(self._connection)

    def save_signatures(self, signatures: Sequence[StorySignature]) -> None:
        """Store the signatures of articles that are compared; one that is stored already stays."""
        with transaction(self._connection):
            stories.save(self._connection, signatures)

    def read_signatures(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The stored signatures of these articles; an article that has none is absent."""
        with given(self._connection, "wanted", frames.ids_frame("article_id", ids)):
            rows = self._connection.execute("FROM story_signature SEMI JOIN wanted USING (article_id)").fetchall()
        return {article_id: bytes(signature) for article_id, signature in rows}

    def read_marks(self, file: Path) -> Marks:
        """What the marks in an exported CSV or XLSX file say; nothing is stored. Raises UnreadableCorrections."""
        return read_marks(self._connection, file)

    def check_lines(self, lines: Sequence[Line], name: str) -> Marks:
        """The same for rows that come from elsewhere, under that name; nothing is stored."""
        return check_lines(self._connection, lines, name)

    def save_corrections(self, judgements: Sequence[Judgement], author: str, made_on: date) -> int:
        """Store judgements and give how many rows are new; what was judged so before stays as it stands."""
        frame = judgement_rows(judgements, author, made_on)
        with transaction(self._connection), given(self._connection, "judged", frame.select(["position_id", "field"])):
            within = "(position_id, field) IN (FROM judged)"
            provenance = ("reason", "author", "made_on")
            moment = next_moment(self._connection)
            return reconcile(self._connection, "correction", frame, moment, within, provenance).added

    def withdraw_corrections(self, position_ids: Sequence[str]) -> int:
        """Withdraw all that was judged of these positions; gives the number of withdrawn rows."""
        withdrawn = frames.ids_frame("position_id", position_ids)
        with transaction(self._connection), given(self._connection, "withdrawn", withdrawn):
            sql = "UPDATE correction SET retired_at = ? WHERE retired_at IS NULL AND position_id IN (FROM withdrawn)"
            return int(single_value(self._connection, sql, [next_moment(self._connection)]))

    def prune(self, before: date) -> int:
        """Give up the texts of tagged articles of before a day, but for sentences of positions; gives their number."""
        with transaction(self._connection):
            return prune(self._connection, before, next_moment(self._connection))

    @contextmanager
    def in_little_memory(self) -> Iterator[None]:
        """What happens inside holds little of the warehouse in memory: 100 MB and room for the indexes."""
        limit_memory(self._connection, 100)
        try:
            yield
        finally:
            limit_memory(self._connection)

    def save_threads(self) -> int:
        """Give every standing position that has no thread yet its thread; gives how many got one."""
        with transaction(self._connection):
            return assign_threads(self._connection)

    def publish(self, snapshot: Path) -> bool:
        """Put a copy at `snapshot` in one step; False where the one there already holds everything."""
        self.save_threads()
        return publish(self._connection, self._working_file, snapshot)

    def _unknown(self, table: str, key: str, ids: Sequence[str]) -> list[str]:
        if not ids:
            return []
        with given(self._connection, "seen", frames.ids_frame(key, ids)):
            rows = self._connection.execute(f"SELECT {key} FROM seen ANTI JOIN {table} USING ({key})").fetchall()
        fresh = {row[0] for row in rows}
        return [article_id for article_id in ids if article_id in fresh]

    def _append(self, table: str, frame: pa.Table, moment: datetime) -> None:
        if len(frame):
            with given(self._connection, "fresh", frame):
                names = ", ".join(frame.column_names)
                self._connection.execute(f"INSERT INTO {table} ({names}, recorded_at) SELECT *, ? FROM fresh", [moment])
