"""The command line: `python -m matching rank|evaluate`."""

from matching.cli.command_line import main

__all__ = ["main"]
