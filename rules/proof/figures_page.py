"""Writes figures of quality as Markdown, and what was said of rows against what is true as a picture."""

import re
from collections.abc import Iterator, Mapping
from statistics import mean

import altair as alt
import vl_convert

from rules.proof.figures import Figures, Rates
from rules.proof.statistics import auc, bins_of, calibration_error, wilson
from rules.proof.unseen import unseen

HEAD = "| | articles | annotated | precision | recall | F1 |"
RULE = "|---|---:|---:|---:|---:|---:|"
# What a command writes into a page between these is its own; the rest of the page is left alone.
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
SIDE = 360  # pixels of the picture


def figures_lines(found: Figures, picture: str) -> Iterator[str]:
    """The figures as a section of a page, beside a picture of that name."""
    said, right = [one.said for one in found.said], [one.row.right for one in found.said]
    yield from ("## How good, on articles that were read since", "")
    yield (
        "All annotated articles. Rules were mended by their errors, so on other articles expect the figures above. "
        "In brackets 95 % intervals: percentile bootstrap over articles (Efron and Tibshirani 1993), 2,000 drawings."
    )
    yield ""
    yield from table({"all rows": found.all_rows(), f"at or above the line {found.line:.2f}": found.shown()})
    for title, parts in (
        ("Stance", found.by_stance()),
        ("Kind of outlet", found.by(lambda one: one.kind)),
        ("Year", found.by(lambda one: str(one.year))),
        ("Source", found.by(lambda one: one.source)),
    ):
        yield from ("", f"### {title}", "", *table(parts))
    yield from ("", "## How sure a row is", "")
    yield (
        f"Of {len(said):,} rows {sum(right):,} are right. Said by weights that had not seen the article of the row: "
        f"area under the curve (AUC) {auc(said, right):.3f}, "
        f"expected calibration error {calibration_error(said, right):.3f}. "
        "Each point is a tenth of the rows; bars are 95 % intervals (Wilson 1927)."
    )
    yield from ("", f"![What was said of rows, and which share is right]({picture})", "")


def table(parts: Mapping[str, Rates]) -> Iterator[str]:
    """A row for each part."""
    yield from (HEAD, RULE)
    for name, of in parts.items():
        yield f"| {name} | {of.articles} | {of.annotated} | {of.precision} | {of.recall} | {of.f1} |"


def readme_lines(found: Figures) -> Iterator[str]:
    """The table of the readme: what was unseen first."""
    columns, *lots = unseen()
    first = columns.index("precision")
    last, *names = lots[-1][first : first + 3], lots[0][0], lots[-1][0]
    means = [mean(float(lot[n]) for lot in lots) for n in range(first, first + 3)]
    yield "| positions found in real articles | precision | recall | F1 |"
    yield "|---|---:|---:|---:|"
    latest = " | ".join(f"**{float(n):.2f}**" for n in last)
    yield f"| **that nobody had read: lot {names[1]}, at its opening** | {latest} |"
    whole = " | ".join(f"{n:.2f}" for n in means)
    yield f"| that nobody had read: lots {names[0]} to {names[1]}, each at its opening, mean | {whole} |"
    for name, of in (("all rows", found.all_rows()), (f"rows at or above the line {found.line:.2f}", found.shown())):
        what = f"{of.articles} articles that the rules were mended by since, {name}"
        yield f"| {what} | {of.precision} | {of.recall} | {of.f1} |"


def written_into(page: str, lines: Iterator[str]) -> str:
    """The page with these lines between the marks. Raises ValueError where it has none."""
    if BEGIN not in page or END not in page:
        raise ValueError(f"has no place for figures; put {BEGIN} and {END} where they belong")
    inside = "\n".join(("", *lines, ""))
    return re.sub(f"(?<={BEGIN}).*(?={END})", lambda _: inside, page, flags=re.DOTALL)


def calibration_svg(found: Figures) -> str:
    """What was said of rows against the share that is right, with the diagonal of perfect calibration."""
    said, right = [one.said for one in found.said], [one.row.right for one in found.said]
    values = []
    for part in bins_of(said, right):
        low, high = wilson(round(part.right * part.rows), part.rows)
        values.append({"said": part.said, "right": part.right, "low": low, "high": high})
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", title="confidence that was said", scale=scale)
    points = alt.Chart(alt.InlineData(values)).encode(x=x)
    chart = alt.layer(
        alt.Chart(alt.InlineData([{"said": 0, "right": 0}, {"said": 1, "right": 1}]))
        .mark_line(strokeDash=[4, 4], color="#888888", strokeWidth=1)
        .encode(x=x, y=alt.Y("right:Q", scale=scale)),
        points.mark_rule(color="#1f5a92").encode(y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        points.mark_point(filled=True, size=60, color="#1f5a92", opacity=1).encode(
            y=alt.Y("right:Q", title="share of rows that is right", scale=scale)
        ),
        alt.Chart(alt.InlineData([{"line": found.line}]))
        .mark_rule(color="#b3541e", strokeDash=[2, 3])
        .encode(x=alt.X("line:Q", scale=scale)),
    ).properties(
        width=SIDE, height=SIDE, background="white", title=f"{len(said):,} rows; dotted: the line {found.line:.2f}"
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_json())
    return svg
