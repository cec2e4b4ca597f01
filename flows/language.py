"""Which language a text is written in."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from schemas.article import Article

# Languages of the world's news agencies; fewer choices make fewer mistakes on short texts.
NEWS_LANGUAGES = (
    "af am ar az be bg bn bs ca cs da de el en es et eu fa fi fr gl he hi hr hu hy id is it ja ka kk km ko lt "
    "lv mk mn ms my ne nl no pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
)
READ_AT_MOST = 400  # characters: more text makes the answer slower, not better
READ_FOR_LITTLE_WORDS = 2000  # characters, where so few leave a doubt
SURE = 0.6


@cache
def identifier() -> LanguageIdentifier:
    """The language model, read once a process."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(NEWS_LANGUAGES.split())
    return model


def is_plainly_english(text: str) -> bool:
    """Whether the little words leave no doubt: no other language of the news has them in such number."""
    return has_little_words(text[:READ_AT_MOST], 3) or (
        has_little_words(text[:READ_AT_MOST], 1) and has_little_words(text[:READ_FOR_LITTLE_WORDS], 6)
    )


def has_little_words(text: str, times: int) -> bool:
    """Whether "the" stands in the text so many times, and the next most frequent words together as well."""
    words = text.casefold().split()
    return words.count("the") >= times and sum(map(words.count, ("of", "and", "to"))) >= times


def language_of(title: str, text: str, otherwise: str = "en") -> str:
    """ISO 639-1 code of the text's language; `otherwise` where the words are too few to tell."""
    start = f"{title}\n{text[:READ_FOR_LITTLE_WORDS]}"
    if is_plainly_english(start):
        return "en"  # twenty times as fast as the model, for nearly all that comes in English
    language, confidence = identifier().classify(start[:READ_AT_MOST])
    return str(language) if confidence >= SURE else otherwise


def with_language(article: Article) -> Article:
    """The article with the language its text is written in; what its source says decides where the text cannot."""
    language = language_of(article.title, article.text, article.language)
    return article if language == article.language else article.model_copy(update={"language": language})
