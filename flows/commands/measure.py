"""`positions rules measure`: quality on annotated text, as a page, a picture and a table of the readme."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.faults import told
from flows.commands.options import CONFIDENCE, RULES, settings_of
from flows.terminal import say

if TYPE_CHECKING:
    from rules.proof.judged import ReadArticle
    from rules.proof.measure import Measured

THERE = click.Path(exists=True, path_type=Path)
WRITABLE = click.Path(dir_okay=False, path_type=Path)
PICTURE = "calibration.svg"


@click.command()
@click.argument("gold", type=THERE)
@click.argument("articles", type=THERE)
@click.option("--also", type=(THERE, THERE), multiple=True, help="More annotated articles: GOLD ARTICLES.")
@RULES
@CONFIDENCE
@click.option("--to", type=WRITABLE, help="Page to write, with calibration.svg beside it. Default: the terminal.")
@click.option("--readme", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Page with a table of it.")
def measure(
    gold: Path,
    articles: Path,
    also: tuple[tuple[Path, Path], ...],
    to: Path | None,
    readme: Path | None,
    **options: Any,
) -> None:
    """Measure the rules against annotated text, as a Markdown page.

    GOLD is a folder of NAME.jsonl for each NAME.txt in ARTICLES, or a file of places for a file of articles; a folder
    may hold event-coded sentences as *.tsv, too. First come figures with intervals, by stance, kind of outlet, year and
    source, then every entry. The page names places and quotes nothing.
    """
    settings = settings_of(options)
    with told():
        from flows.commands.rules import read_rules
        from rules.positions.tag import Tagger
        from rules.proof.figures import figures
        from rules.proof.figures_page import calibration_svg, figures_lines, readme_lines, written_into
        from rules.proof.gold import GoldFault
        from rules.proof.judged import read_source
        from rules.proof.measure import measure_coded
        from rules.proof.measure_page import measure_page
        from rules.syntax.parse import Parser

        ruleset, _ = read_rules(settings.rules)
        tagger, parser = Tagger(ruleset), Parser(settings.model)
        sources = [(gold, articles), *also]
        try:
            read = {named(source): read_source(tagger, parser, source) for source in sources}
            coded = [one for folder, _ in sources if folder.is_dir() for one in measure_coded(tagger, parser, folder)]
            found = figures(read, settings.confidence)
            page = measure_page(ruleset, [*pooled(read), *coded], figures_lines(found, PICTURE))
            written = written_into(readme.read_text("utf-8"), readme_lines(found)) if readme else ""
        except (GoldFault, ValueError) as error:
            raise click.ClickException(str(error)) from error
        if to is None:
            say(page, nl=False)
        else:
            to.write_text(page, encoding="utf-8")
            to.with_name(PICTURE).write_text(calibration_svg(found), encoding="utf-8")
            say(to)
        if readme:
            readme.write_text(written, encoding="utf-8")
            say(readme)


def named(source: tuple[Path, Path]) -> str:
    """The name of a source: that of its gold, without where it lies."""
    return source[0].stem


def pooled(read: "Mapping[str, Sequence[ReadArticle]]") -> "list[Measured]":
    """The measures on all annotated articles, where there are any."""
    from rules.proof.measure import measure_articles

    ones = [one for articles in read.values() for one in articles]
    rows = {one.name: [found.position for found in one.found] for one in ones}
    return [measure_articles([row for one in ones for row in one.gold], rows)] if ones else []
