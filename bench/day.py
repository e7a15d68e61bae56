"""A working day, replayed: the keys and clicks of a listener for a contact, of an analyst for a
verdict.

    .venv/bin/python bench/day.py [--contacts 40] [--contents 300] [--json] [--furnished FOLDER]

A demonstration centre is started, in which nobody waits. A listener takes one contact after the
other in Chromium: the person says something three times, is answered three times, the record is
filled in as the house asks and closed; every fourth chat is over before it began. Then an analyst
takes one content after the other: opens it, goes to see where the text is not enough, decides, with
the questions of the law for what is illegal, and saves. What a person presses and clicks is counted
(`played/hands.py` says how); the words that they write are set aside. At the end the centre must
have every record and every verdict as it was meant. Only `played/listening.py` and
`played/judging.py` know the screens.

The rests that protect an analyst after the gravest contents are left out of the replay.
"""

import argparse
import http.client
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.played.contacts import Contact, contacts  # noqa: E402
from bench.played.contents import Content, contents  # noqa: E402
from bench.played.hands import Count, Hands  # noqa: E402
from bench.played.judging import Judging  # noqa: E402
from bench.played.listening import Listening  # noqa: E402
from playwright.sync_api import Browser, expect, sync_playwright  # noqa: E402
from tests import temporary  # noqa: E402
from tests.browser import IN_TIME, QUIET, installed  # noqa: E402
from tests.journeys.scenarios.people import enters as enter, report_many  # noqa: E402
from tests.live import NOBODY_RESTS, NOBODY_WAITS, Live, centre, furnish  # noqa: E402

RESTS_AFTER = frozenset({"csam", "terrorism"})
# What a demonstration lets wait is in someone else's hands all day.
NOTHING_WAITS = """
from datetime import timedelta
from uuid import uuid4
from balise.foundation.clock import now
from balise.hotline.reports.models import Content
Content.objects.update(claimed_by=str(uuid4()), claimed_at=now() + timedelta(days=1))
"""
COMES = {
    "chat": """
from balise.helpline.conversations.actions import saying
print("CAME", saying.ask(nickname={nickname!r}, language="fr", age={age!r}).token)
""",
    "message": """
from uuid import uuid4
from balise.foundation.encryption.worded import new_receipt
from balise.helpline.channels.actions import receiving
from balise.helpline.channels.rules import Audience
receiving.begin(token=new_receipt(), message_id=uuid4(), text={text!r},
    audience=Audience.PARENT, language="fr")
print("CAME")
""",
    "call_back": """
from datetime import timedelta
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script
moment = now()
calling_back.ask_call_back(number="+33 1 99 00 12 34", since=moment,
    until=moment + timedelta(hours=2), script=Script.FRIEND, by=ANYONE)
calling_back.queue_due()
print("CAME")
""",
}
KEPT = """
import json
from balise.helpline.contacts.models import Fact
from balise.hotline.reports.models import Assessment
names = ("kind", "risk", "age", "gender", "caller", "topics", "place", "actions_taken", "outcome")
print("KEPT", json.dumps([
    [list(one) for one in Fact.objects.values_list(*names)],
    [list(one) for one in Assessment.objects.values_list("verdict", "category", "confidence")],
]))
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one contact or one verdict of a kind took."""

    kind: str
    count: Count


class Young:
    """A young person's browser, as far as a chat goes: it says something."""

    def __init__(self, live: Live, token: str) -> None:
        self._where = urlsplit(live.address)
        self._token = token

    def says(self, text: str) -> None:
        """Send a message."""
        csrf = "c" * 32
        fields = {"csrfmiddlewaretoken": csrf, "text": text, "client_id": str(uuid4())}
        asked = http.client.HTTPConnection(self._where.netloc)
        head = {
            "X-Talk": "1",
            "Cookie": f"csrf={csrf}; talk={self._token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        asked.request("POST", "/fr/talk/say/", urlencode(fields), head)
        answer = asked.getresponse()
        assert answer.status == HTTPStatus.OK, answer.status
        asked.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--contacts", type=int, default=40)
    parser.add_argument("--contents", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--furnished", type=Path, help="keep the centre as it is set up here")
    asked = parser.parse_args()
    with temporary.folder() as folder:
        home = asked.furnished or folder / "furnished"
        if not home.exists():
            home.mkdir(mode=0o700)
            furnish(home)
        # One person does what many do in a day: nobody is asked to slow down.
        calm = {"BALISE_WRITES_NEARBY": "0", "BALISE_WRITES_IN_ALL": "0"}
        with centre(home, **calm) as live, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
            people, cases = list(contacts(asked.contacts)), list(contents(asked.contents))
            before = kept(live)
            found = {
                "contact": listen(browser, live, people),
                "verdict": judge(browser, live, cases),
            }
            browser.close()
            if asked.json:
                told = {name: [asdict(one) for one in taken] for name, taken in found.items()}
                print(json.dumps(told))
            else:
                show(found)
            check(before, kept(live), people, cases)


def listen(browser: Browser, live: Live, people: Sequence[Contact]) -> list[Taken]:
    """Let a listener help everyone; return what each contact took."""
    live.balise("shell", "-v0", "-c", NOBODY_WAITS)
    taken = []
    with at_work(browser, live, "listener") as hands:
        work = Listening(hands)
        work.sits()
        hands.taken()
        coming = comes(live, people[0]) if people else None
        for number, one in enumerate(people):
            young = coming
            work.takes()
            talk(work, one, young)
            work.records(one.record)
            # The next one waits already when this one is closed.
            coming = comes(live, people[number + 1]) if number + 1 < len(people) else None
            work.closes()
            is_short = one.kind == "chat" and len(one.answers) == 1
            kind = "short chat" if is_short else one.kind.replace("_", "-")
            taken.append(Taken(kind, hands.taken()))
            tell(f"contact {number + 1} of {len(people)}")
    return taken


def comes(live: Live, one: Contact) -> Young | None:
    """Let someone wait; return who can say something, of a chat."""
    given = {
        "nickname": one.nickname,
        "age": one.record.age if one.tells_age else None,
        "text": "".join(one.says),
    }
    said = live.balise("shell", "-v0", "-c", COMES[one.kind].format(**given))
    return Young(live, said.split("CAME ")[1].strip()) if one.kind == "chat" else None


def talk(work: Listening, one: Contact, young: Young | None) -> None:
    """Let them say what they say, in turns; call who is to be called back."""
    if one.kind == "call_back":
        work.calls()
    for number, answer in enumerate(one.answers):
        if young is not None and number < len(one.says):
            young.says(one.says[number])
            expect(work.page.get_by_text(one.says[number]).first).to_be_visible()
        work.answers(one, answer)


def judge(browser: Browser, live: Live, cases: Sequence[Content]) -> list[Taken]:
    """Let an analyst decide everything; return what each verdict took."""
    live.balise("shell", "-v0", "-c", NOTHING_WAITS)
    reports = [
        (one.address, {"category": one.reported, "description": "Vu dans un fil public."})
        for one in cases
    ]
    for first in range(0, len(reports), 50):
        report_many(live, *reports[first : first + 50])
    known = {one.address: one for one in cases}
    taken = []
    with at_work(browser, live, "analyst") as hands:
        work = Judging(hands)
        work.begins()
        hands.taken()
        for number in range(len(cases)):
            work.takes()
            one = known.pop(work.opens())
            if one.is_visited:
                work.goes_there()
            work.decides(one)
            work.saves()
            taken.append(Taken(one.verdict, hands.taken()))
            if one.reported in RESTS_AFTER:
                live.balise("shell", "-v0", "-c", NOBODY_RESTS)
            tell(f"content {number + 1} of {len(cases)}")
    return taken


@contextmanager
def at_work(browser: Browser, live: Live, role: str) -> Iterator[Hands]:
    """Give the hands of someone who has signed in as the first account of a role."""
    context = browser.new_context(
        base_url=live.address,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(IN_TIME)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    enter(page, role)
    yield Hands(page)
    context.close()
    assert not faults, faults


def kept(live: Live) -> tuple[Counter[str], Counter[str]]:
    """Return the facts and the verdicts that the centre has, each as often as it has it."""
    said = live.balise("shell", "-v0", "-c", KEPT).split("KEPT ")[1]
    facts, verdicts = json.loads(said)
    for fact in facts:
        fact[:] = (sorted(one) if isinstance(one, list) else one for one in fact)
    return Counter(map(json.dumps, facts)), Counter(map(json.dumps, verdicts))


def check(
    before: tuple[Counter[str], Counter[str]],
    after: tuple[Counter[str], Counter[str]],
    people: Sequence[Contact],
    cases: Sequence[Content],
) -> None:
    """Refuse a day whose records and verdicts are not what they were meant to be."""
    facts = Counter(
        json.dumps(
            [
                one.record.contact_type,
                one.record.risk or "F",
                one.record.age,
                one.record.gender,
                one.record.caller,
                sorted(one.record.topics),
                one.record.place,
                sorted(one.record.actions),
                one.record.outcome,
            ]
        )
        for one in people
    )
    verdicts = Counter(json.dumps([one.verdict, one.category, "sure"]) for one in cases)
    made = [has - had for had, has in zip(before, after, strict=True)]
    assert made[0] == facts, f"records: {made[0] - facts}\n{facts - made[0]}"
    # A demonstration closes a few contents by itself.
    assert verdicts <= made[1], f"verdicts: {verdicts - made[1]}"


def show(found: dict[str, list[Taken]]) -> None:
    """Print what one of each kind takes, in the middle and on average."""
    print(f"{'':<26}{'many':>5}{'keys':>7}{'clicks':>8}{'both':>7}{'median':>8}{'words':>8}")
    for name, taken in found.items():
        if not taken:
            continue
        kinds = dict.fromkeys(one.kind for one in taken)
        for kind in (*kinds, ""):
            counts = [one.count for one in taken if kind in {"", one.kind}]
            keys, clicks, both, words = (
                statistics.mean(getattr(one, what) for one in counts)
                for what in ("keys", "clicks", "all", "words")
            )
            middle = statistics.median(one.all for one in counts)
            label = f"  {kind}" if kind else f"each {name}"
            print(
                f"{label:<26}{len(counts):>5}{keys:>7.1f}{clicks:>8.1f}{both:>7.1f}{middle:>8.1f}"
                f"{words:>8.1f}"
            )
        chords = sum(one.count.chords for one in taken)
        print(
            f"{'in all':<26}{'':>5}{sum(one.count.keys for one in taken):>7,}"
            f"{sum(one.count.clicks for one in taken):>8,}, of the keys {chords:,} with Ctrl or Alt"
        )


def tell(words: str) -> None:
    """Say how far it is, to whoever waits at a terminal."""
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
