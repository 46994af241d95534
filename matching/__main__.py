"""Lets `python -m matching` run the command line."""

from matching.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
