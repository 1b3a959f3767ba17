"""Files that commands write for users to go on with: never over one that is there."""

from pathlib import Path

from sim.cli.console import Refused


def new_file(path: Path, text: str) -> None:
    """Write a text to a file that does not exist yet; its folder is made if need be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(
            f"{path.as_posix()}: it exists already, and nothing is overwritten; name another file"
        ) from None
    except UnicodeError:
        path.unlink(missing_ok=True)
        raise Refused(
            f"{path.as_posix()!a}: such a name cannot be written; choose another"
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(f"{path.as_posix()}: cannot be written: {reason.lower()}") from None
