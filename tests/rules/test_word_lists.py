"""Words of English stand in YAML: no rule hides in a list of words in Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.syntax.tree import DEP_CODE

RULES = Path(__file__).parents[2] / "rules"
MOST = 12  # lower-case English words in one literal


def words_in(node: ast.expr) -> list[str]:
    """The words of a set, list, tuple, mapping or split text, those of lists within it too."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        return [word for item in node.elts for word in words_in(item)]
    if isinstance(node, ast.Dict):
        return [word for item in (*node.keys, *node.values) if item is not None for word in words_in(item)]
    return []


def split_text(node: ast.AST) -> list[str]:
    """The words of "a text".split()."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("split", "splitlines")
    ):
        text = node.func.value
        return text.value.split() if isinstance(text, ast.Constant) and isinstance(text.value, str) else []
    return []


def is_word(text: str) -> bool:
    """Relations of the parser are no words of English that a rule could look for."""
    return text.isascii() and text.isalpha() and text.islower() and text not in DEP_CODE


def word_lists(source: str) -> Iterator[tuple[int, int]]:
    """Line and number of words of each literal that holds too many, the outermost of those within each other."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop(0)
        words = words_in(node) if isinstance(node, ast.expr) else []
        number = len([word for word in words or split_text(node) if is_word(word)])
        if number > MOST:
            yield getattr(node, "lineno", 0), number
        else:
            waiting.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("A = frozenset('one two three four five six seven eight nine ten eleven twelve thirteen'.split())", [(1, 13)]),
        ("A = {'go': ('went', 'gone')}", []),
        ("A = 'conj acomp attr oprd amod advmod appos xcomp prep pobj dobj ccomp advcl relcl'.split()", []),
        (f"A = (\n    [{', '.join(repr(word) for word in 'abcdefghijklm')}],\n)", [(1, 13)]),
        (f"A = {{{', '.join(f'{word!r}: 1' for word in 'abcdefghijklm')}}}", [(1, 13)]),
        (f"A = {{{', '.join(repr(word.upper()) for word in 'abcdefghijklm')}}}", []),
        ("A = 'a text of more than twelve words that nobody splits is no list of words at all'", []),
    ],
)
def test_a_list_of_words_is_seen(source: str, found: list[tuple[int, int]]) -> None:
    assert list(word_lists(source)) == found


def test_no_list_of_words_stands_in_python() -> None:
    files = sorted(RULES.rglob("*.py"))
    assert len(files) > 40
    found = [
        f"{file.relative_to(RULES.parent)}:{line}: {number} words"
        for file in files
        for line, number in word_lists(file.read_text("utf-8"))
    ]
    assert found == []
