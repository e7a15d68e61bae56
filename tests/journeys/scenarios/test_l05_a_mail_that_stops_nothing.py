"""L5: a host answers "removed" by mail with a header of 100 kB, then by one as others write it.

The first is set aside and said to operators; the second waits for an analyst within a minute; what
else there is to do goes on meanwhile.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox
from tests.browser import Someone
from tests.journeys.scenarios.people import DESK, enters
from tests.live import Live, centre
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole]

PROMISE = 60  # seconds until an answer is heard
BUSY = 30  # more of them that a busy machine may take
A_NOTICE = """
from balise.takedown.notices.models import Notice
waiting = Notice.objects.filter(state__in=("sent", "reminded"), line="hotline")
print("NOTICE", waiting.order_by("id").first().number)
"""
HEARD = """
from balise.takedown.notices.models import Answer
for one in Answer.objects.filter(said="removed", via="mail", received_at__gte="{since}"):
    print("HEARD", one.notice.number, one.received_at.timestamp())
"""
REPORT = "from balise.hotline.reports.tests.makers import make_report; make_report()"


@pytest.fixture(scope="module")
def box() -> Letterbox:
    """Where hosts answer to."""
    return Letterbox()


@pytest.fixture(scope="module")
def live(box: Letterbox, furnished: Path) -> Iterator[Live]:
    """Give a centre that reads this mailbox."""
    with a_mailbox(box, after="delete") as url, centre(furnished, BALISE_INBOX=url) as started:
        yield started


def answer(number: str, *, header: bytes = b"") -> bytes:
    return (
        header
        + b"From: Abuse desk <desk@host.example>\r\n"
        + b"Message-ID: <%d@host.example>\r\n" % len(header)
        + b"Subject: Re: "
        + number.encode()
        + b"\r\n\r\nThe content has been removed.\r\n"
    )


def test_a_mail_that_stops_nothing(someone: Someone, live: Live, box: Letterbox) -> None:
    found = re.search(r"NOTICE (N-\w+)", live.balise("shell", "-v0", "-c", A_NOTICE))
    assert found is not None
    number = found[1]
    operator = someone(locale="fr-FR", viewport=DESK)
    enters(operator, "accounts_admin")
    operator.goto("/staff/oversight/tasks/")
    expect(operator.get_by_text("n’ont pas pu être lus")).to_have_count(0)

    since = datetime.now(UTC)
    box.put(answer(number, header=b"Content-Type: text/plain; " + b";" * 100_000 + b"\r\n"))
    box.put(answer(number))
    counted = _received(live)
    live.balise("shell", "-v0", "-c", REPORT)

    heard = _wait_for(live, HEARD.format(since=since.isoformat()), "HEARD")
    assert heard.split()[1] == number
    assert float(heard.split()[2]) - since.timestamp() <= PROMISE + BUSY
    assert _received(live) == counted + 1  # what else there is to count was counted

    operator.reload()
    row = operator.get_by_role("row").filter(has_text="Boîte des réponses des hébergeurs")
    expect(row).to_contain_text("plus de 8 ko")
    expect(row).to_have_count(1)
    assert list(box.letters) == [1], "the first stays for a person, the second is taken in"
    assert box.letters[1].flags == {"\\Seen", "\\Flagged"}

    analyst = someone(locale="fr-FR", viewport=DESK)
    enters(analyst, "analyst")
    analyst.goto("/staff/takedown/notices/answers/")
    expect(analyst.locator("main")).to_contain_text(number)


def _received(live: Live) -> int:
    """Return how many reports of today are counted, once nothing waits to be."""
    count = (
        "from balise.foundation.clock import today\n"
        "from balise.foundation.journal.verifying import positions\n"
        "from balise.foundation.statistics.queries import totals\n"
        "print('COUNT', positions('statistics', ['hotline'])[0].waiting.facts,"
        " totals('hotline.reports.received', today(), today())[0].count)"
    )

    def told() -> str:
        live.drain()
        waiting, number = live.balise("shell", "-v0", "-c", count).split("COUNT ")[1].split()
        return number if waiting == "0" else ""

    return int(until(told, "facts still wait"))


def _wait_for(live: Live, question: str, word: str) -> str:
    def told() -> str:
        live.drain()
        lines = live.balise("shell", "-v0", "-c", question).splitlines()
        return next((line for line in lines if line.startswith(word)), "")

    return until(told, f"no {word}")
