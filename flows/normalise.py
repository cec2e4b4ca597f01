"""Text as it comes, made into text as it is stored: every offset of evidence counts what leaves here."""

import html
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ftfy import fix_encoding
from ftfy.badness import is_bad

from flows.addresses import shown

# UTF-8 that was read as cp1252, Mac Roman or cp1251 shows these beginnings; only then is the slow repair tried.
MAYBE_MOJIBAKE = re.compile("[Â-ô][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|‚Ä|вЂ")
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
# Combining marks of all scripts are no word characters; sorting a run of them takes time that grows with its square.
MAYBE_FLOOD = re.compile(r"[^\w\s\x00-\x7f]{5,}")
MOST_MARKS = 4  # on one letter
DROPPED = (
    {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A, 0x0D, 0x85)}
    | dict.fromkeys(range(0xD800, 0xE000))  # lone surrogates: no database takes them
    | dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFC))  # soft hyphen and marks without width
    | dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # bidi controls
)
REPLACED = {
    0x09: " ", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n",
    0xA0: " ", 0x202F: " ", **dict.fromkeys(range(0x2000, 0x200B), " "), 0x3000: " ",
    0x201F: "“", 0x201B: "‘", 0xFF02: '"', 0xFF07: "'", 0x02BC: "’", 0x00B4: "'",
    0x2011: "-", 0x2010: "-", 0xFB01: "fi", 0xFB02: "fl",
}  # fmt: skip
CHARACTERS = {**DROPPED, **REPLACED, 0x200B: None}
ODD = re.compile(
    "[" + "".join(re.escape(chr(code)) for code in CHARACTERS if not 0xD800 <= code < 0xE000) + "\ud800-\udfff]"
)
SPACES = re.compile(" {2,}")

BOILERPLATE = re.compile(
    r"""(?ix) ^ (?:
      (?: (?: ©|\(c\) ) .{0,160} | copyright \ *(?: ©|\(c\)|\d{4}|by\b ) .{0,160} )
    | (?: read\ (?:more|also|next) | see\ also | also\ read | related | more\ on\ this\ story
        | more\ from\ .{1,40} | watch | listen | what\ to\ read\ next ) (?: \ *[:>»|] .{0,160} | \ *(?:\.\.\.|…)? )
    | read\ (?:the\ )?(?:full|whole|original)\ (?:story|article)\b .{0,60}
    | (?: continue\ reading | click\ here | tap\ here | sign\ up | subscribe | follow\ us | share\ this
        | share\ on | join\ our | download\ our ) (?:\ .{0,120})?
    | (?: advertisement | advertising | sponsored\ content | story\ continues\ below .{0,40}
        | skip\ (?:ad|advertisement|to\ .{1,30}) | loading | newsletter | share
        | tweet | print | e-?mail | comments? ) [.:…\ ]*
    | this\ (?:material|article|story|content) \ (?:may\ not\ be|cannot\ be) \ (?:published|reproduced|republished)
        .{0,120}
    | \( (?:additional\ )? (?:reporting|writing|editing|compiled) \ by \ [^()]{1,220} \) \.?
    | (?:additional\ )? (?:reporting|writing|editing|compiled) \ by \ [^.]{1,180} \.?
    | our\ standards: .{0,80}
    | (?: this\ (?:site|website)\ uses\ | we\ use\ ) cookies .{0,160}
    | (?: photo | image | picture ) \ (?:credit|source|by) \ *:? .{0,80}
    ) $"""
)
# Apart from the others, as it begins with anything: searching every paragraph for it takes most of the time.
ALL_RIGHTS_RESERVED = re.compile(r"(?i).{0,120}\ball rights reserved\b.{0,80}$")
LONGEST_BOILERPLATE = 240
TRACKING = re.compile(r"^(?:utm_|mc_|at_|fbclid$|gclid$|igshid$|cmpid$|ref$|smid$|ocid$)")


def tidy(text: str) -> str:
    """The text with broken encodings mended, invisible characters gone and each paragraph on one line."""
    if not text.isascii() and MAYBE_MOJIBAKE.search(text):
        text = "\n".join(mended(line) for line in text.split("\n"))
    if "&" in text and "<" not in text:
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if ODD.search(text):
        text = text.replace("\r\n", "\n").translate(CHARACTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", MAYBE_FLOOD.sub(dammed, text))
    text = text.replace("``", '"').replace("''", '"')
    if "  " in text:
        text = SPACES.sub(" ", text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


def dammed(found: re.Match[str]) -> str:
    """What was found, with no more than a few combining marks in a row."""
    kept, run = [], 0
    for character in found[0]:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def mended(line: str) -> str:
    """The line decoded as it should have been, where it shows that it was decoded wrongly."""
    return fix_encoding(line) if is_bad(line) else line


def tidy_title(title: str) -> str:
    """The title on one line."""
    return tidy(title).replace("\n", " ")


def tidy_body(text: str) -> str:
    """The body without the lines that a site puts around every article."""
    return "\n".join(line for line in tidy(text).split("\n") if not is_boilerplate(line))


def is_boilerplate(line: str) -> bool:
    """Whether the whole paragraph is a notice, a link or a credit, not news."""
    if len(line) > LONGEST_BOILERPLATE:
        return False
    return bool(BOILERPLATE.match(line) or ("rights" in line.casefold() and ALL_RIGHTS_RESERVED.match(line)))


def tidy_url(url: str) -> str:
    """The address without user, password, fragment and tracking; ValueError where it is no http or https address."""
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{shown(url)[:80]!r} is no address; allowed are http and https, or no address at all")
    if any(ord(character) <= 0x20 or 0xD800 <= ord(character) < 0xE000 for character in parts.geturl()):
        raise ValueError(f"{shown(url)[:80]!r} is no address: it holds spaces or control characters")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not TRACKING.match(pair[0].lower())]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.rpartition("@")[2].lower(), parts.path or "/", query, ""))


def host_of(url: str | None) -> str | None:
    """The host that published the address, without www."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
