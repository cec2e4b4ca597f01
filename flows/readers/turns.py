"""Turns of transcripts in the texts of an issuer: each question begins with "Q: ", each answer with "A: "."""

from rules.text.turns import FEWEST, turn_of


def with_turns(text: str) -> str:
    """The text with turns marked in one way, each mark before the paragraph that it belongs to."""
    paragraphs = text.split("\n")
    told = [turn_of(paragraph) for paragraph in paragraphs]
    if sum(turn is not None and turn[0] == "Q" for turn in told) < FEWEST:
        return text
    lines: list[str] = []
    waiting = ""  # a mark on a line of its own
    for paragraph, turn in zip(paragraphs, told, strict=True):
        mark, rest = turn or (waiting, paragraph)
        waiting = "" if rest else mark
        if rest:
            lines.append(f"{mark}: {rest}" if mark else rest)
    return "\n".join(lines)
