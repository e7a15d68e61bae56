"""What comes in: a thousand mails from a mailbox, and a day of calls over a line that is cut.

Both from servers of ours on the loopback. The bound of the mails is reading them and nothing else.
The calls are 150, told over AMI as fast as they are taken, each event twice, the line cut twenty
times in the middle of one; what is written down is compared with what was so.

    .venv/bin/python bench/channels.py [postgresql]     # on SQLite, or on a PostgreSQL of its own
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from email.message import EmailMessage
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

MAILS = 1_000
CALLS = 150
CUTS = 20
BALISE = str(ROOT / ".venv/bin/balise")


def mail(number: int) -> bytes:
    """Return a mail of someone."""
    one = EmailMessage()
    one["From"], one["Subject"] = f"someone{number}@mailbox.example", "Moi"
    one["Message-ID"] = f"<{number}@mailbox.example>"
    one.set_content("On se moque de moi sur un réseau.\n" * 20)
    return one.as_bytes()


def mails() -> None:
    """Take the mails in, and print how long it took."""
    from django.conf import settings  # noqa: PLC0415 - settings first

    from balise.foundation.mail.receiving import take_new  # noqa: PLC0415
    from balise.foundation.mail.tests.mailbox import Letterbox, a_mailbox  # noqa: PLC0415
    from balise.helpline.channels.tasks.arriving import read_mailbox  # noqa: PLC0415
    from balise.helpline.queue import queries as queue  # noqa: PLC0415

    made = [mail(number) for number in range(MAILS)]
    bound = Letterbox()
    bound.put(*made)
    start = time.perf_counter()
    with a_mailbox(bound, after="seen") as url:
        take_new(url, keep=lambda _mail: True, at_most=MAILS)
    alone = time.perf_counter() - start
    box = Letterbox()
    box.put(*made, *made[:100])  # some come twice
    busy = time.process_time()
    start = time.perf_counter()
    with a_mailbox(box, after="seen") as settings.HELPLINE_INBOX:
        while any("\\Seen" not in letter.flags for letter in box.letters.values()):
            read_mailbox.func()
    took, busy = time.perf_counter() - start, time.process_time() - busy
    waiting = sum(queue.live().waiting.values())
    print(
        f"{MAILS:,} mails, 100 of them twice     {took:6.1f} s   "
        f"processor {busy / MAILS * 1_000:.1f} ms each   waiting {waiting:,}"
    )
    print(f"bound: the same mails read alone   {alone:6.1f} s   {alone / took:.0%} of it")


def calls() -> None:
    """Play the day, and print whether it is right."""
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415 - settings first
    from balise.helpline.telephony import queries  # noqa: PLC0415
    from balise.helpline.telephony.doubles.asterisk import Asterisk, an_asterisk, wait_until_heard  # noqa: PLC0415
    from balise.helpline.telephony.management.lines.ami import AmiLine  # noqa: PLC0415
    from balise.helpline.telephony.management.lines.calling import follow  # noqa: PLC0415
    from balise.helpline.telephony.rules.lines import read_ami_url  # noqa: PLC0415

    chance, stop, count = Random(1), threading.Event(), [0]  # noqa: S311 - a play
    with an_asterisk(Asterisk(repeats=True)) as pbx:
        line = AmiLine(read_ami_url(pbx.url))
        really = line.listen

        def listen(*, stop: threading.Event, ready: object) -> None:  # noqa: ARG001
            really(stop=stop, ready=pbx.heard.set)

        line.listen = listen  # type: ignore[method-assign, assignment]

        def tell(events: list[dict[str, str]]) -> None:
            count[0] += len(pbx.tell(events))
            if not pbx.heard.is_set():
                wait_until_heard(pbx)

        def play() -> None:
            wait_until_heard(pbx)
            cut_at = set(chance.sample(range(CALLS), CUTS))
            for number in range(CALLS):
                call, events = pbx.house.join(f"{number}.1")
                tell(events)
                if number in cut_at:
                    pbx.cuts_at = 30
                if chance.random() < 0.8:  # noqa: PLR2004 - most are answered
                    tell(pbx.house.answer(call))
                tell(pbx.house.end(call))
            pbx.cut()
            wait_until_heard(pbx)
            stop.set()

        thread = threading.Thread(target=play)
        start = time.perf_counter()
        thread.start()
        follow(line, stop=stop, wait=lambda _seconds: None)
        thread.join()
        took = time.perf_counter() - start
        truths = list(pbx.house.calls.values())
    day = queries.day(seen_by=SYSTEM, source="pbx")
    print(
        f"{CALLS} calls over AMI, {CUTS} cuts       {took:6.1f} s   {count[0] / took:6.0f} events/s"
    )
    print(
        f"known {day.offered} of {len(truths)}, answered {day.answered} of "
        f"{sum(one.is_answered for one in truths)}, hung up while waiting {day.abandoned} of "
        f"{sum(one.is_abandoned for one in truths)}; the rest ended in a cut, by nobody knows whom"
    )


def measure() -> None:
    """Measure both."""
    import logging  # noqa: PLC0415

    import django  # noqa: PLC0415 - settings first

    django.setup()
    logging.disable(logging.WARNING)
    mails()
    calls()


def main() -> None:
    """Measure on SQLite; with `postgresql`, on the database that the environment names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("BALISE_")}
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_SECRET_KEY": "b" * 60}
        env |= {"DJANGO_SETTINGS_MODULE": "balise.config.settings"}
        env.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        print(f"database: {env['DATABASE_URL'].split(':')[0]}")
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        subprocess.run([sys.executable, __file__, "measure"], env=env, check=True)


if __name__ == "__main__":
    if "measure" in sys.argv:
        measure()
    elif "postgresql" in sys.argv and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "tests.postgres", sys.executable, __file__, "postgresql"]
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    else:
        main()
