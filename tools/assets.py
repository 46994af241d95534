"""Fetch the styles, scripts and fonts of the web interface and copy them into place.

`python -m tools.assets` runs `npm ci`, then fills `marketplace/ui/static/vendor/` afresh. That
folder is made, never edited, and git ignores it. What tests need (axe-core) stays in
`node_modules/`.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
NODE_MODULES: Final = ROOT / "node_modules"
VENDOR: Final = ROOT / "marketplace" / "ui" / "static" / "vendor"
NODE_LOCK: Final = ROOT / "requirements-node.lock"

OLDEST_NPM: Final = 10

FILES: Final = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet-theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "designsystemet.LICENSE": "@digdir/designsystemet-css/LICENSE",
    "designsystemet.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "inter.LICENSE": "@fontsource-variable/inter/LICENSE",
}

# Norwegian needs `latin`; the Sámi letters of names and places are in `latin-ext`.
FONT: Final = "@fontsource-variable/inter"
FONT_SUBSETS: Final = ("latin", "latin-ext")
FONT_FACE: Final = """\
@font-face {{
  font-family: Inter;
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("{file}") format("woff2");
  unicode-range: {characters};
}}
"""

SOURCE_MAP: Final = re.compile(
    r"^//# sourceMappingURL=.*$|/\*# sourceMappingURL=.*?\*/", re.MULTILINE
)
# An address that a browser would fetch; the name of the SVG format inside a `data:` image is none.
OUTSIDE_ADDRESS: Final = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//[^"')]+""")


class AssetError(Exception):
    """The assets could not be made; the message says what to do."""


def main() -> int:
    try:
        install(find_npm())
        copy_assets()
    except AssetError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def find_npm() -> Path:
    """The machine's npm where it is new enough, else one in the virtual environment."""
    system_npm = shutil.which("npm")
    if system_npm and npm_major(Path(system_npm)) >= OLDEST_NPM:
        return Path(system_npm)
    own_npm = Path(sys.executable).parent / "npm"
    if not own_npm.exists():
        print(f"No npm {OLDEST_NPM} or newer found: installing Node.js into the environment")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--no-deps", "-r", str(NODE_LOCK)])
    return own_npm


def npm_major(npm: Path) -> int:
    try:
        answer = subprocess.run(
            [npm, "--version"], capture_output=True, text=True, check=True, timeout=60
        )
        return int(answer.stdout.strip().split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


def install(npm: Path) -> None:
    run([str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])


def run(command: list[str]) -> None:
    try:
        subprocess.run(command, cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"`{' '.join(command)}` failed: {error}"
        raise AssetError(message) from error


def copy_assets() -> None:
    """Fill the folder beside its final place and swap it in, so that it is never half full."""
    unfinished = VENDOR.with_name("vendor.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for target, source in FILES.items():
        text = (NODE_MODULES / source).read_text(encoding="utf-8")
        (unfinished / target).write_text(served_text(target, text), encoding="utf-8")
    copy_fonts(unfinished)
    shutil.rmtree(VENDOR, ignore_errors=True)
    unfinished.rename(VENDOR)


def served_text(name: str, text: str) -> str:
    """The text without a link to its source map, which we do not serve.

    Refuses a style sheet that would make browsers fetch something from elsewhere.
    """
    if name.endswith(".css") and (found := OUTSIDE_ADDRESS.search(text)):
        message = f"{name} refers to something outside: {found.group()}"
        raise AssetError(message)
    return SOURCE_MAP.sub("", text).rstrip() + "\n"


def copy_fonts(target: Path) -> None:
    package = NODE_MODULES / FONT
    characters: dict[str, str] = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    faces = []
    for subset in FONT_SUBSETS:
        file = f"inter-{subset}.woff2"
        shutil.copyfile(package / "files" / f"inter-{subset}-wght-normal.woff2", target / file)
        faces.append(FONT_FACE.format(file=file, characters=characters[subset]))
    (target / "inter.css").write_text("\n".join(faces), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
