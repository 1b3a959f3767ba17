"""Names that people gave, made fit for a terminal."""


def visible(text: str) -> str:
    """A text on one line, whose control characters do nothing: they are written as escapes.

    >>> visible("lean\\nand mean"), visible("a\\x1b[31mb")
    ('lean and mean', 'a\\\\x1b[31mb')
    """
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def short(text: str, longest: int) -> str:
    """A text cut to a length.

    >>> short("handle-time-target", 12)
    'handle-ti...'
    """
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."
