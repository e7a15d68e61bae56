"""What was only reported is never said to be seen, in any form that a notice takes."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from balise.takedown.notices.documents.exchange import as_json, xarf
from balise.takedown.notices.documents.sheet import sheet
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.rules.completeness import Standing, Statement
from balise.takedown.notices.rules.letters import Letter, SeenBy, Sighting
from balise.takedown.notices.rules.reading.lexicon import statement_in
from balise.takedown.notices.rules.xarf import faults
from balise.takedown.notices.tests.makers import make_letter
from balise.takedown.notices.tests.test_documents import opened

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SAYS = {
    SeenBy.LOOKED: "Vu à cet endroit le 3 novembre 2026",
    SeenBy.WATCH: "Trouvé à cet endroit par notre veille le 3 novembre 2026",
    SeenBy.REPORTED: "Signalé à notre centre le 3 novembre 2026",
}
# As they were sent.
BEFORE = {SeenBy.ANALYST: SeenBy.LOOKED, SeenBy.REPORTER: SeenBy.REPORTED}
HEARSAY = {SeenBy.REPORTED, SeenBy.REPORTER}


def of(by: SeenBy, **given: object) -> OpenedNotice:
    return opened(letter=make_letter(sighting=Sighting(at=AT, by=by)), **given)


@pytest.mark.parametrize("by", SeenBy)
def test_each_says_what_it_is_and_nothing_else(by: SeenBy) -> None:
    text = " ".join(of(by).wording.text.split())

    assert [one for one, says in SAYS.items() if says in text] == [BEFORE.get(by, by)]
    assert ("sur la base du signalement reçu" in text) is (by in HEARSAY)
    assert ("Signalements reçus" in text) is (by in HEARSAY)
    assert ("pas ouvert nous-mêmes" in text) is (by is SeenBy.REPORTER)
    assert statement_in(text) is Statement.GOOD_FAITH


@pytest.mark.parametrize("language", ["fr", "en"])
def test_good_faith_on_a_report_is_good_faith_and_weak(language: str) -> None:
    with override(language):
        found = of(SeenBy.REPORTER)
    faith = found.elements[3]

    assert (faith.standing, faith.is_met) == (Standing.WEAK, True)
    assert of(SeenBy.WATCH).elements[3].standing is Standing.MET


@pytest.mark.parametrize("by", SeenBy)
def test_the_sheet_labels_it(by: SeenBy) -> None:
    with override("fr"):
        fields = {field.name: field for field in sheet(of(by))}

    labels = {
        SeenBy.LOOKED: "Vu à cet endroit le",
        SeenBy.WATCH: "Trouvé en ligne par notre veille le",
        SeenBy.REPORTED: "Signalé à notre centre le",
    }
    assert fields["seen"].label == labels[BEFORE.get(by, by)]
    assert ("10:30" in fields["seen"].value) is (by not in HEARSAY)


def test_our_json_says_when_it_was_reported() -> None:
    seen, reported = as_json(of(SeenBy.WATCH)), as_json(of(SeenBy.REPORTER))

    assert (seen["seen_at"], seen["seen_by"]) == (AT.isoformat(), "watch")
    assert seen["reported_on"] is None
    assert (reported["seen_at"], reported["seen_by"]) == (None, None)
    assert reported["reported_on"] == "2026-11-03"


@pytest.mark.parametrize(
    ("by", "method"),
    [
        (SeenBy.ANALYST, "manual"),
        (SeenBy.WATCH, "automated_crawler"),
        (SeenBy.REPORTER, "user_report"),
    ],
)
def test_xarf_is_verified_by_whoever_saw_it(by: SeenBy, method: str) -> None:
    (made,) = xarf(of(by, offence="csam-sharing"), kind="baseline")

    assert made["verification_method"] == method
    assert ("verified_at" in made) is (by is not SeenBy.REPORTER)
    assert faults(made) == ()


def test_a_letter_that_was_sealed_before_is_shown_as_it_was_sent() -> None:
    payload = make_letter(sighting=Sighting(at=AT, by=SeenBy.REPORTER)).to_payload()
    assert Letter.of_payload(payload).sighting.by is SeenBy.REPORTER
    del payload["seen_by"]

    assert Letter.of_payload(payload).sighting == Sighting(at=AT, by=SeenBy.ANALYST)
