"""From verdicts to sent notices: decide, draft, send, grouped for each host, everything on.

    bench/notices.py [COUNT]

COUNT contents (10,000) at 40 hosts are decided illegal one after the other, as one analyst would,
and a notice about each is drafted, checked and sent. `balise work` runs beside it with a real mail
server on the loopback. Contacts group for a minute, fifty notices to a mail. Every notice must have
arrived once. Beside it, the very same mails sent by smtplib alone: the bound; and the way not
taken, one mail for each notice, by smtplib as well.
"""

import csv
import email
import email.policy
import os
import re
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

COUNT = 10_000
HOSTS = 40
GOAL_SECONDS = 600.0
BALISE = Path(sys.executable).with_name("balise")
NUMBER = re.compile(r"^N-[0-9A-F]{8}$", re.MULTILINE)
SUBJECT_NUMBER = re.compile(r"N-[0-9A-F]{8}")
WORDS = "La page appelle à frapper des personnes à raison de leur origine, ce que la loi interdit."


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        home, mails = Path(folder) / "home", Path(folder) / "mails"
        port = free_port()
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        os.environ.clear()
        os.environ |= ours | {
            "BALISE_HOME": str(home),
            "BALISE_MAIL": f"smtp://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "balise.config.settings",
        }
        subprocess.run([BALISE, "setup"], check=True, stdout=subprocess.DEVNULL)
        fill(Path(folder) / "reports.csv", count)
        server = [sys.executable, "-m", "balise.config.mailbox", str(port), str(mails)]
        with (
            subprocess.Popen(server, stdout=subprocess.DEVNULL) as office,
            subprocess.Popen(
                [BALISE, "work"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as worker,
        ):
            try:
                wait_for(port)
                before = processor(worker.pid)
                decided, done, ours = run(count)
                theirs = processor(worker.pid) - before
                tell(count, decided, done, mails)
                each = f"{ours / count:.1f} ms deciding, {theirs / count:.1f} ms the worker"
                print(f"processor for each: {each}")
                compare(count, done, mails, port)
            finally:
                for process in (worker, office):
                    process.terminate()


def fill(file: Path, count: int) -> None:
    """Import a report of each content, and make the hosts with a contact each."""
    with file.open("w", encoding="utf-8", newline="") as written:
        table = csv.writer(written, delimiter=";")
        table.writerow(("address", "category"))
        table.writerows(
            (f"https://host{number % HOSTS}.example/page/{number}", "hate")
            for number in range(count)
        )
    subprocess.run([BALISE, "import-reports", file], check=True, stdout=subprocess.DEVNULL)

    import django  # noqa: PLC0415 - settings first

    django.setup()
    from balise.foundation.actors import SYSTEM  # noqa: PLC0415
    from balise.takedown.directory.tests.makers import make_contact, make_host  # noqa: PLC0415
    from balise.takedown.notices.actions import sending  # noqa: PLC0415

    for number in range(HOSTS):
        name = f"host{number}.example"
        contact_id = make_contact(make_host(name, domains=(name,)), f"abuse@{name}")
        sending.set_customs(contact_id=contact_id, group_minutes=1, always_open=True, by=SYSTEM)


def run(count: int) -> tuple[float, float, float]:
    """Decide and notify; return the seconds until all was decided, and until all was sent.

    The third is the milliseconds of processor that deciding took here.
    """
    from balise.foundation.accounts.tests.makers import make_actor  # noqa: PLC0415
    from balise.foundation.clock import today  # noqa: PLC0415
    from balise.hotline.reports.actions import assessing, claiming, notifying  # noqa: PLC0415
    from balise.hotline.reports.actions.assessing import Decision  # noqa: PLC0415
    from balise.hotline.reports.models import Content  # noqa: PLC0415
    from balise.hotline.reports.rules.words import Confidence, Verdict  # noqa: PLC0415
    from balise.takedown.notices.actions import sending  # noqa: PLC0415
    from balise.takedown.notices.models import Notice  # noqa: PLC0415

    analyst = make_actor("analyst")
    decision = Decision(
        verdict=Verdict.ILLEGAL,
        category="hate",
        offence="hate-incitement",
        facts_on=today(),
        confidence=Confidence.SURE,
        rationale=WORDS,
    )
    contents = list(Content.objects.order_by("id").values_list("id", flat=True))
    assert len(contents) == count, len(contents)
    start, busy = time.perf_counter(), time.process_time()
    for content_id in contents:
        claiming.claim(content_id=content_id, by=analyst)
        claiming.note_opened(content_id=content_id, by=analyst)
        assessing.assess(content_id=content_id, decision=decision, by=analyst)
        notice_id = notifying.draft_notice(
            content_id=content_id,
            explanation=WORDS,
            details="",
            in_good_faith=True,
            names_notifier=True,
            by=analyst,
        )
        sending.send(notice_id=notice_id, by=analyst)
    decided, busy = time.perf_counter() - start, 1e3 * (time.process_time() - busy)
    while Notice.objects.exclude(state="sent").exists():
        time.sleep(0.5)
        assert time.perf_counter() - start < 4 * GOAL_SECONDS, "it does not end"
    return decided, time.perf_counter() - start, busy


def processor(pid: int) -> float:
    """Return the milliseconds of processor that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1e3 / os.sysconf("SC_CLK_TCK")


def tell(count: int, decided: float, done: float, mails: Path) -> None:
    """Print how long it took, and whether each notice arrived once."""
    arrived: Counter[str] = Counter()
    files = sorted(mails.glob("*.eml"))
    for file in files:
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        text = mail.get_content().replace("\r\n", "\n")
        numbers = set(NUMBER.findall(text))
        arrived.update(numbers or set(SUBJECT_NUMBER.findall(str(mail["Subject"]))))
    twice = sum(times > 1 for times in arrived.values())
    print(f"{count:,} verdicts at {HOSTS} hosts, everything on")
    print(f"{'decided, drafted, put on their way':<46}{decided:>8.1f} s{count / decided:>9.0f}/s")
    print(f"{'and all sent (a minute of it is grouping)':<46}{done:>8.1f} s{count / done:>9.0f}/s")
    print(f"mails {len(files):,}, notices in each {count / len(files):.1f}")
    print(f"arrived {len(arrived):,}, lost {count - len(arrived)}, twice {twice}")
    limit = GOAL_SECONDS * count / COUNT
    verdict = "met" if done <= max(limit, 60 + limit) else "MISSED"
    print(f"goal: {COUNT:,} in {GOAL_SECONDS / 60:.0f} minutes, {verdict}")


def compare(count: int, done: float, mails: Path, port: int) -> None:
    """Print the bound and the way not taken, on the same server."""
    files = sorted(mails.glob("*.eml"))
    whole = [file.read_bytes() for file in files]
    bound = sent_alone(whole, port)
    print(
        f"{'bound: the same mails by smtplib alone':<46}{bound:>8.1f} s{bound / done:>9.1%} of it"
    )
    one = whole[0][: sum(map(len, whole)) // count]
    few = min(count, 1_000)
    each = sent_alone([one] * few, port) * count / few
    print(f"{'not taken: a mail for each, by smtplib alone':<46}{each:>8.1f} s")


def sent_alone(whole: list[bytes], port: int) -> float:
    start = time.perf_counter()
    for octets in whole:
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("centre@centre.example", ["abuse@host.example"], octets)
    return time.perf_counter() - start


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the mail server did not start")


if __name__ == "__main__":
    main()
