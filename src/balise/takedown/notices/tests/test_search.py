"""A notice is found by its number, from any page, by its own line."""

import pytest

from balise.foundation.actors import ANYONE
from balise.takedown.notices.rules.letters import number_of
from balise.takedown.notices.tests.makers import ANALYST, LISTENER, make_notice
from balise.takedown.notices.web import search

pytestmark = pytest.mark.django_db


def test_a_notice_is_found_by_its_number_within_its_line() -> None:
    notice_id = make_notice()
    number = number_of(notice_id).lower()
    (found,) = search.notices(f" {number} ", ANALYST)
    assert str(notice_id) in found.url
    assert not list(search.notices(number, LISTENER))
    assert not list(search.notices(number, ANYONE))
    assert not list(search.notices("N-", ANALYST))
