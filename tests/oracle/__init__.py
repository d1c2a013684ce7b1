"""Every number once more by other hands: plain Python over plain rows, by the definitions alone.

No query decides anything here and nothing of the program's own numbers is used: where the two differ, one of them is wrong.
"""
