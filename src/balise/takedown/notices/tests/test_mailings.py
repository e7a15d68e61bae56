"""Every kind of mail says what it must, in both languages, and its subject names no content."""

from uuid import UUID

import pytest

from balise.foundation.actors import SYSTEM
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import mailing
from balise.takedown.notices.rules.mails import MailingKind
from balise.takedown.notices.tests.makers import LOCATION, get, make_notice, make_sent, send, work

pytestmark = pytest.mark.django_db

WORDS = {"text": "Some words of ours.", "ruling": "rejected", "to": "x@mail.example"}


@pytest.fixture(params=["fr", "en"])
def sent(request: pytest.FixtureRequest, office: Postmaster) -> UUID:
    contact_id = make_contact(make_host(language=request.param))
    return make_sent(office, contact_id=contact_id)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("kind", list(MailingKind))
def test_each_mail_has_a_subject_and_words(sent: UUID, kind: MailingKind, count: int) -> None:
    notice = get(sent)
    notices = [notice]
    if count > 1:
        other = make_notice(contact_id=notice.contact_id)
        send(other)
        work()
        notices.append(get(other))
    language = notice.contact.organisation.language
    is_ruling = kind is MailingKind.RULING
    written = mailing.write(
        line="hotline",
        contact_id=None if is_ruling else notice.contact_id,
        kind=kind,
        notices=() if kind is MailingKind.INTRODUCTION else notices,
        words={**WORDS, "language": language},
        by=SYSTEM,
    )
    composed = queries.compose(written, queries.notices_in(written))
    assert composed is not None
    assert composed.language == language
    assert composed.to == ("x@mail.example" if is_ruling else "abuse@hebergeur.example")
    subject, text = composed.wording.subject, composed.wording.text
    # One line, or no mail server is ever asked; no-break spaces are plain ones once it is sent.
    assert subject.replace("\u202f", " ").isprintable()
    assert "images.example" not in subject
    assert "{" not in text
    assert "\n\n\n" not in text
    if kind in {MailingKind.NOTICES, MailingKind.REMINDER}:
        assert text.count(LOCATION) >= count
    if kind is not MailingKind.INTRODUCTION:
        assert all(one.number in text for one in notices)
    if kind in {MailingKind.REPLY, MailingKind.RULING}:
        assert WORDS["text"] in text


def test_what_leaves_in_both_languages_is_taken(sent: UUID, office: Postmaster) -> None:
    (mail,) = office.mails
    assert mail["Content-Language"] in {"fr", "en"}
    assert f"/{mail['Content-Language']}/notice/" in mail.get_content()
