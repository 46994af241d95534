"""A Chromium for the tests in a real browser: the machine's own, else one that is fetched.

`ensure_chromium()` may install one and is called once, before the tests.
`chromium_launch_options()` only looks, so that no test waits for a download.
"""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, TypedDict

from playwright.sync_api import Error, sync_playwright

# First the one without the parts that only a screen needs: it does the same pages in less time.
SHELL: Final = "chromium-headless-shell"
NAMES: Final = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox, since tests also run as root in containers; nothing that calls home.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
MISSING: Final = (
    "No Chromium found for the browser tests. Install the package `chromium` of your system "
    "or Google Chrome, or run `.venv/bin/playwright install --with-deps chromium`."
)
PAGE: Final = "<!doctype html><html lang='nb'><title>Prøve</title><h1>Behovstorget</h1>"
ASK_PLAYWRIGHT: Final = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as p: print(p.chromium.executable_path)"
)
PNG_SIGNATURE: Final = b"\x89PNG"


class NoChromiumError(Exception):
    """There is no browser; the message says what to install."""


class LaunchOptions(TypedDict):
    executable_path: str
    headless: bool
    args: list[str]


def chromium_launch_options() -> LaunchOptions:
    """What `playwright.chromium.launch` needs: `chromium.launch(**chromium_launch_options())`."""
    program = find_chromium()
    if program is None:
        raise NoChromiumError(MISSING)
    return launch_options(program)


def launch_options(program: Path) -> LaunchOptions:
    return {"executable_path": str(program), "headless": True, "args": list(ARGUMENTS)}


@functools.cache
def find_chromium() -> Path | None:
    return system_chromium() or playwright_chromium()


def system_chromium() -> Path | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def playwright_chromium() -> Path | None:
    """The one that Playwright has downloaded.

    Asked in a process of its own: Playwright does not start twice in one.
    """
    answer = run(sys.executable, "-c", ASK_PLAYWRIGHT)
    program = Path(answer.stdout.strip()) if answer.returncode == 0 else None
    return program if program and program.exists() else None


def ensure_chromium() -> Path:
    """The first Chromium that shows a page; fetches one where there is none."""
    for way in (system_chromium, playwright_chromium, downloaded_chromium, debian_chromium):
        program = way()
        if program is not None and shows_a_page(program):
            return program
    raise NoChromiumError(MISSING)


def downloaded_chromium() -> Path | None:
    print("No Chromium found: fetching the one of Playwright")
    run(sys.executable, "-m", "playwright", "install", "chromium")
    return playwright_chromium()


def debian_chromium() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    run("apt-get", "update", "--quiet")
    for package in (SHELL, "chromium"):
        print(f"Installing the package {package}")
        packages = (package, "fonts-liberation")
        run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages)
        if shutil.which(package):
            break
    return system_chromium()


def shows_a_page(program: Path) -> bool:
    """Whether it really draws: some are installed but lack what they need to start."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options(program))
            page = browser.new_page()
            page.set_content(PAGE)
            picture = page.screenshot()
            browser.close()
    except Error as error:
        print(f"{program} does not start: {error.message.splitlines()[0]}")
        return False
    return picture.startswith(PNG_SIGNATURE)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may fail, without letting it ask questions."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
