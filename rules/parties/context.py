"""What an article tells as a whole: its sections, its topic, its actors, and the state that it is filed from."""

from collections import Counter
from functools import cached_property, partial

from rules.parties.abbreviations import with_abbreviations
from rules.parties.attribution import attributions_of
from rules.parties.home import filed_from, home_of, printed_in
from rules.parties.introductions import Introductions
from rules.parties.people import NamedPerson
from rules.parties.section import Referent, SectionContext
from rules.text.dates import DateMention, find_dateline, find_dates, past_only, periods_only
from rules.text.gazetteer import NameFinder
from rules.text.issues import IssueFinder
from rules.text.other_topics import is_about_something_else
from rules.text.passages import Passages
from rules.text.topics import Topics
from rules.text.words import Words
from schemas.article import Article
from schemas.position import Section


class ArticleContext:
    """Looks things up in an article without parsing it, so that sentences the gate left out count all the same."""

    def __init__(self, article: Article, names: NameFinder, words: Words, issues: IssueFinder) -> None:
        self.article = article
        self._words = words
        self._issues = issues
        self._issues_in: dict[str, tuple[str, ...]] = {}
        self._times: dict[str, list[DateMention]] = {}
        self._days_in: dict[str, list[DateMention]] = {}
        whole = f"{article.title}\n{article.text}"
        texts: dict[Section, str] = {"body": article.text, "title": article.title}
        self.sections = {
            section: SectionContext(
                Passages(text), with_abbreviations(text, names.find(text, article.published, whole))
            )
            for section, text in texts.items()
        }
        filed = filed_from(article, names, words)
        self._filed_from = filed[0]
        self.issuer = article.issuer if article.issuer in words.kinds else None
        printed = printed_in(article, words)
        find_home = partial(home_of, issuer=self.issuer, filed=filed, printed=printed, words=words)
        self._introductions = Introductions(article.published, list(self.sections.values()), words, find_home)
        for context in self.sections.values():
            context.find_attributions = partial(attributions_of, words=words)

    def person_at(self, section: Section, start: int, end: int) -> NamedPerson | None:
        """The person whose name overlaps [start, end)."""
        context = self.sections[section]
        mention = context.mention_covering(start, end)
        if mention is not None and mention.person is not None:
            named = context.person_covering(start, end)
            return named.person if named else None
        called = self._introductions.person_called(context.text[start:end])
        if called is not None or mention is not None:
            return called
        part = context.person_covering(start, end)  # of 'Kim Kye-Gwan', a name of several words
        return part.person if part else None

    @cached_property
    def is_about_something_else(self) -> bool:
        """Whether the article is about sport, business or the arts."""
        return is_about_something_else(self.article, self._words)

    @cached_property
    def article_id(self) -> str:
        """The id of the article, whose making reads all of a long text."""
        return self.article.article_id

    @cached_property
    def actors_named(self) -> Counter[str]:
        """How often the article names each actor, people counted for theirs."""
        actors = (c.actor_of(m) for c in self.sections.values() for m in c.mentions if not c.is_place(m))
        return Counter(actor for actor in actors if actor)

    @cached_property
    def actors_by_times(self) -> list[tuple[str, int]]:
        """The same, those first that are named most often."""
        return sorted(self.actors_named.items(), key=lambda named: (-named[1], named[0]))

    @property
    def home(self) -> str | None:
        """The state that an article is at home in: 'the government', 'the minister'."""
        return self._introductions.home

    @property
    def is_filed_at_home(self) -> bool:
        """Whether the dateline shows the state that the article is at home in."""
        return self.home is not None and self.home == self._filed_from

    def home_at(self, at: int) -> Referent | None:
        """The same, for words at an offset that mean it."""
        return Referent(self.home, at, at) if self.home else None

    def issuer_at(self, at: int) -> list[Referent]:
        """Whose statement or answers the whole text is, for words at an offset that mean it; none of most texts."""
        return [Referent(self.issuer, at, at)] if self.issuer else []

    def issues_in(self, text: str) -> tuple[str, ...]:
        """The issues that a sentence of the article names; it is read once."""
        if text not in self._issues_in:
            self._issues_in[text] = self._issues.find(text)
        return self._issues_in[text]

    def days_in(self, text: str) -> list[DateMention]:
        """The days that a sentence of the article names, those ahead left aside; it is read once."""
        if text not in self._days_in:
            self._days_in[text] = past_only(self._times_in(text))
        return self._days_in[text]

    def periods_in(self, text: str) -> list[DateMention]:
        """The past weeks, months and years that a sentence of the article names."""
        return periods_only(self._times_in(text))

    def _times_in(self, text: str) -> list[DateMention]:
        if text not in self._times:
            self._times[text] = find_dates(text, self.article.published, self._words.ruleset.dates)
        return self._times[text]

    @cached_property
    def dateline(self) -> DateMention | None:
        """The day in the dateline of the body: 'ROME, March 3 (Agency) --'."""
        return find_dateline(self.article.text, self.article.published, self._words.ruleset.dates)

    @cached_property
    def topics(self) -> Topics:
        """What the article speaks of, for a clause that only points to it ('rejected the proposal')."""
        return Topics(self.article, self._issues)
