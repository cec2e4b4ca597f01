"""The flow that writes the HTML report of the published snapshot."""

from pathlib import Path

from prefect import flow

from flows.alert import A_DAY, alert
from flows.in_use import settings_in_use
from flows.lost import end_when_lost
from flows.summary import link, run_name, sum_up
from warehouse.report import write_report


@flow(
    name="report",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def report() -> Path:
    """Write the report of everything that is published."""
    settings = settings_in_use()
    written = write_report(settings.snapshot_file, settings.report_file)
    sum_up("report", [("report", str(written)), ("size", f"{written.stat().st_size:,} bytes")])
    link("report-page", written)
    return written
