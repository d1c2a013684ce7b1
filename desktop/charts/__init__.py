"""Figures, drawn alike on screen and on paper."""

from desktop.charts.figure import PAPER, Bars, Bridge, Bullet, Figure, Funnel, Heat, Level, Palette, Ranks, Trend

__all__ = ["PAPER", "Bars", "Bridge", "Bullet", "Figure", "Funnel", "Heat", "Level", "Palette", "Ranks", "Trend"]
