"""Tells where the line of confidence lies, and how many positions lie under it: every output says so."""

import duckdb
from pydantic import BaseModel, ConfigDict, Field


class UnderLine(BaseModel):
    """The line of confidence, and the positions that stand on its two sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: float = Field(description="Least confidence of a row that views, exports and the report show")
    shown: int = Field(description="Positions that are shown")
    under_line: int = Field(description="Foreign positions that are less sure, and that nobody judged")
    not_foreign: int = Field(description="Positions that are domestic or background")

    def __str__(self) -> str:
        return f"{self.shown:,} shown, {self.under_line:,} under the line of confidence {self.line:.2f}"


def under_line_of(connection: duckdb.DuckDBPyConnection) -> UnderLine:
    """What the views of an open warehouse show, and what they leave out."""
    ((line, shown, under, others),) = connection.execute(
        "SELECT line, shown, under_line, not_foreign FROM under_the_line"
    ).fetchall()
    return UnderLine(line=line, shown=shown, under_line=under, not_foreign=others)
