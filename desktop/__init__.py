"""Cheragh (چراغ): the numbers that decide a small shop, kept in one book on one computer."""

import time

__version__ = "0.1.0"
STARTED = time.perf_counter()
