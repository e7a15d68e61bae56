"""A process killed in the middle of a transfer: it never happened, and can be made again."""

import os
import signal
import subprocess
import sys
from uuid import uuid4

import pytest

from balise.foundation.tasks.tests.workers import database_url
from balise.helpline.console.actions import accepting, passing_on
from balise.helpline.console.models import Brief
from balise.helpline.console.tests.makers import make_listener
from balise.helpline.conversations import queries
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Skill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]

TRANSFER = """
import sys, time
import django
django.setup()
from uuid import UUID
from django.db import transaction
from balise.foundation.actors import Actor, ActorKind
from balise.helpline.console.actions import passing_on
from balise.helpline.queue.rules import Skill
item, account, *abilities = sys.argv[1:]
me = Actor(ActorKind.STAFF, account, frozenset(abilities))
with transaction.atomic():
    passing_on.transfer(item_id=UUID(item), brief="En sécurité.", skill=Skill.LAWYER, by=me)
    print("in the middle", flush=True)
    time.sleep(60)
"""


def test_killed_in_the_middle_of_a_transfer_nobody_is_lost() -> None:
    psychologist, begun = make_listener(Skill.PSYCHOLOGIST), saying.ask(nickname="Renard")
    saying.say(token=begun.token, text="Bonjour", client_id=uuid4())
    taken = accepting.accept(by=psychologist)
    assert taken is not None
    env = {**os.environ, "DATABASE_URL": database_url()}
    env["DJANGO_SETTINGS_MODULE"] = "balise.config.settings"
    words = [str(taken.item), psychologist.key, *psychologist.abilities]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", TRANSFER, *words], env=env, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.send_signal(signal.SIGKILL)
    item = Item.objects.get(id=taken.item)
    assert (item.state, item.held_by) == (ItemState.HELD, psychologist.key)
    assert not Brief.objects.exists()
    saying.say(token=begun.token, text="Tu es là ?", client_id=uuid4())
    passing_on.transfer(
        item_id=taken.item, brief="En sécurité.", skill=Skill.LAWYER, by=psychologist
    )
    lawyer = make_listener(Skill.LAWYER)
    again = accepting.accept(by=lawyer)
    assert again is not None
    assert again.item == taken.item
    assert passing_on.open_briefs(item_id=taken.item, by=lawyer) == ["En sécurité."]
    one, key = queries.joined(begun.id, seen_by=lawyer)
    said = [event.text for event in queries.after(one.id, 0, key=key) if event.text]
    assert said == ["Bonjour", "Tu es là ?"]
