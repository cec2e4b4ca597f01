"""What makes the language model read faster and changes nothing of what it reads."""

from typing import Any

from rules.syntax.tree import DEP_CODE, TAG_CODE, Parse

COLUMNS = ("IDX", "LENGTH", "TAG", "DEP", "HEAD", "IS_SPACE")
LONGEST_WORD = 255  # characters; what is longer is cut, as its length is stored in a byte


class Words:
    """Reads the words of documents off their arrays, which takes a fifth of the time that their tokens take."""

    def __init__(self, strings: Any) -> None:
        self._strings = strings
        self._tags: dict[int, str] = {}
        self._deps: dict[int, str] = {}

    def of(self, doc: Any, text: str) -> Parse:
        """The words of the document of a text, without white space."""
        starts, lengths, tags, deps, heads, spaces = doc.to_array(COLUMNS).astype("int64").T.tolist()
        kept = [i for i, is_space in enumerate(spaces) if not is_space]
        index = {i: n for n, i in enumerate(kept)}
        return Parse(
            text,
            tuple(starts[i] for i in kept),
            tuple(starts[i] + min(lengths[i], LONGEST_WORD) for i in kept),
            tuple(self._name(self._tags, tags[i], TAG_CODE) for i in kept),
            tuple(self._name(self._deps, deps[i], DEP_CODE) for i in kept),
            tuple(_head_of(i, heads, index) for i in kept),
        )

    def _name(self, known: dict[int, str], key: int, codes: dict[str, int]) -> str:
        if key not in known:
            name = self._strings[key % 2**64]
            known[key] = name if name in codes else "_"
        return known[key]


def _head_of(i: int, heads: list[int], index: dict[int, int]) -> int:
    """The index of the head, told by how far away it is; a head that is white space passes on to its own."""
    head = i + heads[i]
    while head not in index and heads[head]:
        head += heads[head]
    return index.get(head, index[i])


def without_blis(nlp: Any) -> None:
    """Has numpy's own library make matrix products: BLIS, as spaCy ships it, runs a slow kernel on many processors."""
    from thinc.api import NumpyOps

    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = NumpyOps(use_blis=False)


def embed_each_word_once(nlp: Any) -> None:
    """Has the vector of a word that stands in several places of a batch worked out once: six in seven do.

    A pipeline that embeds words in another way than the usual one is left as it is.
    """
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in list(model.walk()) if model is not None else ():
            names = [layer.name for layer in node.layers]
            if names[:2] == ["extract_features", "list2ragged"] and names[-1] == "ragged2list":
                node.layers[2:-1] = [_once_each(node.layers[2:-1])]


def _once_each(layers: list[Any]) -> Any:
    """The layers, run over the different rows of what they are given."""
    from thinc.api import Model, Ragged

    def forward(model: Any, given: Any, is_train: bool) -> tuple[Any, Any]:
        numpy, rows = model.ops.xp, given.dataXd
        # Columns are hashes: multiplied by odd numbers and added up, different rows hardly ever come out the same.
        odd = numpy.arange(1, 2 * rows.shape[1], 2, dtype="uint64") * numpy.uint64(GOLDEN)
        _, first, place = numpy.unique(rows @ odd, return_index=True, return_inverse=True)
        if is_train or not numpy.array_equal(rows[first][place], rows):
            first = place = numpy.arange(len(rows))
        through: Any = Ragged(rows[first], numpy.asarray([len(first)], dtype="int32"))
        for layer in model.layers:
            through, _ = layer(through, is_train)
        return Ragged(through.dataXd[place], given.lengths), None

    return Model("once_each", forward, layers=layers)


GOLDEN = 0x9E3779B97F4A7C15  # 2 ** 64 by the golden ratio, which is odd and spreads well
