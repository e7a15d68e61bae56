"""Look whether pages of others are still there: one at a time, and a pause for each host."""

import time
from collections.abc import Iterable, Iterator
from typing import Final

from balise.awareness.publications.management.fetching import NotRead, status
from balise.awareness.publications.rules.links import GONE, in_turn
from balise.foundation.url import split_url

PAUSE: Final = 2.0  # seconds between two requests to one host
DEAD, SILENT = "link-dead", "link-without-answer"


def faulty_links(links: Iterable[str], *, pause: float = PAUSE) -> Iterator[tuple[str, str, str]]:
    """Yield each link that does not lead to a page: the link, DEAD or SILENT, and why.

    Only a page that says that it is gone is dead; another error may pass.
    """
    asked: dict[str, float] = {}
    for link in in_turn(links):
        host = split_url(link).netloc.lower()
        time.sleep(max(0.0, asked.get(host, 0.0) + pause - time.monotonic()))
        try:
            found = status(link)
        except NotRead as fault:
            yield link, SILENT, str(fault)
        else:
            if found in GONE:
                yield link, DEAD, f"http-{found}"
            elif found >= 400:  # noqa: PLR2004 - the first status that is an error
                yield link, SILENT, f"http-{found}"
        asked[host] = time.monotonic()
