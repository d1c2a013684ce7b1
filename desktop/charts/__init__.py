"""Figures, drawn alike on screen and on paper."""
