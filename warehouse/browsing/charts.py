"""Charts of the page: vector graphics that take their colours from it."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal

import altair as alt

from warehouse.browsing.health import Bin
from warehouse.browsing.parties import Edge
from warehouse.report_chart import MOST_TICKS, drawn
from warehouse.telling import STANCES, WORDS

WIDTH, ROW = 640, 30
RADIUS, MOST_NODES = 150, 14
OUTSIDE = 1.12  # of the circle, where names stand


def stances_svg(months: Sequence[tuple[date, str, int]]) -> str:
    """Positions by time, a row a stance: the rows tell the stances apart, colours only repeat it."""
    first, last = min(month for month, _, _ in months), max(month for month, _, _ in months)
    by_year = (last - first).days > 1500
    sums: dict[tuple[date, str], int] = {}
    for month, stance, n in months:
        at = month.replace(month=1) if by_year else month
        sums[at, stance] = sums.get((at, stance), 0) + n
    there = [stance for stance in STANCES if any(key[1] == stance for key in sums)]
    values = [
        {"at": f"{at}T00:00:00", "row": WORDS[stance], "stance": stance, "n": n, "label": f"{at:%B %Y}: {n}"}
        for (at, stance), n in sorted(sums.items())
    ]
    unit = "utcyear" if by_year else "utcyearmonth"
    span = max(1, (last - first).days // (365 if by_year else 30) + 1)
    width = max(2, min(22, WIDTH // (span + 1) - 1))
    colours = alt.Scale(domain=there, range=[f"var(--{stance})" for stance in there])
    axis = alt.Axis(
        format="%Y" if by_year else "%b %Y", labelOverlap="greedy", grid=False, tickCount=min(span, MOST_TICKS)
    )
    bars = (
        alt.Chart()
        .mark_bar(size=width)
        .encode(
            x=alt.X(f"{unit}(at):T", title=None, axis=axis, scale=alt.Scale(type="utc", padding=width)),
            y=alt.Y("n:Q", title=None, axis=None),
            color=alt.Color("stance:N", scale=colours, legend=None),
            description="label:N",
        )
        .properties(width=WIDTH, height=ROW)
    )
    # The names stand where the latest days are: on a phone both are seen first.
    written = (
        alt.Chart()
        .transform_aggregate(groupby=["row"])
        .mark_text(align="left", baseline="bottom", fontSize=12, color="currentColor")
        .encode(x=alt.value(WIDTH + 8), y=alt.value(ROW), text="row:N")
    )
    rows = alt.Row("row:N", sort=[WORDS[stance] for stance in there], header=alt.Header(labels=False, title=None))
    return drawn(alt.layer(bars, written).facet(row=rows, data=alt.InlineData(values), spacing=4))


def network_svg(edges: Sequence[Edge], names: dict[str, str]) -> str:
    """Who takes stances towards whom: lines as wide as there are positions, coloured by the most frequent stance."""
    weight: dict[str, int] = {}
    for edge in edges:
        for actor in (edge.actor, edge.target):
            weight[actor] = weight.get(actor, 0) + edge.positions
    nodes = sorted(sorted(weight, key=lambda actor: (-weight[actor], actor))[:MOST_NODES])
    turn = 2 * math.pi / max(1, len(nodes))
    place = {actor: (math.cos(turn * i), math.sin(turn * i)) for i, actor in enumerate(nodes)}
    shown = [edge for edge in edges if edge.actor in place and edge.target in place and edge.actor != edge.target]
    lines, heads = [], []
    for edge in shown:
        (x, y), (x2, y2) = place[edge.actor], place[edge.target]
        stance = STANCES[max(range(len(STANCES)), key=lambda i: edge.counts[i])]
        lines.append({"x": x, "y": y, "x2": x2, "y2": y2, "stance": stance, "n": edge.positions})
        heads.append(
            {
                "x": x + 0.84 * (x2 - x),
                "y": y + 0.84 * (y2 - y),
                "stance": stance,
                "angle": 90 - math.degrees(math.atan2(y2 - y, x2 - x)),
            }
        )
    labels = [
        {"x": OUTSIDE * x, "y": OUTSIDE * y, "name": names.get(actor, actor), "align": _side(x)}
        for actor, (x, y) in place.items()
    ]
    dots = [{"x": x, "y": y} for x, y in place.values()]
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.9, 1.9]))
    down = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.25, 1.25]))
    colours = alt.Scale(domain=list(STANCES), range=[f"var(--{stance})" for stance in STANCES])
    colour = alt.Color("stance:N", scale=colours, legend=None)
    widths = alt.Scale(domain=[0, max((edge.positions for edge in shown), default=1)], range=[1, 6])
    layers: list[alt.Chart] = []
    if lines:
        layers.append(
            alt.Chart(alt.InlineData(lines))
            .mark_rule(opacity=0.7)
            .encode(
                x=across,
                y=down,
                x2="x2",
                y2="y2",
                color=colour,
                strokeWidth=alt.StrokeWidth("n:Q", legend=None, scale=widths),
            )
        )
        layers.append(
            alt.Chart(alt.InlineData(heads))
            .mark_point(shape="triangle-up", filled=True, size=80, opacity=0.9)
            .encode(x=across, y=down, color=colour, angle=alt.Angle("angle:Q", scale=None))
        )
    layers.append(
        alt.Chart(alt.InlineData(dots)).mark_circle(size=30, color="currentColor", opacity=1).encode(x=across, y=down)
    )
    layers += [
        alt.Chart(alt.InlineData([label for label in labels if label["align"] == side]))
        .mark_text(align=_SIDES[side], baseline="middle", fontSize=13, color="currentColor")
        .encode(x=across, y=down, text="name:N")
        for side in sorted({str(label["align"]) for label in labels})
    ]
    return drawn(alt.layer(*layers).properties(width=560, height=2.2 * RADIUS))


def calibration_svg(bins: Sequence[Bin]) -> str:
    """What was said of judged positions beside what share was right; on the line both are the same."""
    values = [
        {"said": one.said, "right": one.right, "judged": one.judged, "label": f"{one.judged} judged"} for one in bins
    ]
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", tickCount=5)
    line = (
        alt.Chart(alt.InlineData([{"said": 0, "right": 0}, {"said": 1, "right": 1}]))
        .mark_line(color="var(--line)", strokeDash=[4, 4])
        .encode(
            x=alt.X("said:Q", scale=scale, title="said", axis=axis),
            y=alt.Y("right:Q", scale=scale, title="right", axis=axis),
        )
    )
    points = (
        alt.Chart(alt.InlineData(values))
        .mark_circle(color="var(--link)", opacity=0.9)
        .encode(
            x="said:Q",
            y="right:Q",
            size=alt.Size("judged:Q", legend=None, scale=alt.Scale(range=[60, 400])),
            description="label:N",
        )
    )
    return drawn((line + points).properties(width=260, height=220))


_SIDES: dict[str, Literal["left", "right", "center"]] = {"left": "left", "right": "right", "center": "center"}


def _side(x: float) -> str:
    return "center" if abs(x) < 0.2 else "left" if x > 0 else "right"
