"""Writes the report: one HTML file that needs nothing else and asks nothing of the network."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from warehouse.formats import replace_whole
from warehouse.query import connect_snapshot
from warehouse.report_chart import months_svg, timeline_svg
from warehouse.report_data import CannotReport, Told, chosen, read_report
from warehouse.report_marks import MOST_MARKS, Timeline, read_timelines
from warehouse.telling import PAGE, WORDS, base_style, counted, days, web_address

__all__ = ["CannotReport", "write_report"]

MOST_BYTES = 4_800_000  # a mail server may refuse more than five megabytes
FEWEST_MARKS = 200


def write_report(snapshot: Path, to: Path, issues: Sequence[str] = (), actors: Sequence[str] = ()) -> Path:
    """Write the report of the chosen issues and actors (all where none is named) and give its path.

    Raises CannotReport for an issue or actor that is not known, NoSnapshot where nothing is published.
    """
    with connect_snapshot(snapshot) as connection:
        choice = chosen(connection, issues, actors)
        told = read_report(connection, choice)
        most = MOST_MARKS
        html = _page(told, read_timelines(connection, choice, most))
        while len(html.encode()) > MOST_BYTES and most > FEWEST_MARKS:
            most //= 2
            html = _page(told, read_timelines(connection, choice, most))
    replace_whole(to, lambda part: part.write_text(html, "utf-8"))
    return to


def _page(told: Told, timelines: Sequence[Timeline]) -> str:
    style = base_style() + (PAGE / "report.css").read_text("utf-8")
    script = (PAGE / "report.js").read_text("utf-8")
    policy = f"style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    return (
        _environment()
        .get_template("report.html")
        .render(
            told=told,
            timelines=timelines,
            charts={timeline.issue: Markup(timeline_svg(timeline)) for timeline in timelines},
            months=Markup(months_svg(told.months)) if told.months else "",
            words=WORDS,
            style=Markup(style),
            script=Markup(script),
            policy=f"default-src 'none'; {policy}",
        )
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web_address"] = web_address
    environment.globals |= {"counted": counted, "days": days}
    return environment


def _digest(text: str) -> str:
    """The form in which a content security policy names an inline style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
