"""Small words of the report and the page: stances, numbers, days, and addresses that may be linked."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

PAGE = Path(__file__).parent / "page"
STANCES = ("demand", "refusal", "offer", "acceptance", "threat")
WORDS = {
    "demand": "demands",
    "refusal": "refuses",
    "offer": "offers",
    "acceptance": "accepts",
    "threat": "threatens",
}
CONDITIONAL = ("offer", "acceptance")  # what hangs on a condition is not the same as what does not


def base_style() -> str:
    """The style that report and page share."""
    return (PAGE / "base.css").read_text("utf-8")


def web_address(address: str | None) -> str | None:
    """The address where it is one of the web; an article may bring any other, so those are not linked."""
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def stance_told(stance: str, conditional: bool) -> str:
    """The stance as a verb: demands, or offers on a condition."""
    return WORDS[stance] + (" on a condition" if conditional and stance in CONDITIONAL else "")


def counted(number: int, one: str, several: str = "") -> str:
    """The number with what it counts."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def days(first: date, last: date) -> str:
    """The day, or the first and the last of several."""
    return f"{first}" if first == last else f"{first} to {last}"
