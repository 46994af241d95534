"""axe-core in the page under test, and our own check of the narrow screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Axe:
    def __init__(self) -> None:
        self._script = AXE.read_text(encoding="utf-8")

    def complaints(self, page: Page) -> list[str]:
        """Every fault on the page, with its place; also content wider than the screen."""
        page.evaluate(self._script)
        found = page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}})"
            ".then(result => result.violations)",
            RULES,
        )
        where = page.url
        faults = [
            f"{where}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
            for fault in found
            for node in fault["nodes"]
        ]
        return faults + self._overflow(page)

    def _overflow(self, page: Page) -> list[str]:
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return [f"{page.url}: wider than the screen by {wide} px"] if wide > 1 else []
