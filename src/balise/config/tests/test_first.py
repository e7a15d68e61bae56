"""Which addresses come first: they have threads, memory and a turn to write of their own."""

import pytest

from balise.config.first import comes_first

pytestmark = pytest.mark.safety


@pytest.mark.parametrize(
    "path",
    [
        *("/fr/report/", "/en/report/", "/fr/follow/message/", "/api/v1/hotline/reports"),
        *("/fr/talk/", "/en/talk/", "/fr/talk/say/", "/fr/talk/seen/", "/fr/talk/not-safe/"),
        *("/exit/", "/fr/write/", "/fr/call-back/", "/fr/lab/", "/fr/removal/"),
        *("/staff/helpline/", "/staff/hotline/queue/", "/cms/"),
    ],
)
def test_reports_chats_danger_and_who_answers_come_first(path: str) -> None:
    assert comes_first(path)


@pytest.mark.parametrize(
    "path",
    [
        *("/fr/", "/fr/resources/", "/media/x", "/fr/badges/verify/", "/fr/order-kits/"),
        *("/app/vault/backup/ab/0", "/app/vault/link", "/fr/talk/picture/send/"),
        *("/staff/account/login/", "/nowhere/", "/fr/nowhere/", "/xx/report/", ""),
        "/fr/partner/" + "a" * 1_000 + "/",
    ],
)
def test_all_else_does_not(path: str) -> None:
    assert not comes_first(path)
