"""People who report while ten others check badges, on SQLite.

    .venv/bin/python bench/badges.py [SECONDS]

Five people send the report form over and over to `balise serve` on the loopback: first alone, then
beside ten people who have a badge checked, each half a second after the last answer. It names
our key, so that it is brought into its canonical form and its signature is looked at.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from beside_import import BALISE, PAUSE, Sent, people, tell  # noqa: E402
from tests import temporary  # noqa: E402

SECONDS = 20.0
MANY = 10
FORM = "/fr/badges/verify/"


def badge(address: str) -> str:
    """Return a badge that names our key and has another signature."""
    known = httpx.get(f"{address}/badges/did.json", timeout=60).json()
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "verificationMethod": known["verificationMethod"][0]["id"],
        "proofPurpose": "assertionMethod",
        "proofValue": "z" + "2" * 87,
    }
    achievement = {"id": "urn:x:a", "type": ["Achievement"], "name": "A", "description": "A"}
    told = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:x:b",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": known["id"], "type": ["Profile"], "name": "A"},
        "validFrom": "2025-01-01T00:00:00Z",
        "validUntil": "2035-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": achievement | {"criteria": {"narrative": "A"}},
        },
        "proof": proof,
    }
    return json.dumps(told)


def check(address: str, text: str, stop: threading.Event, sent: Sent) -> None:
    with httpx.Client(base_url=address, timeout=60) as browser:
        page = browser.get(FORM)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        while not stop.is_set():
            began = time.perf_counter()
            answer = browser.post(FORM, data=hidden | {"text": text}, headers={"Referer": address})
            sent.append((time.perf_counter() - began, answer.status_code))
            stop.wait(PAUSE)


@contextmanager
def checking(address: str) -> Iterator[Sent]:
    """Let ten people have a badge checked meanwhile."""
    stop, sent, text = threading.Event(), list[tuple[float, int]](), badge(address)
    threads = [
        threading.Thread(target=check, args=(address, text, stop, sent)) for _nth in range(MANY)
    ]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with temporary.folder() as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("BALISE_", "DATABASE_"))}
        port = temporary.free_port()
        address = f"http://127.0.0.1:{port}"
        env |= {"BALISE_HOME": str(folder / "home"), "BALISE_DEMONSTRATION": "1"}
        env |= {"BALISE_PUBLIC_ADDRESS": address}
        subprocess.run([BALISE, "setup"], env=env, check=True, capture_output=True)
        with temporary.server(
            [BALISE, "serve", "--address", f"127.0.0.1:{port}"],
            answers=lambda: temporary.listens(port),
            log=folder / "log",
            env=env,
        ):
            with people(address) as sent:
                time.sleep(seconds)
            tell("alone (bound)", sent)
            with checking(address) as checked, people(address) as sent:
                time.sleep(seconds)
            tell("beside badges", sent)
            tell("badges", checked)


if __name__ == "__main__":
    main()
