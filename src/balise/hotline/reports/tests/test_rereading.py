"""Contents that an earlier reading of addresses merged are parted from the reporters' words."""

import io
from datetime import timedelta
from uuid import UUID

import orjson
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import claiming, intake, rereading
from balise.hotline.reports.models import CONTENT_BODY, LINE, REPORT_BODY, Content, Report
from balise.hotline.reports.queries.receipts import identity_key
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import ContentState, PlaceKind, Verdict
from balise.hotline.reports.tests.makers import ANALYST, give_verdict, make_decision, make_incoming

pytestmark = pytest.mark.django_db

CUT = "https://x.example/Mes"
IMAGES, PHOTOS = f"{CUT} images/a.png", f"{CUT} photos/b.png"


def cut_report(*texts: str, **given: object) -> UUID:
    """Return a report as it was taken in when a space cut an address."""
    cut = tuple(
        Place(PlaceKind.WEB, text=text, canonical=CUT, host="x.example", domain="x.example")
        for text in texts
    )
    incoming = make_incoming(Answers(places=cut).with_given(dict(given)))
    return intake.receive(incoming=incoming, by=ANYONE).report_id


def run(*words: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("recanonicalise", "--json", *words, stdout=out)
    return [orjson.loads(line) for line in out.getvalue().splitlines()]


def at(address: str) -> Content:
    return Content.objects.get(identity_key=identity_key(address))


def addresses_of(report_id: UUID) -> list[str]:
    report = Report.objects.get(id=report_id)
    fields = key_of_line(LINE, report_id).open(report.sealed, where=REPORT_BODY, row=report_id)
    return [place.canonical for place in Answers.from_fields(fields).places]


def decided(verdict: Verdict = Verdict.HARMFUL) -> Content:
    content = at(CUT)
    claiming.claim(content_id=content.id, by=ANALYST)
    give_verdict(content.id, make_decision(verdict))
    return at(CUT)


def test_the_page_of_each_leads_to_the_other(client: Client) -> None:
    cut_report(IMAGES), cut_report(CUT)
    run()
    old, new = at(CUT), at(f"{CUT}%20images/a.png")
    sign_in(client, make_account("analyst"))

    for here, there in ((old, new), (new, old)):
        page = client.get(f"/staff/hotline/contents/{here.id}/").content.decode()
        assert f"/staff/hotline/contents/{there.id}/" in page


class TestRecanonicalise:
    def test_says_what_a_cut_merged_and_writes_nothing_in_a_dry_run(self) -> None:
        cut_report(IMAGES), cut_report(PHOTOS), cut_report(CUT)

        (found,) = run("--dry-run")

        assert found["content"] == str(at(CUT).id)
        assert (found["reports"], found["addresses"]) == (2, 2)
        assert Content.objects.count() == 1
        assert at(CUT).report_count == 3
        assert Entry.objects.filter(event="hotline.addresses.words-read-again").exists()

    def test_no_address_leaves_for_a_log(self) -> None:
        cut_report(IMAGES)
        out = io.StringIO()

        call_command("recanonicalise", "--dry-run", stdout=out)

        assert "x.example" not in out.getvalue()
        with pytest.raises(CommandError):
            call_command("recanonicalise", "--dry-run", "--show-addresses", stdout=out)

    def test_gives_each_address_its_content_with_its_reports(self) -> None:
        images, photos, plain = cut_report(IMAGES), cut_report(PHOTOS, danger=True), cut_report(CUT)
        before = at(CUT)

        (told,) = run()

        assert len(told["made"]) == 2  # type: ignore[arg-type]
        for report, address in (
            (images, f"{CUT}%20images/a.png"),
            (photos, f"{CUT}%20photos/b.png"),
            (plain, CUT),
        ):
            content = at(address)
            assert list(content.reports.values_list("id", flat=True)) == [report]
            assert (content.report_count, content.state) == (1, ContentState.WAITING)
            assert addresses_of(report) == [address]
            body = key_of_line(LINE, content.id).open(
                content.sealed, where=CONTENT_BODY, row=content.id
            )
            assert body["canonical"] == address
        assert at(CUT).id == before.id
        assert at(f"{CUT}%20photos/b.png").danger
        assert bytes(at(f"{CUT}%20images/a.png").host_key) == bytes(before.host_key)
        split = Entry.objects.filter(event="hotline.content.split")
        assert {entry.facts["origin"] for entry in split} == {str(before.id)}
        assert {each.split_from for each in Content.objects.exclude(id=before.id)} == {before.id}

    def test_one_report_of_two_addresses_has_both(self) -> None:
        report = cut_report(IMAGES, PHOTOS)

        run()

        assert addresses_of(report) == [f"{CUT}%20images/a.png", f"{CUT}%20photos/b.png"]
        clerk.tick()
        assert set(
            Report.objects.get(id=report).contents.values_list("report_count", flat=True)
        ) == {1}

    def test_a_content_that_nobody_reports_any_more_is_forgotten_if_it_was_never_judged(
        self,
    ) -> None:
        cut_report(IMAGES), cut_report(PHOTOS)

        run()
        clerk.tick()

        assert not Content.objects.filter(identity_key=identity_key(CUT)).exists()
        assert Content.objects.count() == 2

    def test_after_a_verdict_both_wait_in_the_queue(self) -> None:
        cut_report(IMAGES), cut_report(CUT)
        before = decided()
        assert before.state == ContentState.CLOSED

        run()

        old, new = at(CUT), at(f"{CUT}%20images/a.png")
        assert (old.state, old.verdict, old.decided_at) == (
            ContentState.WAITING,
            Verdict.HARMFUL,
            None,
        )
        assert old.assessments.count() == 1
        assert (new.state, new.verdict, new.assessments.count()) == (ContentState.WAITING, "", 0)
        assert Entry.objects.filter(event="hotline.content.reopened", subject=old.id).count() == 1

    def test_a_verdict_on_what_nobody_reports_stays_as_it_was_given(self) -> None:
        cut_report(IMAGES), cut_report(PHOTOS)
        decided()

        run()
        clerk.tick()

        assert (at(CUT).state, at(CUT).report_count) == (ContentState.CLOSED, 0)

    def test_what_is_being_removed_goes_on(self) -> None:
        cut_report(IMAGES), cut_report(CUT)
        assert decided(Verdict.ILLEGAL).state == ContentState.REMOVING

        run()

        assert at(CUT).state == ContentState.REMOVING
        assert at(f"{CUT}%20images/a.png").state == ContentState.WAITING

    def test_what_an_analyst_holds_is_left_for_another_run(self) -> None:
        cut_report(IMAGES), cut_report(CUT)
        claiming.claim(content_id=at(CUT).id, by=ANALYST)

        (held,) = run()
        assert (held["is_held"], held["made"], Content.objects.count()) == (True, [], 1)

        Content.objects.update(claimed_at=now() - timedelta(hours=1))
        (parted,) = run()
        assert (parted["is_held"], Content.objects.count()) == (False, 2)

    def test_joins_what_was_reported_since(self) -> None:
        cut_report(IMAGES)
        known = make_incoming(
            Answers(places=(Place(PlaceKind.WEB, text=IMAGES, canonical=f"{CUT}%20images/a.png"),))
        )
        intake.receive(incoming=known, by=ANYONE)

        (told,) = run()

        assert told["made"] == []
        joined = at(f"{CUT}%20images/a.png")
        assert (joined.report_count, joined.split_from) == (2, None)

    def test_a_second_run_changes_nothing(self) -> None:
        cut_report(IMAGES), cut_report(PHOTOS), cut_report(CUT)
        run()
        entries = Entry.objects.exclude(event="hotline.addresses.words-read-again").count()

        assert run() == []
        after = Entry.objects.exclude(event="hotline.addresses.words-read-again").count()
        assert entries == after

    def test_goes_on_where_it_was_cut(self, monkeypatch: pytest.MonkeyPatch) -> None:
        other = Place(PlaceKind.WEB, text="https://FAẞ.de/", canonical="https://fass.de/")
        cut_report(IMAGES), cut_report(CUT)
        intake.receive(incoming=make_incoming(Answers(places=(other,))), by=ANYONE)
        keep = rereading._keep
        calls = iter([True, False])

        def killed(*args: object, **kwargs: object) -> None:
            if not next(calls):
                raise KeyboardInterrupt
            keep(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(rereading, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
        monkeypatch.undo()
        assert at(f"{CUT}%20images/a.png").report_count == 1
        assert at("https://fass.de/").report_count == 1

        run()

        assert at("https://xn--fa-hia.de/").report_count == 1
        assert at(f"{CUT}%20images/a.png").report_count == 1
        assert at(CUT).report_count == 1

    def test_words_that_may_end_an_address_or_not_wait_for_a_person(self) -> None:
        cut_report(f"Vu : {IMAGES}"), cut_report(f"Vu : {CUT} hier")

        (found,) = run()

        assert (found["unsure"], found["reports"], Content.objects.count()) == (1, 0, 1)

    def test_what_its_reporter_chose_stays(self) -> None:
        chosen = Place(PlaceKind.WEB, text=IMAGES, canonical=CUT, is_chosen=True)
        intake.receive(incoming=make_incoming(Answers(places=(chosen,))), by=ANYONE)

        assert run() == []

    def test_the_figures_recount_the_same(self) -> None:
        cut_report(IMAGES), cut_report(PHOTOS), cut_report(CUT)
        decided()
        clerk.tick()

        run()
        clerk.tick()

        call_command("statistics", "recount", stdout=io.StringIO())  # it fails where they differ

    def test_only_who_imports_may(self) -> None:
        report = cut_report(IMAGES)

        with pytest.raises(PermissionDenied):
            next(rereading.find(dry_run=True, by=ANYONE))
        with pytest.raises(PermissionDenied):
            rereading.part(content_id=at(CUT).id, report_ids=[report], by=ANALYST)
        assert not rereading.part(content_id=at(CUT).id, report_ids=[], by=SYSTEM).made
