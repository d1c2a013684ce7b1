"""Cheragh (چراغ): the numbers that decide a small shop, kept in one book on one computer."""

__version__ = "0.1.0"
