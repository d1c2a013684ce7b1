"""The icon of the Windows program."""

from PySide6.QtGui import QImageReader

from build_scripts import icon


def test_every_size_is_in_it_and_is_not_empty(tmp_path, house):
    reader = QImageReader(str(icon.write(tmp_path / "lamp.ico")))

    assert reader.imageCount() == len(icon.SIZES)
    for at, size in enumerate(icon.SIZES):
        reader.jumpToImage(at)
        image = reader.read()
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
