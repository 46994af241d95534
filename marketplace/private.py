"""Files that only the account we run as may read: they hold secrets, or what people wrote."""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def private_folder(path: Path) -> Path:
    """Make the folder, or close one of ours that was made open."""
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    return _close(path, FOLDER)


def private_file(path: Path) -> Path:
    """Make an empty file unless there is one, and let nobody else read it."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE))
    return _close(path, FILE)


def close_file(path: Path) -> None:
    """Let nobody else read the file, if there is one."""
    if path.exists():
        _close(path, FILE)


def _close(path: Path, mode: int) -> Path:
    # Who does not own it may not change it: then its owner has decided.
    with suppress(PermissionError):
        if path.stat().st_mode & 0o077:
            path.chmod(mode)
    return path
