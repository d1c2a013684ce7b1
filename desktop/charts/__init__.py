"""Figures as frozen values that draw themselves, alike on screen and on paper.

Series run from the oldest to the newest; None is a place where there is no number (yet).
"""

from desktop.charts.bars import Bars, Level
from desktop.charts.canvas import PAPER, Canvas, Palette
from desktop.charts.shares import Bridge, Bullet, Heat, Ranks
from desktop.charts.trend import Trend

__all__ = ["PAPER", "Bars", "Bridge", "Bullet", "Canvas", "Heat", "Level", "Palette", "Ranks", "Trend"]
