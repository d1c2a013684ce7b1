"""Figures, drawn alike on screen and on paper."""

from desktop.charts.figure import PAPER, Bars, Bridge, Figure, Funnel, Heat, Palette, Ranks, Trend

__all__ = ["PAPER", "Bars", "Bridge", "Figure", "Funnel", "Heat", "Palette", "Ranks", "Trend"]
