"""The lamp as Windows wants it: one .ico file, drawn from the same SVG as everywhere."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from build_scripts.machine import ROOT

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)  # pixels


def write(out: Path) -> Path:
    """``out``, with one PNG a size in it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(ROOT / "resources/icons/cheragh.svg"))
    pictures = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        QImageWriter(buffer, b"png").write(image)
        pictures.append(bytes(buffer.data().data()))
    del application
    head, at = struct.pack("<HHH", 0, 1, len(SIZES)), 6 + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(head + b"".join(pictures))
    return out
