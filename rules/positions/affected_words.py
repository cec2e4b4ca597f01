"""Which texts can hold the words of changed issues and actors, and regular expressions (RE2) that find such texts."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.language import english
from rules.text.terms import AMERICAN, normal_tokens, phrase_forms
from schemas.ruleset import Issue

Forms = frozenset[frozenset[str]]  # the inflected forms of some phrases, each as its tokens
NO_LETTER_OR_DIGIT = "[^A-Za-z0-9]"
NO_ASCII = r"[^\x00-\x7F]"
SPACE = "[\\s\u00a0\u2000-\u200a\u202f\u205f\u3000]"
# Characters that stand for several: ligatures, 'ß', signs; not those of kelvin and ångström, whose case is a letter's.
SEVERAL_IN_ONE = "[\u00df\u0132\u0133\u013f\u0140\u0149\u01c4-\u01f3\u1e9e\u2100-\u2129\u212c-\u214f\ufb00-\ufb06]"
LONGEST_START = 6  # characters of a name that are looked for: its beginning says enough
MOST_NAMES = 200  # beyond which one expression is slower than reading


class ChangedIssues:
    """The words by which two issue trees differ, and which texts can hold them.

    A tree is read by its words alone: where none of these stands in an article, both trees find the same there. Words
    of a phrase count wherever they stand, as a content may leave out what stands between two of them.
    """

    def __init__(self, old: Iterable[Issue], new: Iterable[Issue], language: str = "en") -> None:
        before, after = _words_by_issue(old), _words_by_issue(new)
        empty: tuple[set[str], set[tuple[tuple[str, ...], ...]]] = (set(), set())
        alone: set[str] = set()
        together: set[tuple[tuple[str, ...], ...]] = set()
        for issue in before.keys() | after.keys():
            (old_alone, old_together), (new_alone, new_together) = before.get(issue, empty), after.get(issue, empty)
            alone |= old_alone ^ new_alone
            together |= old_together ^ new_together
        self._alone = _forms_of({word.partition(":")[2] for word in alone}, language)
        self._together = [[_forms_of(group, language) for group in groups] for groups in sorted(together)]

    def __bool__(self) -> bool:
        return bool(self._alone or self._together)

    def may_stand_in(self, text: str) -> bool:
        """Whether the words of a changed term, or of every group of a changed combination, stand in a text."""
        tokens = frozenset(normal_tokens(text))
        return _is_there(self._alone, tokens) or any(
            all(_is_there(group, tokens) for group in groups) for groups in self._together
        )

    def pattern(self) -> str | None:
        """What is found, case aside, in every such text; None where no expression can tell."""
        of_groups = [min(groups, key=len) for groups in self._together]
        tokens = {max(form, key=len) for forms in (self._alone, *of_groups) for form in forms}
        return pattern_of({spelt for token in tokens for spelt in _spellings(token)}) if tokens else None


def _words_by_issue(issues: Iterable[Issue]) -> dict[str, tuple[set[str], set[tuple[tuple[str, ...], ...]]]]:
    """For each issue its words, with what each is to it, and its combinations."""
    return {
        issue.id: (
            {f"{kind}:{word}" for kind in ("terms", "weak_terms", "not_terms") for word in getattr(issue, kind)},
            set(issue.together),
        )
        for issue in issues
    }


def _forms_of(phrases: Iterable[str], language: str) -> Forms:
    forms = (form for phrase in phrases for form in phrase_forms(phrase, language))
    return frozenset(frozenset(form.split()) for form in forms if form.strip())


def _is_there(forms: Forms, tokens: frozenset[str]) -> bool:
    return any(form <= tokens for form in forms)


def _spellings(token: str) -> Iterator[str]:
    """How a text may spell what stands in it as a token: 'organization' as 'organisation', 'dollars' as '$'."""
    yield token
    yield token.replace("ization", "isation")
    yield from (british for british, american in AMERICAN.items() if american == token)
    yield from (sign for sign, word in english.pairs("signs").items() if word == token)
    yield from (phrase for phrase in english.listed("joining_phrases") if token == "and")


def pattern_of(words: Iterable[str]) -> str | None:
    """What is found, case aside, in every text that has one of the words; None where none tells.

    It finds more than the words: what it is for is to pass over most of a million texts without reading them.
    """
    some = sorted(set(words))
    # In lower case a dotted İ is two letters, and the sign for kelvin a letter that it is not.
    if not some or not all(word.isascii() or not word.isalnum() for word in some):
        return None
    signs = [re.escape(word) for word in some if not word[0].isalnum()]
    whole = "|".join(re.escape(word) for word in some if word[0].isalnum())
    # A tokeniser cuts "didn't" and "cannot" after "did" and "can".
    begins, ends = f"(?:^|{NO_LETTER_OR_DIGIT})", f"(?:$|n|{NO_LETTER_OR_DIGIT})"
    return "|".join([*([f"{begins}(?:{whole}){ends}"] if whole else []), *signs, "İ"])


def pattern_of_names(names: Iterable[str]) -> str | None:
    """The same for names in lower case without accents, which a text may write with any; None where they are many."""
    starts = sorted({name[:LONGEST_START] for name in names})
    if not starts or len(starts) > MOST_NAMES:
        return None
    return "|".join([*("".join(map(_in_any_accent, start)) for start in starts), SEVERAL_IN_ONE])


def _in_any_accent(character: str) -> str:
    if character.isspace():
        return SPACE
    if not character.isascii():
        return f"{NO_ASCII}+"
    return f"(?:{re.escape(character)}|{NO_ASCII}){NO_ASCII}*"


def either(patterns: Sequence[str | None]) -> str | None:
    """What finds whatever one of some patterns finds; None where one of them is missing, or there is none."""
    present = [pattern for pattern in patterns if pattern]
    return "|".join(present) if present and len(present) == len(patterns) else None
