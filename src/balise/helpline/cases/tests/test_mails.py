from datetime import timedelta

import pytest
from django.core import mail
from django.core.checks import run_checks

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due
from balise.helpline.cases import tasks
from balise.helpline.cases.actions import handshakes, joining, sending
from balise.helpline.cases.actions.sending import Telling
from balise.helpline.cases.rules.receivers import Way
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.rules.sendings import SentState
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener

pytestmark = pytest.mark.django_db

WORDS = "Il attend un appel du collège."


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def letters() -> list[mail.EmailMessage]:
    """Return what left, once the clerk and the worker have done their part."""
    while clerk.tick():
        pass
    run_due()
    return list(mail.outbox)


def send(by: Actor) -> sending.Sent:
    telling = Telling(
        receiver="phare",
        territory="lille",
        way=Way.LINK,
        ground="consent",
        consent_of="young-person",
        consent_how="chat",
        consent_on=today(),
        words=WORDS,
    )
    return sending.send(case_id=make_case(by=by, title="Renard"), telling=telling, by=by)


def test_supervisors_are_told_of_broken_glass_and_not_why(listener: Actor) -> None:
    make_listener("helpline_lead", name="Swann")
    case_id = make_case(by=listener, title="Renard")
    joining.break_glass(
        case_id=case_id, reason="Danger ce soir, elle rappelle.", by=make_listener()
    )

    (letter,) = letters()

    assert letter.to[0].startswith("helpline-lead")
    assert case_id.hex[:6].upper() in letter.body
    assert not [word for word in ("Danger", "Renard") if word in f"{letter.subject} {letter.body}"]


def test_who_broke_it_is_not_told_of_it(listener: Actor) -> None:
    lead = make_listener("helpline_lead")
    joining.break_glass(
        case_id=make_case(by=listener), reason="Danger ce soir, elle rappelle.", by=lead
    )
    assert not letters()


def test_the_sender_hears_that_it_was_accepted_and_nothing_of_anyone(listener: Actor) -> None:
    one = send(listener)
    assert not letters()
    assert one.token is not None
    handshakes.answer(token=one.token, to=SentState.ACCEPTED, name="M. Modèle", words="Demain.")

    (letter,) = letters()

    assert not [word for word in ("Renard", "Modèle", WORDS, one.token) if word in letter.body]


def test_the_sender_hears_that_nobody_answered(listener: Actor) -> None:
    send(listener)
    with clock.at(now() + timedelta(days=4)):
        tasks.remind_and_expire.func()
    assert len(letters()) == 1


def test_what_a_listener_notes_themself_is_not_mailed_to_them(listener: Actor) -> None:
    one = send(listener)
    handshakes.note_answer(referral_id=one.id, to=SentState.ACCEPTED, by=listener)
    assert not letters()


def test_whoever_has_something_to_do_today_hears_of_it_once(listener: Actor) -> None:
    case_id = make_case(by=listener)
    for days in (0, -3):
        day = (today() + timedelta(days=days)).isoformat()
        make_entry(
            case_id, Section.TASKS, by=listener, what="Appeler", due_on=day, who=listener.key
        )
    tomorrow = (today() + timedelta(days=1)).isoformat()
    other = make_listener()
    later = make_case(by=other)
    make_entry(later, Section.TASKS, by=other, what="Écrire", due_on=tomorrow, who=other.key)

    tasks.remind_of_due.func()

    (letter,) = letters()
    assert "Appeler" not in letter.body


def test_the_packs_are_read_at_the_start() -> None:
    assert not [each for each in run_checks() if each.id == "balise.E461"]
