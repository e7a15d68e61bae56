"""The card of this module: what the rest of Balise reads of it."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from balise.foundation.grants import ALL, PUBLIC, STAFF, Declared, Grant, Queues, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.foundation.web.navigation import StaffEntry
from balise.steering.editions import access
from balise.steering.editions.models import Link
from balise.steering.editions.web.due import of_editions
from balise.steering.editions.web.parts import earlier

# What is forgotten of editions, and when: the links by which members read a draft.


KEPT: Final = timedelta(days=365)

RULES = (
    Rule(
        name="steering.links",
        forgets=Link,
        says=_(
            "A link by which a member of the committee read a draft is deleted with what was "
            "asked by it, a year after it was over."
        ),
        due=past(Link, "until", KEPT),
        erase=dropped(Link),
    ),
)


# What the public door may do: show a draft to the bearer of a link, and take a question.


GRANTS: tuple[Declared, ...] = (
    Queues(
        job="balise.steering.editions.tasks.draw_files",
        by=STAFF,
        why="Files of a frozen edition that were not drawn are asked for once more.",
    ),
    Grant(
        on=("steering_editions_edition", "steering_editions_section", "steering_editions_file"),
        to=(PUBLIC,),
        why="A member reads a draft by a link, everyone an edition that is public: masked tables.",
        read=ALL,
    ),
    Grant(
        on=("steering_editions_link",),
        to=(PUBLIC,),
        why="The digest of a token finds its link; that it was opened is noted.",
        read=ALL,
        change=("opened_at",),
    ),
    Grant(
        on=("steering_editions_comment",),
        to=(PUBLIC,),
        why="A member asks, and reads the answers to what they asked.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("steering.link.opened", "steering.comment.made"), by=(PUBLIC,)),
)


MODULE = Module(
    public=(Mount(namespace="editions"),),
    staff=(Mount("steering/editions/", "editions"),),
    abilities={
        "steering": (
            access.READ,
            access.WRITE,
            access.APPROVE,
            access.FREEZE,
            access.PUBLISH,
        ),
        "steering_office": (access.READ, access.WRITE, access.APPROVE),
    },
    ways=(
        StaffEntry(
            line="steering",
            label=_("Committee deck"),
            says=_("Editions for the committee: made ready, frozen, published."),
            url_name="staff:editions:editions",
            icon="file",
            ability=access.READ,
            due=of_editions,
        ),
    ),
    parts={"steering.figure": earlier},
    retention=RULES,
    grants=GRANTS,
)
