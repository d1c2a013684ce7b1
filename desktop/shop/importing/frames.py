"""How the parent and the reading child speak: JSON and plain numbers, each with its length before it - nothing that runs."""

from __future__ import annotations

import json
from typing import IO, Any

LENGTH = 8  # bytes
MOST = 1 << 30


def say(to: IO[bytes], message: dict[str, Any]) -> None:
    """The message is on its way."""
    send(to, json.dumps(message, separators=(",", ":")).encode("ascii"))


def send(to: IO[bytes], data: bytes) -> None:
    """The bytes are on their way."""
    to.write(len(data).to_bytes(LENGTH, "little"))
    to.write(data)
    to.flush()


def hear(source: IO[bytes]) -> dict[str, Any]:
    """The next message.

    Raises:
        EOFError: the other side is gone.
    """
    message = json.loads(take(source))
    if not isinstance(message, dict):
        raise EOFError
    return message


def take(source: IO[bytes]) -> bytes:
    """The next bytes.

    Raises:
        EOFError: the other side is gone, or speaks nonsense.
    """
    head = source.read(LENGTH)
    length = int.from_bytes(head, "little")
    data = source.read(length) if len(head) == LENGTH and length <= MOST else None
    if data is None or len(data) < length:
        raise EOFError
    return data
