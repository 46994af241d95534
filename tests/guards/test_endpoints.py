"""Every endpoint and who may use it, in one file that changes in the same commit as a route."""

from pathlib import Path

from flask import Flask

from marketplace.ui.access import rule_of

INVENTORY = Path(__file__).with_name("endpoints.txt")


def list_endpoints(app: Flask) -> list[str]:
    rows = set()
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        rows.add(f"{rule.rule} | {methods} | {rule_of(app, rule.endpoint) or 'NOT DECLARED'}")
    return sorted(rows)


def test_every_endpoint_declares_who_may_use_it(whole_app: Flask) -> None:
    undeclared = [row for row in list_endpoints(whole_app) if row.endswith("NOT DECLARED")]
    assert undeclared == []


def test_the_inventory_of_endpoints_is_up_to_date(whole_app: Flask) -> None:
    """Write the file anew with `python -m tests.guards.test_endpoints`, and read the difference."""
    assert INVENTORY.read_text(encoding="utf-8").splitlines() == list_endpoints(whole_app)


def test_an_endpoint_without_a_declaration_is_refused(whole_app: Flask) -> None:
    whole_app.view_functions["home"], kept = lambda: "open", whole_app.view_functions["home"]
    try:
        assert whole_app.test_client().get("/").status_code == 403
    finally:
        whole_app.view_functions["home"] = kept


if __name__ == "__main__":
    from marketplace.app import create_app
    from marketplace.config import load_settings

    INVENTORY.write_text(
        "\n".join(list_endpoints(create_app(load_settings()))) + "\n", encoding="utf-8"
    )
