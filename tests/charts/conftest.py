"""A Qt application without a screen, and pictures to draw on."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.charts import PAPER, Canvas
from desktop.charts.fonts import install_fonts


@pytest.fixture(scope="session")
def application():
    running = QApplication.instance() or QApplication([])
    install_fonts()
    return running


@pytest.fixture
def picture(application):
    """``draw`` on a white picture, and get it back."""

    def made(draw, width=600, height=240):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        pen = QPainter(image)
        draw(pen)
        pen.end()
        return image

    return made


@pytest.fixture
def canvas(application):
    return Canvas(QPainter(), PAPER, rtl=True)
