"""Each position of a sentence once: of those that say the same, the one whose content says most."""

from rules.language import english
from schemas.position import Position

PRONOUNS = english.words("pronouns_of_things")


def each_said_once(positions: list[Position]) -> list[Position]:
    """Drops what another position of the sentence says as well: 'will not and shall not leave' is one refusal."""
    kept: list[Position] = []
    for position in sorted(positions, key=lambda p: (-len(_own_content(p)), p.trigger_start, p.position_id)):
        if not any(_says_the_same(position, other) for other in kept):
            kept.append(position)
    return kept


def _says_the_same(position: Position, longer: Position) -> bool:
    if position.position_id == longer.position_id:  # two frames of the same words, whose contents differ
        return True
    same_party = (position.actor or position.actor_text) == (longer.actor or longer.actor_text)
    if position.scope is not longer.scope:  # what stays at home stands for nothing said abroad
        return False
    if not same_party or position.stance != longer.stance or _own_content(position) not in _own_content(longer):
        return False
    return position.issue == longer.issue or position.issue is None or position.trigger_start != longer.trigger_start


def _own_content(position: Position) -> str:
    """The content; a pronoun says no more than nothing: 'rejected the map, calling it a non-starter'."""
    content = position.content or ""
    return "" if content.lower() in PRONOUNS else content
