"""Sixty connections are held as long as the server lets them; a report and a message go on."""

import pytest

from tests.hostile.crowding import TALK, held, people
from tests.live import Live
from tests.waiting import let_pass

pytestmark = [pytest.mark.whole, pytest.mark.safety, pytest.mark.timeout(300)]

MANY = 60
QUIET, BESIDE = 4.0, 8.0  # seconds
WITHIN = 0.1  # seconds, or twice what it takes when all is quiet
ALL_BUT_ONE = 0.98  # this machine does other things too


@pytest.mark.usefixtures("nobody_waits")
def test_a_report_and_a_message_go_on_beside_slow_connections(live: Live) -> None:
    port = int(live.address.rpartition(":")[2])
    talk = live.balise("shell", "-v0", "-c", TALK).strip()
    with people(port, talk) as quiet:
        let_pass(QUIET)
    with held(port, MANY), people(port, talk) as beside:
        let_pass(BESIDE)
    for alone, waited in zip(quiet, beside, strict=True):
        assert not alone.refused
        assert not waited.refused
        assert len(waited.took) > len(alone.took) / 2
        assert waited.at(ALL_BUT_ONE) <= max(WITHIN, 2 * alone.at(ALL_BUT_ONE))
