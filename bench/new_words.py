"""Time the matches of a need while a changed vocabulary is taken into use.

Usage: python -m bench.new_words [--scale N] [--at-once]
The words change, and one page after the other is asked for until they count. As in a process that
serves pages, the texts are read anew beside; with --at-once by the first page, as the worker does.
"""

import argparse
import statistics
import time

from bench.pages import Visitor, demo_person, names, site
from marketplace.core.actor import Role
from marketplace.matches.index import concepts_index
from marketplace.ui.web import WebApplication
from marketplace.vocabulary import services
from tests.factories import actor_for, make_member

WORDS = ["kvartalsvert", "nabolagskjenner"]
PAGE = "/needs/{need}/matches"
PAUSE = 0.05


def change_words(app: WebApplication) -> None:
    with app.database.writing() as session:
        administrator = actor_for(make_member(session, Role.ADMINISTRATOR))
        services.add_group(session, administrator, words=WORDS, reason="To be timed")
        session.commit()


def are_in_use(app: WebApplication) -> bool:
    with app.database.reading() as session:
        known = concepts_index(session).thesaurus
        return any(WORDS[0] in group.members for group in known)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.new_words", description=__doc__)
    parser.add_argument("--scale", type=int, default=10_000, metavar="N")
    parser.add_argument("--at-once", action="store_true", help="the first page reads all anew")
    wanted = parser.parse_args()
    with site(None, wanted.scale) as app:
        app.database.serves_pages = not wanted.at_once
        with app.database.reading() as session:
            person = demo_person(session, Role.UNIT_MEMBER)
            address = PAGE.format(**names(session, person))
        visitor = Visitor(app, person)
        usual = statistics.median(visitor.get(address)[0] for _ in range(9))
        change_words(app)
        start, took = time.perf_counter(), list[float]()
        while not are_in_use(app):
            took.append(visitor.get(address)[0])
            time.sleep(PAUSE)
        whole = time.perf_counter() - start
    print(f"{wanted.scale} needs and concepts: a page takes {1000 * usual:.0f} ms,", end=" ")
    print(f"and until the new words count, {whole:.1f} s later,", end=" ")
    print(f"{1000 * statistics.median(took):.0f} ms, at worst {1000 * max(took):.0f} ms")


if __name__ == "__main__":
    main()
