"""The helpline of the demonstration: weeks of calls and chats, and who waits for its listeners.

The weeks are told in brief, for the forecast; `balise day past` plays them as a whole. Some asked
to be called back, some wrote. Numbers are of the range that is kept for fiction. No console is on:
a person who signs in as a listener goes on themself.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from uuid import uuid4

from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now, today, zone
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.mail.reading import read_mail
from balise.helpline.channels.actions import answering, receiving
from balise.helpline.channels.rules import Audience, Safety
from balise.helpline.console.actions import accepting
from balise.helpline.contacts.actions import keeping
from balise.helpline.conversations.actions import presence, saying
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.rules import WaitKind
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script

_ASKED = (
    ("+33 1 99 00 12 34", "Après le collège, s'il vous plaît.", Script.FRIEND),
    ("+33 1 99 00 23 45", "Des photos de ma fille circulent.", Script.OPEN),
    ("+33 1 99 00 34 56", "", Script.FIRST_NAME),
)
_WROTE = (
    (
        "Dans ma classe ils ont créé un groupe pour se moquer de moi. Je ne veux plus y aller.",
        Audience.YOUNG,
        "",
        Safety.SHARED,
    ),
    (
        "Ma fille de 12 ans reçoit des demandes d'inconnus dans un jeu. Que puis-je régler ?",
        Audience.PARENT,
        "parent@mailbox.example",
        Safety.ALONE,
    ),
)
_MAILED = "Bonjour,\n\nMon compte a été piraté et quelqu'un écrit à mes amis à ma place.\n"
_BEGUN = "Bonjour,\n\nMerci de nous avoir écrit. Ce que tu racontes n’est pas ta faute, et"
_LOST = "Ne veut pas retourner au collège lundi. La ligne a coupé avant la fin."


def fill(cast: Mapping[str, Actor]) -> None:
    """Make a record to finish, some who wait, and an answer that was begun."""
    lose_someone(listener=cast["listener"])
    wait_for_listeners()
    begin_an_answer(listener=cast["listener"])


def wait_for_listeners() -> None:
    """Make call-backs for some time in the coming hours, and messages."""
    moment = now()
    for number, words, script in _ASKED:
        calling_back.ask_call_back(
            number=number,
            since=moment,
            until=moment + timedelta(hours=8),
            script=script,
            words=words,
            by=ANYONE,
        )
    for words, audience, email, safety in _WROTE:
        receiving.begin(
            token=new_receipt(),
            message_id=uuid4(),
            text=words,
            audience=audience,
            email=email,
            safety=safety,
            language="fr",
            by=ANYONE,
        )
    mail = EmailMessage()
    mail["From"] = "Hirondelle <hirondelle@mailbox.example>"
    mail["Subject"] = "Mon compte"
    mail["Message-ID"] = "<1@mailbox.example>"
    mail.set_content(_MAILED)
    octets = mail.as_bytes()
    receiving.take_mail(mail=read_mail(octets), octets=octets, by=SYSTEM)


def lose_someone(*, listener: Actor) -> None:
    """Make a call that went silent: its record is still to finish."""
    began = datetime.combine(today() - timedelta(days=1), time(17, 40), tzinfo=zone())
    with clock.at(began):
        saying.ask(nickname="Mésange", language="fr", age=15)
        seating.sit(skills=(), by=listener)
        accepted = accepting.accept(by=listener)
    if accepted is None or accepted.contact is None:
        return
    with clock.at(began + timedelta(minutes=6)):
        keeping.save(contact_id=accepted.contact, version=0, given={"summary": _LOST}, by=listener)
        presence.suspend_dropped()
    with clock.at(began + timedelta(minutes=22)):
        presence.free_places()
        seating.stand(by=listener)


def begin_an_answer(*, listener: Actor) -> None:
    """Make an answer that a listener began before putting the message back in line."""
    seating.sit(skills=(), by=listener)
    thread_id = min(queue.waiting_since(WaitKind.MESSAGE).items(), key=lambda each: each[1])[0]
    item_id = queue.open_item(WaitKind.MESSAGE, thread_id)
    if item_id is not None and accepting.accept(item_id=item_id, by=listener) is not None:
        answering.keep_draft(thread_id=thread_id, text=_BEGUN, message_id=uuid4(), by=listener)
        claiming.put_back(item_id=item_id, by=listener)
    seating.stand(by=listener)
