"""The same verbs without a window: every command calls what the window calls.

Exit codes: 0 done, 1 refused or problems found, 2 wrong usage. One sentence per problem on standard error.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence

from desktop.cli import books, numbers
from desktop.cli.shared import file
from desktop.store.outputs import There
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
    if strange := next((word for word in arguments if re.search("[\0\ud800-\udfff]", word)), None):
        _say(tr("{word} holds letters that no text has. If it is a file's name, give the file another one.", word=strange))
        return 2
    options = _parser().parse_args(list(arguments), argparse.Namespace(book=None, lang=None))  # no language said: the book's own
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        if why := getattr(options, "unsafe", None):
            return _say(tr("What was asked is done and saved, but the book could not be backed up: {why}", why=why))
        return code
    except There as said:
        return _say(tr("{sentence} With --force it is replaced.", sentence=said))
    except (Refused, Trouble) as said:
        return _say(str(said))
    except FileNotFoundError as missing:
        return _say(tr("There is no file {file}.", file=missing.filename))
    except BrokenPipeError:  # who reads us (`| head`) has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from desktop.store.connection import trouble

        if found := trouble(error):
            return _say(str(found))
        if isinstance(error, OSError) and error.filename:
            return _say(tr("The computer does not let us use {file}.", file=error.filename))
        raise


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, known before the parser is made: its own help speaks it too."""
    said = re.search("(?:^|\0)--lang[=\0](fa|en)(?:$|\0)", "\0".join(arguments))
    return said[1] if said else "fa"


def _window(o: argparse.Namespace) -> int:
    from desktop import start

    return start.run(o.book, language=o.lang)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--book", type=file, metavar="FILE", default=argparse.SUPPRESS)
    common.add_argument("--lang", choices=("fa", "en"), default=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(prog="cheragh", parents=[common])
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar="COMMAND")
    for declare in (books.commands, numbers.commands, books.safety):
        declare(commands, [common])
    return parser
