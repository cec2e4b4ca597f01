"""Keeps a spreadsheet from running exported text as a formula, in a way that can be undone."""

import re

# What a spreadsheet may take for a formula, also behind white space and apostrophes; the full-width signs count
# in East Asian editions. A defused text matches again, which is what makes undoing it exact.
FORMULA = "^[' \t\r\n\f\v\u00a0]*[=+\\-@＝＋－＠\t\r\n]"


def defused_column(column: str) -> str:
    """SQL for a text column in which an apostrophe stands before whatever looks like a formula."""
    name = '"' + column.replace('"', '""') + '"'
    pattern = FORMULA.replace("'", "''")
    return f"CASE WHEN regexp_matches({name}, '{pattern}') THEN '''' || {name} ELSE {name} END AS {name}"


def defused(text: str) -> str:
    """The text, with an apostrophe before it where it looks like a formula."""
    return f"'{text}" if re.match(FORMULA, text) else text


def restored(text: str) -> str:
    """The text as it was before it was defused."""
    return text[1:] if text.startswith("'") and re.match(FORMULA, text[1:]) else text
