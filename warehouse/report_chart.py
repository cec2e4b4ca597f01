"""Draws the charts of the report as vector graphics that take their colours from the page."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import vl_convert

from warehouse.report_marks import OTHERS, Timeline
from warehouse.telling import WORDS

SHAPES = {
    "demand": "triangle-up",
    "refusal": "square",
    "offer": "circle",
    "acceptance": "diamond",
    "threat": "cross",
}
WIDTH, LANE, WIDE_LANE = 860, 7, 12
LONG, MIDDLE = 1100, 70  # days from which the axis shows years, or months
MOST_TICKS = 8
# What a mark of the timelines need not carry: the page styles and labels it.
NEEDLESS = re.compile(
    r' (?:aria-label="[^"]*" )?role="graphics-symbol" aria-roledescription="point"| stroke-width="2" opacity="0.85"'
)
LONG_NUMBER = re.compile(r"(\d+\.\d\d)\d+")
# The converter makes references absolute with the address of its sample data; here they stay within the page.
MADE_ABSOLUTE = re.compile(r'xlink:href="https?://[^"#]*#')


def timeline_svg(timeline: Timeline) -> str:
    """One row an actor, one lane a stance, one linked mark a position or period."""
    stances = [stance for stance in WORDS if any(mark.stance == stance for mark in timeline.marks)]
    rows = sorted({mark.row for mark in timeline.marks}, key=lambda row: (row == OTHERS, row))
    values = [
        {
            "day": f"{mark.day}T00:00:00",
            "row": mark.row,
            "stance": mark.stance,
            "href": f"#e{mark.number}",
            "positions": mark.positions,
        }
        for mark in timeline.marks
    ]
    colours = alt.Scale(domain=stances, range=[f"var(--{stance})" for stance in stances])
    shapes = alt.Scale(domain=stances, range=[SHAPES[stance] for stance in stances])
    chart = (
        alt.Chart(alt.InlineData(values))
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x=_days([mark.day for mark in timeline.marks]),
            y=alt.Y(
                "row:N", title=None, sort=rows, axis=alt.Axis(labelLimit=240, grid=True, ticks=False, orient="right")
            ),
            yOffset=alt.YOffset("stance:N", sort=stances),
            color=alt.Color("stance:N", scale=colours, legend=None),
            shape=alt.Shape("stance:N", scale=shapes, legend=None),
            size=_size(timeline),
            href="href:N",
        )
        .properties(width=WIDTH, height={"step": WIDE_LANE if timeline.grain.period else LANE, "for": "offset"})
    )
    return drawn(chart)


def months_svg(months: Sequence[tuple[date, int, int]]) -> str:
    """Articles collected a month."""
    values = [
        {"month": f"{month}T00:00:00", "articles": articles, "label": f"{month:%B %Y}: {articles} articles"}
        for month, articles, _ in months
    ]
    steps = min(4, max(articles for _, articles, _ in months))  # there is no half article
    chart = (
        alt.Chart(alt.InlineData(values))
        .mark_bar(color="var(--bar)")
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(labelOverlap=True, grid=False)),
            y=alt.Y("articles:Q", title="articles a month", axis=alt.Axis(tickCount=steps, format=",d")),
            description="label:N",
        )
        .properties(width=WIDTH, height=110)
    )
    return drawn(chart)


def _days(days: Sequence[date]) -> alt.X:
    marked, written = ticks(min(days), max(days))
    axis = alt.Axis(
        format=written, values=[alt.DateTime(year=d.year, month=d.month, date=d.day) for d in marked], grid=False
    )
    return alt.X("day:T", title=None, axis=axis, scale=alt.Scale.from_dict({"nice": False, "padding": 24}))


def ticks(first: date, last: date) -> tuple[list[date], str]:
    """Up to eight days that an axis marks, evenly apart, and the form in which it writes them; no two look the same."""
    span = (last - first).days
    if span > LONG:
        step = -(-(last.year - first.year) // MOST_TICKS) or 1
        years = range(first.year + (first > date(first.year, 1, 1)), last.year + 1)
        return [date(year, 1, 1) for year in years if year % step == 0] or [last], "%Y"
    if span > MIDDLE:
        months = range(12 * first.year + first.month - 1 + (first.day > 1), 12 * last.year + last.month)
        step = next(n for n in (1, 2, 3, 6, 12) if len(months) <= n * MOST_TICKS)
        return [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0] or [last], "%b %Y"
    step = next(n for n in (1, 2, 7, 14) if span < n * MOST_TICKS)
    return [first + timedelta(days=n) for n in range(0, span + 1, step)], "%-d %b %Y"


def _size(timeline: Timeline) -> alt.Size | alt.SizeValue:
    if timeline.grain.period is None:
        return alt.SizeValue(46)
    most = max(mark.positions for mark in timeline.marks)
    return alt.Size("positions:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[1, max(2, most)], range=[24, 190]))


def drawn(chart: alt.TopLevelMixin) -> str:
    """A chart as a picture that takes its colours from the page and scales with it."""
    styled = chart.properties(background="transparent").configure_view(stroke=None)
    styled = styled.configure_axis(
        labelColor="currentColor",
        titleColor="currentColor",
        domainColor="var(--line)",
        tickColor="var(--line)",
        gridColor="var(--line)",
        labelFontSize=11,
        titleFontWeight="normal",
    )
    svg: str = vl_convert.vegalite_to_svg(styled.to_dict())
    svg = LONG_NUMBER.sub(r"\1", NEEDLESS.sub("", MADE_ABSOLUTE.sub('href="#', svg)))
    return re.sub(r'<svg ([^>]*?)width="(\d+)" height="(\d+)"', r"<svg \1", svg, count=1)
