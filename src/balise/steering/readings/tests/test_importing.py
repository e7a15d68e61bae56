"""Files of readings: columns are named, each reading is looked at, taken in once."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.models import Entry
from balise.steering.imports.queries import opened
from balise.steering.imports.rules.cells import AlreadyImported
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.imports.tests.makers import bring, csv_of
from balise.steering.readings import actions, queries
from balise.steering.readings.models import Reading
from balise.steering.readings.queries.desk import Verdict, verdict
from balise.steering.readings.rules.files import guess
from balise.steering.readings.rules.judging import ColumnsFaulty, Network, Thing
from balise.steering.readings.tests.makers import make_followed, make_reading

pytestmark = pytest.mark.django_db
# As Matomo (in UTF-16, by month) and Plausible (by day) write their exports.
MATOMO = "Date\tVisiteurs uniques\tVisites\n2026-01\t700\t1\u202f000\n2026-02\t800\t1\u202f100\n"
PLAUSIBLE = "date,visitors,pageviews,visits\n2026-03-01,20,90,31\n2026-03-02,25,99,33\n"


def look(
    octets: bytes, *, thing: str = "", columns: list[str] | None = None
) -> tuple[UUID, Verdict]:
    office = make_actor("steering_office")
    brought = bring(octets, ImportKind.READINGS)
    file = opened(brought, ImportKind.READINGS, seen_by=office)
    actions.read_as(
        brought_id=brought,
        columns=columns or guess(file.head),
        thing=thing,
        source="Export",
        by=office,
    )
    return brought, verdict(opened(brought, ImportKind.READINGS, seen_by=office))


def take(brought: UUID) -> None:
    actions.take_in(brought_id=brought, by=make_actor("steering_office"))


def test_exports_of_audience_tools_are_read_with_the_days_that_they_are_of() -> None:
    make_followed("site", Thing.SITE, network=None)
    for octets in (MATOMO.encode("utf-16"), PLAUSIBLE.encode()):
        brought, found = look(octets, thing="site")
        assert (len(found.new), len(found.known), len(found.refused)) == (4, 0, 0)
        take(brought)
    months = queries.over("web.visitors", date(2026, 2, 1), date(2026, 2, 28))
    assert [int(one.quantity.value) for one in months] == [800]
    counted = Entry.objects.filter(event="steering.visits.counted")
    assert sum(one.facts["amount"] for one in counted) == 1_000 + 1_100 + 31 + 33


def test_a_file_again_is_known_and_another_number_of_a_day_is_refused() -> None:
    make_followed("site", Thing.SITE)
    first, _found = look(PLAUSIBLE.encode(), thing="site")
    take(first)
    with pytest.raises(AlreadyImported):
        take(first)
    again, found = look(PLAUSIBLE.encode(), thing="site")
    assert (len(found.new), len(found.known)) == (0, 4)
    take(again)
    _other, found = look(PLAUSIBLE.replace("33", "34").encode(), thing="site")
    assert (len(found.known), [line.number for line in found.refused]) == (3, [3])
    assert Reading.objects.count() == 4


def test_rows_name_their_accounts_and_wrong_ones_say_why() -> None:
    facebook = make_followed(name="Facebook")
    make_followed("linkedin", network=Network.LINKEDIN)
    make_reading(facebook, date(2026, 5, 1), 22_000)
    rows = (
        ("jour", "compte", "abonnés"),
        ("01/06/2026", "Facebook", "22,9 K"),
        ("01/06/2026", "linkedin", "6,2k"),
        ("01/07/2026", "facebook", "2 290"),  # far lower
        ("01/06/2032", "facebook", "30000"),
        ("01/06/2026", "mastodon", "5"),
        ("hier", "facebook", "5"),
        ("01/06/2026", "facebook", "beaucoup"),
        ("01/08/2026", "facebook", ""),
    )
    brought, found = look(csv_of(*rows))
    assert [line.number for line in found.new] == [2, 3]
    assert sorted(line.number for line in found.refused) == [4, 5, 6, 7, 8]
    take(brought)
    last = queries.latest("social.followers", date(2026, 6, 2))
    assert [(one.thing, int(one.quantity.value)) for one in last] == [
        ("facebook", 22_900),
        ("linkedin", 6_200),
    ]


@pytest.mark.parametrize(
    ("columns", "thing"),
    [
        (["day", ""], "site"),
        (["", "web.visits"], "site"),
        (["day", "web.visits"], ""),
        (["day", "web.visits", "thing"], "site"),
        (["day", "web.visits", "web.visits"], "site"),
    ],
)
def test_columns_that_say_no_reading_are_refused(columns: list[str], thing: str) -> None:
    make_followed("site", Thing.SITE)
    with pytest.raises(ColumnsFaulty):
        look(PLAUSIBLE.encode(), columns=columns, thing=thing)


def test_who_reads_does_not_take_in() -> None:
    make_followed("site", Thing.SITE)
    brought, _found = look(PLAUSIBLE.encode(), thing="site")
    with pytest.raises(PermissionDenied):
        actions.take_in(brought_id=brought, by=make_actor("steering"))
    assert not Reading.objects.exists()
