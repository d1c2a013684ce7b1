"""The same verbs without a window: every command calls what the window calls.

Exit codes: 0 done, 1 refused or problems found, 2 wrong usage. One sentence per problem on standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.cli import books, files, numbers
from desktop.store.trouble import Trouble
from desktop.values.places import SUFFIX
from desktop.values.text import Refused, tr
from desktop.values.writing import Writing, use_writing


def run(arguments: Sequence[str]) -> int:
    """Does what ``arguments`` ask and gives back the exit code."""
    for stream in (sys.stdout, sys.stderr):  # Windows' default code page cannot print Persian
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if arguments and arguments[0].endswith(SUFFIX):  # a book that was clicked
        arguments = ["--book", *arguments]
    use_writing(Writing(language=_language(arguments)))
    options = _parser().parse_args(list(arguments), argparse.Namespace(book=None, lang=None))  # no language said: the book's own
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (Refused, Trouble) as said:
        return _say(str(said))
    except FileNotFoundError as missing:
        return _say(tr("There is no file {file}.", file=missing.filename))
    except (PermissionError, IsADirectoryError) as error:
        return _say(tr("The computer does not let us use {file}.", file=error.filename))
    except BrokenPipeError:  # who reads us (`| head`) has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        from desktop.store.connection import trouble

        if found := trouble(error):
            return _say(str(found))
        raise


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, known before the parser is made: its own help speaks it too."""
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2] if word.endswith(("fa", "en")) else "fa"
        if word == "--lang" and arguments[at + 1 : at + 2] == ["en"]:
            return "en"
    return "fa"


def _window(o: argparse.Namespace) -> int:
    from desktop import start

    return start.run(o.book, language=o.lang)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--book", type=Path, metavar="FILE", default=argparse.SUPPRESS)
    common.add_argument("--lang", choices=("fa", "en"), default=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(prog="cheragh", parents=[common])
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar="COMMAND")
    for declare in (books.commands, files.commands, numbers.commands, books.safety):
        declare(commands, [common])
    return parser
