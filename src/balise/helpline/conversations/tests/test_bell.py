"""The bell beside SQLite: heard however many ring at once; a killed hub's pipe is swept away."""

import asyncio
import os
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from balise.helpline.conversations import bell
from balise.helpline.conversations.streams import ringing

pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.BELLS = tmp_path_factory.mktemp("bells")


def test_a_thousand_that_ring_while_the_hub_is_busy_are_all_heard() -> None:
    rung = [uuid4() for _each in range(1_000)]
    assert asyncio.run(_heard(rung)) == rung


async def _heard(rung: list[UUID]) -> list[UUID]:
    heard: list[UUID] = []
    listening = asyncio.create_task(ringing._sent(lambda room, _note: heard.append(room)))
    await asyncio.sleep(0.05)
    for room in rung:  # the loop does nothing else meanwhile: it is busy
        bell._send(str(room).encode())
    await asyncio.sleep(0.1)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    return heard


def test_a_pipe_that_nobody_reads_is_swept_away() -> None:
    with bell.pipe_here() as _heard:
        (path,) = bell.folder().iterdir()
        left = path.with_name("left")
        os.mkfifo(left)
        bell._send(b"x")
        assert list(bell.folder().iterdir()) == [path]
    assert not list(bell.folder().iterdir())
