import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import PATIENCE

PROGRAM = """
import os
import sys
import time
from balise.config.processes import Program, run_together

def say(words):
    os.write(1, f"{words}\\n".encode())  # in one piece: several processes share the line

steady = "import os, time; os.write(1, bytes([*b'here', 10])); time.sleep(60)"
forever = [sys.executable, "-c", steady]
short = [sys.executable, "-c", "raise SystemExit(3)"]

def copy():
    say("a copy")
    time.sleep(60)

run_together(
    [Program("steady", forever), Program("short", short), Program("copy", copy)],
    say=say,
    meanwhile=lambda: say("started"),
)
say("stopped")
"""


def test_what_ends_is_started_again_and_all_stop_together(tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    heard: list[str] = []
    while "short ended (exit 3); starting again in 2 s\n" not in heard:
        heard.append(process.stdout.readline())
        assert heard[-1], heard
    assert "started\n" in heard
    assert "short ended (exit 3); starting again in 1 s\n" in heard
    assert "here\n" in heard
    assert "a copy\n" in heard
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) >= 2
    process.send_signal(signal.SIGTERM)
    assert process.stdout.read() == "stopped\n"
    assert process.wait(PATIENCE) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    process.stdout.close()
