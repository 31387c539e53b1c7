"""The command line ``onrecord``: arguments in, exit status out; errors are one line, never a traceback."""

from onrecord.cli.entry import main

__all__ = ["main"]
