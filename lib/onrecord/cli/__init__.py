"""The command line ``onrecord``: analyze, report, inspect, evaluate.

In: arguments. Out: files, lines on the screen, an exit status. It never shows a traceback for what an analyst can put
right (that is one line which names the file and the remedy), and never does what Python cannot ask of another room.
"""

from onrecord.cli.entry import main

__all__ = ["main"]
