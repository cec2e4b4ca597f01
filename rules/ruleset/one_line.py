"""Messages that quote what stands in a file: one line each, however long and strange that is."""

HEAD, TAIL = 300, 400  # characters of a message: what is wrong stands at its head, what is allowed at its end


def in_one_line(message: str) -> str:
    """The message with what no terminal should get written out, and the middle of a very long one left out."""
    if len(message) > HEAD + TAIL:
        message = f"{message[:HEAD]} … {message[-TAIL:]}"
    return message if message.isprintable() else "".join(map(_shown, message))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
