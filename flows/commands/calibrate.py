"""`positions rules calibrate`: how sure readings are, measured on annotated articles."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.faults import told
from flows.commands.options import FOLDER, RULES, settings_of
from flows.terminal import say
from schemas.settings import Settings

if TYPE_CHECKING:
    from rules.proof.calibrate import Predicted

THERE = click.Path(exists=True, path_type=Path)
LINES = (0.0, 0.5, 0.6, 0.7, 0.8)


@click.command()
@click.argument("gold", type=THERE)
@click.argument("articles", type=THERE)
@RULES
@click.option("--also", type=(THERE, THERE), multiple=True, help="More annotated articles: GOLD ARTICLES.")
@click.option(
    "--corrections",
    type=FOLDER,
    multiple=True,
    help="Folder of a warehouse whose judged positions count as well; may be given again.",
)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="File to write. Default: figures alone.")
def calibrate(
    gold: Path,
    articles: Path,
    also: tuple[tuple[Path, Path], ...],
    corrections: tuple[Path, ...],
    to: Path | None,
    **options: Any,
) -> None:
    """Measure how sure readings are on annotated articles, and write the weights.

    GOLD is a folder of NAME.jsonl for each NAME.txt in ARTICLES, or a file of places for a file of articles. The
    figures are of weights that had not seen the article of the row.
    """
    settings = settings_of(options)
    with told():
        from rules.positions.tag import Tagger
        from rules.proof.calibrate import calibrated, predicted, weights_page
        from rules.proof.gold import GoldFault
        from rules.proof.judged import corrected_rows, judged_rows, read_source
        from rules.ruleset.load import load_ruleset
        from rules.syntax.parse import Parser
        from warehouse.judged import judged_articles

        tagger, parser = Tagger(load_ruleset(*settings.rules)), Parser(settings.model)
        try:
            read = [one for source in ((gold, articles), *also) for one in read_source(tagger, parser, source)]
            rows = judged_rows(read)
            for home in corrections:
                judged = judged_articles(Settings(home=home).snapshot_file)
                more = corrected_rows(tagger, parser, judged)
                known = sum(len(one.right) for one in judged)
                say(f"{home}: {len(more)} of {known} judged positions are still read so")
                rows += more
            for line in figures(predicted(rows)):
                say(line)
            page = weights_page(calibrated(rows))
        except (GoldFault, ValueError) as error:
            raise click.ClickException(str(error)) from error
    if to is not None:
        to.write_text(page, encoding="utf-8")
        say(to)


def figures(rows: "Sequence[Predicted]") -> Iterator[str]:
    """What was said of rows, beside what is true of them."""
    from rules.proof.statistics import auc, calibration_error

    said, right = [row.said for row in rows], [row.row.right for row in rows]
    error = calibration_error(said, right)
    yield f"rows {len(rows)}, right {sum(right)}, AUC {auc(said, right):.3f}, error {error:.3f}"
    for line in LINES:
        kept = [own for own, sure in zip(right, said, strict=True) if sure >= line]
        share = sum(kept) / len(kept) if kept else 0.0
        yield f"at or above {line:.1f}: {len(kept)} rows, precision {share:.3f}"
