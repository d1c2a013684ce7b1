"""How the parent and the reading child speak: JSON and plain numbers, each with its length before it - nothing that runs."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")
MOST = 1 << 30


def say(to: BinaryIO, message: dict[str, Any]) -> None:
    """The message is on its way."""
    send(to, json.dumps(message, separators=(",", ":")).encode("ascii"))


def send(to: BinaryIO, data: bytes) -> None:
    """The bytes are on their way."""
    to.write(_LENGTH.pack(len(data)))
    to.write(data)
    to.flush()


def hear(source: BinaryIO) -> dict[str, Any]:
    """The next message.

    Raises:
        EOFError: the other side is gone.
    """
    message = json.loads(take(source))
    if not isinstance(message, dict):
        raise EOFError
    return message


def take(source: BinaryIO) -> bytes:
    """The next bytes.

    Raises:
        EOFError: the other side is gone, or speaks nonsense.
    """
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    if length > MOST:
        raise EOFError
    data = source.read(length)
    if len(data) < length:
        raise EOFError
    return data
