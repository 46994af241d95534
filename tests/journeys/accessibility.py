"""axe-core in the page under test, and our own check of the narrow screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    """Every fault on a page that has `AXE` in it, also content wider than the screen."""
    found = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules},"
        " resultTypes: ['violations'], selectors: false}).then(result => result.violations)",
        RULES,
    )
    where = page.url
    faults = [
        f"{where}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]
    return faults + _overflow(page)


def _overflow(page: Page) -> list[str]:
    wide = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{page.url}: wider than the screen by {wide} px"] if wide > 1 else []
