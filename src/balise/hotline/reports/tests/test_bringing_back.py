"""A message that was set aside waits again, once that is undone."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.rules.words import ToRead
from balise.hotline.reports.tests.makers import ANALYST, LISTENER, make_report
from balise.hotline.reports.tests.test_words import WORDS, say, waiting

pytestmark = pytest.mark.django_db


class TestBringingBack:
    def test_undoes_that_a_message_was_set_aside(self) -> None:
        report, receipt = make_report()
        say(receipt)
        assert dialogue.set_aside(report_id=report.id, messages=1, by=ANALYST)
        assert not dialogue.set_aside(report_id=report.id, messages=1, by=ANALYST)

        for _twice in range(2):
            dialogue.bring_back(report_id=report.id, by=ANALYST)

        assert waiting() == [(report.id, ToRead.MESSAGE)]
        assert Entry.objects.get(event="hotline.message.brought-back").subject == report.id

    def test_refuses_what_was_answered_since(self) -> None:
        report, receipt = make_report()
        say(receipt)
        dialogue.set_aside(report_id=report.id, messages=1, by=ANALYST)
        dialogue.write_as_hotline(report_id=report.id, text="Thank you.", by=ANALYST)

        with pytest.raises(dialogue.AnsweredSince):
            dialogue.bring_back(report_id=report.id, by=ANALYST)
        assert waiting() == []
        assert not Entry.objects.filter(event="hotline.message.brought-back").exists()

    def test_leaves_what_waits_for_something_graver(self) -> None:
        report, receipt = make_report(danger=True)
        say(receipt)
        before = waiting()

        dialogue.bring_back(report_id=report.id, by=ANALYST)

        assert waiting() == before
        assert not Entry.objects.filter(event="hotline.message.brought-back").exists()

    def test_refuses_who_may_not_answer(self) -> None:
        report, _receipt = make_report()

        with pytest.raises(PermissionDenied):
            dialogue.bring_back(report_id=report.id, by=LISTENER)

    def test_is_offered_on_the_page_that_follows(self, client: Client) -> None:
        report, receipt = make_report()
        say(receipt)
        sign_in(client, make_account("analyst"))

        page = client.post(f"{WORDS}{report.id}/aside/", {"messages": "1"}, follow=True).text
        undo = re.search(r'form="undo" formaction="([^"]+)"', page)
        assert undo
        client.post(undo[1])

        assert waiting() == [(report.id, ToRead.MESSAGE)]
