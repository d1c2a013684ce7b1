"""A disk that can lose power: plays a recording up to a moment and leaves what could then lie on it.

Promised is only what was synced. Of the rest each 512-byte sector arrived or did not, on its own and in any order; a file that
grew may have its new size and zeros in it; names (made, removed, renamed) keep their order, but only the first few may have
happened until their folder is synced. Not played: drives that lie about syncing, and damage beside the bytes being written.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.powercut.recording import Entry, Kind

SECTOR = 512
WAYS = ("nothing more", "some", "only the newest", "sizes", "some", "everything")


@dataclass
class File:
    """The bytes that are safe, and the sectors (or new sizes: no bytes) that wait, in order."""

    safe: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        while data:
            room = SECTOR - offset % SECTOR
            self.waiting.append((offset, data[:room]))
            offset, data = offset + room, data[room:]

    def sync(self) -> None:
        self.safe, self.waiting = self.with_sectors([True] * len(self.waiting)), []

    def with_sectors(self, arrived: Sequence[bool]) -> bytes:
        content = bytearray(self.safe)
        for (offset, sector), there in zip(self.waiting, arrived, strict=True):
            if not there:
                continue
            end = offset + len(sector or b"")
            content.extend(bytes(max(0, end - len(content))))
            if sector is None:
                del content[offset:]
            else:
                content[offset:end] = sector
        return bytes(content)

    def after(self, way: str, dice: random.Random) -> bytes:
        """What is left of the file after a cut."""
        count = len(self.waiting)
        if way == "only the newest":
            newest = dice.randint(0, 8)
            return self.with_sectors([at >= count - newest for at in range(count)])
        share = {"nothing more": 0.0, "everything": 1.0}.get(way, dice.choice((0.05, 0.3, 0.5, 0.8, 0.95)))
        content = self.with_sectors([dice.random() < share for _ in range(count)])
        if way == "sizes" and count:
            content += bytes(max(0, len(self.with_sectors([True] * count)) - len(content)))
        return content


@dataclass(frozen=True)
class Cut:
    """What a power cut left: the files, and what the person had been told by then."""

    way: str
    said: tuple[str, ...]
    files: dict[str, bytes]

    def lay(self, folder: Path) -> None:
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


class Disk:
    """Plays entries; ``files``: what lay in ``folder`` before, by name."""

    def __init__(self, folder: Path, files: dict[str, bytes]) -> None:
        self.folder = str(folder.resolve())
        self.names = {f"{self.folder}/{name}": File(content) for name, content in files.items()}
        self.safe_names = dict(self.names)
        self.waiting_names: list[dict[str, File | None]] = []
        self.handles: dict[int, File | None] = {}  # None: a folder
        self.said: list[str] = []

    def play(self, entry: Entry) -> None:
        path = entry.data.decode(errors="replace") if entry.kind in (Kind.OPENED, Kind.MADE, Kind.REMOVED, Kind.RENAMED) else ""
        match entry.kind:
            case Kind.SAID:
                self.said.append(entry.data.decode())
            case Kind.OPENED:
                self.handles[entry.handle] = self.names.get(path)
            case Kind.MADE:
                made = self.handles[entry.handle] = File()
                self._name({path: made})
            case Kind.REMOVED:
                self._name({path: None})
            case Kind.RENAMED:
                self._name({entry.second.decode(): self.names[path], path: None})
            case Kind.SYNCED if (file := self.handles[entry.handle]) is None:  # all folders are taken as one
                self.safe_names, self.waiting_names = dict(self.names), []
            case Kind.SYNCED:
                file.sync()
            case Kind.CUT:
                self._file(entry).waiting.append((entry.offset, None))
            case Kind.WRITTEN:
                self._file(entry).write(entry.offset, entry.data)

    def cut(self, way: str, dice: random.Random) -> Cut:
        names = dict(self.safe_names)
        count = len(self.waiting_names)
        for step in self.waiting_names[: {"nothing more": 0, "everything": count}.get(way, dice.randint(0, count))]:
            _apply(names, step)
        files = {path[len(self.folder) + 1 :]: file.after(way, dice) for path, file in names.items()}
        return Cut(way, tuple(self.said), files)

    def _file(self, entry: Entry) -> File:
        file = self.handles[entry.handle]
        assert file is not None, "a folder is not written to"
        return file

    def _name(self, step: dict[str, File | None]) -> None:
        _apply(self.names, step)
        self.waiting_names.append(step)


def _apply(names: dict[str, File], step: dict[str, File | None]) -> None:
    for path, file in step.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def cuts(entries: Sequence[Entry], folder: Path, files: dict[str, bytes], *, count: int, seed: int) -> Iterator[Cut]:
    """``count`` cuts at moments spread over the recording, in every way."""
    dice, disk = random.Random(seed), Disk(folder, files)
    moments: dict[int, list[str]] = {}
    for number in range(count):
        moments.setdefault(dice.randrange(len(entries)), []).append(WAYS[number % len(WAYS)])
    for number, entry in enumerate(entries):
        disk.play(entry)
        for way in moments.get(number, ()):
            yield disk.cut(way, dice)
