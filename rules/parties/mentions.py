"""The words of one parsed sentence within its article: what each names, and where its phrase stands."""

from dataclasses import dataclass, replace
from functools import cached_property

from rules.parties.context import ArticleContext
from rules.parties.people import NamedPerson
from rules.parties.section import Referent, SectionContext
from rules.syntax.grammar import phrase_span
from rules.syntax.tree import Parse
from rules.text.gazetteer import Mention
from rules.text.sentences import Sentence
from rules.text.words import Words


@dataclass(frozen=True)
class Phrases:
    """A sentence, its parse and its article. Offsets count characters of the section."""

    context: ArticleContext
    sentence: Sentence
    parse: Parse
    words: Words

    @cached_property
    def section(self) -> SectionContext:
        return self.context.sections[self.sentence.section]

    def offsets(self, i: int) -> tuple[int, int]:
        """Where a word stands."""
        return self.sentence.start + self.parse.starts[i], self.sentence.start + self.parse.ends[i]

    def phrase_offsets(self, i: int) -> tuple[int, int]:
        """Where a noun stands with what belongs close to it."""
        first, last = phrase_span(self.parse, i)
        return self.offsets(first)[0], self.offsets(last)[1]

    def phrase_text(self, i: int) -> str:
        return self.section.text[slice(*self.phrase_offsets(i))]

    def mention(self, i: int) -> Mention | None:
        """The actor that a word names."""
        return self.section.mention_at(*self.offsets(i))

    def person(self, i: int) -> NamedPerson | None:
        """The person whom a word names."""
        return self.context.person_at(self.sentence.section, *self.offsets(i))

    def in_quotes(self, i: int) -> bool:
        return self.section.passages.in_quotes(self.offsets(i)[0])

    def nobody(self, i: int) -> Referent:
        """A party that nobody knows, by the words that name it."""
        return Referent(None, *self.phrase_offsets(i))

    def named_by(self, i: int, referents: list[Referent]) -> list[Referent]:
        """The same parties, with this word and its phrase as the words that name them."""
        start, end = self.phrase_offsets(i)
        if not referents:
            return [Referent(None, start, end)]
        antecedents = [r.start if r.antecedent is None else r.antecedent for r in referents]
        return [
            replace(r, start=start, end=end, antecedent=antecedent)
            for r, antecedent in zip(referents, antecedents, strict=True)
        ]
