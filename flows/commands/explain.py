"""`positions explain`: how a text is read, step by step."""

import sys
from datetime import datetime
from typing import Any

import click

from flows.commands.faults import told as faults_told
from flows.commands.options import RULES, settings_of
from flows.terminal import say


@click.command()
@click.argument("text")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day that weekdays count from. Default: today.")
@RULES
def explain(text: str, published: datetime | None, **options: Any) -> None:
    """Tell why TEXT gives the positions it gives, or none: gate, parse, triggers tried, what blocked them.

    TEXT is a sentence or more, or - for standard input.
    """
    from flows.engine import ruleset_of
    from rules.proof.explain import explain as told
    from rules.syntax.parse import Parser, check_language

    words = sys.stdin.read() if text == "-" else text
    if not words.strip():
        raise click.UsageError("TEXT is empty; allowed is a sentence or more")
    settings = settings_of(options)
    with faults_told():
        ruleset = ruleset_of(settings.rules)
        check_language(settings.model, ruleset.language)
    say(told(words, ruleset, Parser(settings.model), published.date() if published else None))
