"""A parsed sentence: its words, their tags, and the tree that they hang in."""

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

Told = TypeVar("Told")

TAGS = (
    "_ $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB "
    "RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP `` GW"
).split()
DEPS = (
    "_ ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass "
    "dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss "
    "preconj predet prep prt punct quantmod relcl xcomp"
).split()
TAG_CODE = {tag: code for code, tag in enumerate(TAGS)}
DEP_CODE = {dep: code for code, dep in enumerate(DEPS)}
DEFLATED = -12  # a bare stream, without a head and a checksum


@dataclass(frozen=True)
class Parse:
    """A sentence as tokens: `starts` and `ends` count its characters; `heads[i] == i` marks the root.

    `reads` holds the words by which grammar reads them, where these are not the words of the text: of another language.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    reads: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text[a:b] for a, b in zip(self.starts, self.ends, strict=True))

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return self.reads or tuple(word.lower().replace("’", "'") for word in self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token its dependents, in the order of the text."""
        found: list[list[int]] = [[] for _ in self.starts]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        return tuple(map(tuple, found))

    @cached_property
    def _memory(self) -> dict[tuple[object, int], Any]:
        return {}

    def remembered(self, told: "Callable[[Parse, int], Told]", i: int) -> "Told":
        """What a function tells of a word, worked out once."""
        key = (told, i)
        if key not in self._memory:
            self._memory[key] = told(self, i)
        found: Told = self._memory[key]
        return found

    def to_bytes(self) -> bytes:
        """The compact stored form, four bytes a token, then the words it is read as; the text is kept apart.

        Five numbers tell a token: its gap to the one before, its length, its tag, its relation, and how far away its
        head stands. Each takes a byte, or two in the rare sentence where one does not fit; then all is deflated.
        """
        n = len(self.starts)
        lengths = [min(b - a, 255) for a, b in zip(self.starts, self.ends, strict=True)]
        before = (0, *(start + length for start, length in zip(self.starts, lengths, strict=True)))
        gaps = [start - end for start, end in zip(self.starts, before, strict=False)]
        moves = [head - i for i, head in enumerate(self.heads)]
        codes = [*(TAG_CODE.get(tag, 0) for tag in self.tags), *(DEP_CODE.get(dep, 0) for dep in self.deps)]
        is_narrow = all(-128 <= move < 128 for move in moves) and max(gaps, default=0) < 256
        packed = struct.pack("<?H" + _numbers(n, is_narrow), is_narrow, n, *moves, *gaps, *lengths, *codes)
        deflate = zlib.compressobj(wbits=DEFLATED)
        return deflate.compress(packed + "\n".join(self.reads).encode()) + deflate.flush()

    @staticmethod
    def from_bytes(text: str, data: bytes) -> "Parse":
        """The parse of `text` from its stored form."""
        packed = zlib.decompress(data, DEFLATED)
        is_narrow, n = struct.unpack_from("<?H", packed)
        form = "<?H" + _numbers(n, is_narrow)
        numbers = struct.unpack_from(form, packed)[2:]
        moves, gaps, lengths, tags, deps = (numbers[i * n : (i + 1) * n] for i in range(5))
        ends = tuple(accumulate(gap + length for gap, length in zip(gaps, lengths, strict=True)))
        reads = packed[struct.calcsize(form) :].decode()
        return Parse(
            text,
            tuple(end - length for end, length in zip(ends, lengths, strict=True)),
            ends,
            tuple(TAGS[code] for code in tags),
            tuple(DEPS[code] for code in deps),
            tuple(i + move for i, move in enumerate(moves)),
            tuple(reads.split("\n")) if reads else (),
        )


def _numbers(tokens: int, is_narrow: bool) -> str:
    """The stored numbers of so many tokens, as `struct` has them: of each one signed and four that are not."""
    return f"{tokens}b{4 * tokens}B" if is_narrow else f"{tokens}h{4 * tokens}H"


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word comes up to a root: whoever climbs a parse relies on it."""
    rooted: set[int] = set()
    for i in range(len(heads)):
        climbed: set[int] = set()
        while i not in rooted and heads[i] != i:
            if i in climbed:
                return False
            climbed.add(i)
            i = heads[i]
        rooted |= climbed
    return True
