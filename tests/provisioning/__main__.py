"""Make sure, before the tests, that what they need is there: PostgreSQL and a browser."""

import sys

from sqlalchemy import create_engine, text

from tests.provisioning.chromium import NoChromiumError, ensure_chromium
from tests.provisioning.postgres import running_postgres


def main() -> int:
    try:
        print(f"PostgreSQL {postgres_version()}")
        print(f"Browser {ensure_chromium()}")
    except (NoChromiumError, RuntimeError) as error:
        print(f"provisioning: {error}", file=sys.stderr)
        return 1
    return 0


def postgres_version() -> str:
    """Start a server, connect as the application does, and ask."""
    with running_postgres() as server:
        engine = create_engine(server.create_database("provisioning"))
        with engine.connect() as connection:
            version: str = connection.execute(text("SHOW server_version")).scalar_one()
        engine.dispose()
    return version


if __name__ == "__main__":
    sys.exit(main())
