"""Print how the ranking compares with its peers on folders of judged collections.

Usage: python -m bench.ranking FOLDER...
The same as `python -m matching evaluate --compare FOLDER...`, and says so.
"""

from __future__ import annotations

import shlex
import sys

from matching.cli import main

if __name__ == "__main__":
    command = ["evaluate", "--compare", *sys.argv[1:]]
    print("python -m matching", shlex.join(command))
    raise SystemExit(main(command))
