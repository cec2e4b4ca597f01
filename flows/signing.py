"""Signs articles by their wording, so that those of like wording meet.

MinHash (Broder 1997) over runs of three words, and locality-sensitive hashing by bands (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, ch. 3): articles that share a band are compared, all others never meet.
"""

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from schemas.article import Article
from schemas.story import StorySignature

RUN = 3  # words; longer runs lose edited copies, shorter ones join what only shares a subject
HASHES = 192
ROWS = 3  # of a band: two articles of which a third is shared meet with probability 0.9
SEED = 1
WORDS = re.compile(r"\w+")
NO_WORD = {code: " " for code in range(128) if not WORDS.match(chr(code))}


@dataclass(frozen=True)
class Wording:
    """The digest of an article's wording: how many runs of words it has, and their MinHash."""

    runs: int
    hashes: NDArray[np.uint32]

    def to_bytes(self) -> bytes:
        """The form in which it is stored."""
        return struct.pack("<I", self.runs) + self.hashes.astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Wording":
        """What to_bytes stored."""
        return cls(struct.unpack_from("<I", data)[0], np.frombuffer(data, "<u4", offset=4))

    def bands(self) -> bytes:
        """The keys under which articles of like wording meet: 64 numbers of four bytes, the lowest byte first."""
        rows = self.hashes.reshape(-1, ROWS).astype(np.uint64)
        key = np.arange(1, len(rows) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for column in range(ROWS):
            key = (key ^ rows[:, column]) * np.uint64(0xBF58476D1CE4E5B9)
            key ^= key >> np.uint64(29)
        return (key >> np.uint64(32)).astype("<u4").tobytes()


def words_of(text: str) -> list[str]:
    """The words of a text; in ASCII, which most texts are, sooner told."""
    return text.translate(NO_WORD).split() if text.isascii() else WORDS.findall(text)


def runs_of(text: str) -> set[str]:
    """The runs of three words of a text, case and punctuation aside."""
    words = words_of(text.casefold())
    return set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def wordings_of(texts: Iterable[str]) -> list[Wording]:
    """The digests of texts."""
    runs = [runs_of(text) for text in texts]
    rows = RMinHash.digest_matrix_from_token_sets(runs, HASHES, SEED).to_rows()
    return [Wording(len(of), np.array(row, np.uint32)) for of, row in zip(runs, rows, strict=True)]


def sign(articles: Sequence[Article]) -> list[StorySignature]:
    """The signatures of articles, in their order; titles do not count, since each paper writes its own."""
    return [
        StorySignature(
            article_id=article.article_id,
            published=article.published,
            signature=wording.to_bytes(),
            bands=wording.bands(),
        )
        for article, wording in zip(articles, wordings_of(article.text for article in articles), strict=True)
    ]
