"""The pages about ICCAM: honest about what is unverified, and for a person to settle doubts."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.takedown.onward.exchange.actions.iccam import exporting, stepping
from balise.takedown.onward.exchange.rules.iccam.bodies import CaseState, NumbersRefused, Receipt
from balise.takedown.onward.exchange.rules.iccam.fields import ActionType
from balise.takedown.onward.exchange.tests.iccam.double import IccamDouble
from balise.takedown.onward.exchange.tests.iccam.makers import fresh, make_case
from balise.takedown.onward.exchange.tests.makers import ANALYST, work

pytestmark = pytest.mark.django_db

ICCAM = "/staff/takedown/exchange/iccam/"


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_says_that_it_is_unverified_and_off(analyst: Client) -> None:
    found = page(analyst, ICCAM)
    assert "vérifier" in found
    assert "2023-24" in found


def test_is_closed_to_others(client: Client, double: IccamDouble) -> None:
    address = f"{ICCAM}{make_case().id}/"
    assert "/login/" in client.get(address).headers["Location"]
    sign_in(client, make_account("listener"))
    assert client.get(ICCAM).status_code == HTTPStatus.FORBIDDEN
    for path in (f"{address}settle/", f"{address}withdraw/"):
        assert client.post(path).status_code == HTTPStatus.FORBIDDEN


def test_knows_no_case_that_is_not_there(analyst: Client) -> None:
    address = f"{ICCAM}{uuid4()}/"
    assert analyst.get(address).status_code == HTTPStatus.NOT_FOUND
    for path in (f"{address}settle/", f"{address}withdraw/"):
        assert analyst.post(path).status_code == HTTPStatus.NOT_FOUND


def test_shows_a_case_with_its_steps(analyst: Client, double: IccamDouble) -> None:
    case = make_case()
    assert case.subject is not None
    work()
    stepping.act(line="hotline", subject=case.subject, action=ActionType.REMOVED, by=ANALYST)
    found = page(analyst, f"{ICCAM}{case.id}/")
    assert "Removed" in found
    assert str(case.id) in found
    assert f"{ICCAM}{case.id}/" in page(analyst, ICCAM)


def test_a_doubt_is_settled_by_a_person(analyst: Client, double: IccamDouble) -> None:
    case = make_case()
    double.fails = [500]
    work()
    address = f"{ICCAM}{case.id}/"
    assert f"{address}settle/" in page(analyst, address)
    for wrong in ({}, {"is_there": "yes"}, {"is_there": "yes", "report": "1"}):
        answer = analyst.post(f"{address}settle/", wrong)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    numbers = {"is_there": "yes", "report": "1001", "content": "7"}
    assert analyst.post(f"{address}settle/", numbers).status_code == HTTPStatus.FOUND
    assert (fresh(case).stands, fresh(case).content) == (CaseState.EXPORTED, 7)
    analyst.post(f"{address}settle/", {"is_there": "no"})
    assert fresh(case).stands is CaseState.EXPORTED


def test_numbers_that_another_case_has_or_nobody_gives_are_refused(
    analyst: Client, double: IccamDouble
) -> None:
    known, case = make_case(), make_case()
    double.fails = [500, 500]
    work()
    exporting.settle_doubt(case_id=known.id, found=Receipt(1_001, 7), by=ANALYST)
    address = f"{ICCAM}{case.id}/"
    for report, content in ((1_002, 7), (1_002, 2**63), (2**63, 8), (1_002, 0)):
        numbers = {"is_there": "yes", "report": str(report), "content": str(content)}
        answer = analyst.post(f"{address}settle/", numbers)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        with pytest.raises(NumbersRefused):
            exporting.settle_doubt(case_id=case.id, found=Receipt(report, content), by=ANALYST)
    assert fresh(case).stands is CaseState.IN_DOUBT


def test_what_is_not_there_is_sent_or_given_up(analyst: Client, double: IccamDouble) -> None:
    case = make_case()
    double.fails = [500]
    work()
    address = f"{ICCAM}{case.id}/"
    analyst.post(f"{address}settle/", {"is_there": "no"})
    assert fresh(case).stands is CaseState.QUEUED
    analyst.post(f"{address}withdraw/")
    assert fresh(case).stands is CaseState.WITHDRAWN
    page(analyst, address)
