"""A parsed sentence: its words, their tags, and the tree that they hang in."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
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
        """The compact stored form: seven bytes a token, then the words it is read as; the text is kept apart."""
        n = len(self.starts)
        return (
            struct.pack(
                f"<H{n}H{n}B{n}B{n}B{n}H",
                n,
                *self.starts,
                *(min(b - a, 255) for a, b in zip(self.starts, self.ends, strict=True)),
                *(TAG_CODE.get(tag, 0) for tag in self.tags),
                *(DEP_CODE.get(dep, 0) for dep in self.deps),
                *self.heads,
            )
            + "\n".join(self.reads).encode()
        )

    @staticmethod
    def from_bytes(text: str, data: bytes) -> "Parse":
        """The parse of `text` from its stored form."""
        n = struct.unpack_from("<H", data)[0]
        numbers = struct.unpack_from(f"<{n}H{n}B{n}B{n}B{n}H", data, 2)
        starts = numbers[:n]
        reads = data[struct.calcsize(f"<H{n}H{n}B{n}B{n}B{n}H") :].decode()
        return Parse(
            text,
            starts,
            tuple(a + length for a, length in zip(starts, numbers[n : 2 * n], strict=True)),
            tuple(TAGS[code] for code in numbers[2 * n : 3 * n]),
            tuple(DEPS[code] for code in numbers[3 * n : 4 * n]),
            numbers[4 * n :],
            tuple(reads.split("\n")) if reads else (),
        )


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
