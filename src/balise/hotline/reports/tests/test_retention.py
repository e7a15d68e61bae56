"""How long a report can be read by its author: two months from the last thing that happened."""

from datetime import datetime, timedelta

import pytest

from balise.foundation.clock import now
from balise.foundation.retention.tests.makers import rows_due
from balise.hotline.reports.models import Content, Report
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import make_decided, make_report

pytestmark = pytest.mark.django_db


def ago(days: int) -> datetime:
    return now() - timedelta(days=days)


def is_due(*, received: int, decided: int, **content: object) -> bool:
    """Return whether a report is due that came, and whose content was decided, so long ago."""
    Report.objects.update(received_at=ago(received), last_answer_at=ago(received))
    Content.objects.update(decided_at=ago(decided), **content)
    return rows_due("hotline.reports", now()) == [Report.objects.get().id]


class TestReportsDue:
    def test_two_months_after_the_decision(self) -> None:
        make_decided(Verdict.HARMFUL)

        assert not is_due(received=90, decided=60)
        assert is_due(received=90, decided=62)

    def test_two_months_after_a_slow_removal(self) -> None:
        make_decided()

        removed = {"state": ContentState.REMOVED, "removed_at": ago(1)}
        assert not is_due(received=90, decided=71, **removed)
        assert is_due(received=190, decided=171, **removed | {"removed_at": ago(62)})

    def test_two_months_after_it_was_given_up(self) -> None:
        make_decided()

        assert not is_due(received=90, decided=71, state=ContentState.CLOSED, given_up_at=ago(1))
        assert is_due(received=190, decided=171, state=ContentState.CLOSED, given_up_at=ago(62))

    def test_two_months_after_it_came_itself(self) -> None:
        make_decided(Verdict.HARMFUL)

        assert not is_due(received=8, decided=400)

    def test_a_week_where_it_is_out_of_scope(self) -> None:
        make_decided(Verdict.OUT_OF_SCOPE)

        assert not is_due(received=5, decided=400)
        assert not is_due(received=90, decided=5)
        assert is_due(received=8, decided=8)

    def test_never_while_a_removal_is_under_way(self) -> None:
        make_decided()

        assert not is_due(received=400, decided=390)

    def test_of_two_contents_the_later_one_counts(self) -> None:
        make_decided(Verdict.HARMFUL)
        Report.objects.all().delete()
        make_report("https://pictures.example/album/1", "https://other.example/")
        Report.objects.update(received_at=ago(90), last_answer_at=ago(90))
        ended = {"state": ContentState.CLOSED, "decided_at": ago(80)}
        Content.objects.update(verdict=Verdict.OUT_OF_SCOPE, **ended)
        first = Content.objects.order_by("id").first()
        assert first is not None
        Content.objects.filter(id=first.id).update(verdict=Verdict.GONE, decided_at=ago(50))

        assert not rows_due("hotline.reports", now())
        Content.objects.filter(id=first.id).update(decided_at=ago(62))
        assert len(rows_due("hotline.reports", now())) == 1
