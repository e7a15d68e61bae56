"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.awareness.publications import access
from balise.awareness.publications.actions import begin_shelves, following
from balise.awareness.publications.demonstration import fill
from balise.awareness.publications.events import (
    ToolShelved,
    ToolTaken,
    ToolTopicCleared,
    ToolTopicSet,
)
from balise.awareness.publications.models import LINE, Follower
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.tasks import SCHEDULE
from balise.awareness.publications.web.due import of_pages
from balise.awareness.publications.web.home import feed, newest, search
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells
from balise.foundation.mail import subscribers
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.statistics.indicators import Counts, Indicator, Level
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry

# The figures of the catalogue that a committee speaks of, defined.


def _labels(facet: str) -> Mapping[str, object]:
    language = (get_language() or "en")[:2]
    terms = taxonomy(settings.COUNTRY)[facet].terms
    return {code: term.label.in_language(language) for code, term in terms.items()}


INDICATORS = (
    Indicator(
        code="RES-N",
        line="awareness",
        name=_("Free tools of the catalogue"),
        definition=_(
            "A sheet, workshop, guide, game, poster, comic or kit counts once, in however many "
            "languages, from the day it is public until the day it is not. All of the catalogue "
            "is free. Advice, news, videos and series are not in it."
        ),
        unit=ngettext_lazy("%(many)s tool", "%(many)s tools", "count"),
        source=Level(Counts("awareness.tools"), Counts("awareness.tools-taken")),
        owner=_("Publications: the catalogue"),
        by="kind",
        labels=lambda: _labels("kind"),
    ),
    Indicator(
        code="RES-TOP",
        line="awareness",
        name=_("Free tools of the catalogue, by topic"),
        definition=_(
            "Each topic of a tool counts once, on the same days as the tool. A tool has one topic "
            "or several, so the topics add up to more than the tools."
        ),
        unit=npgettext_lazy("tools", "%(many)s topic", "%(many)s topics", "count"),
        source=Level(
            Counts("awareness.tool-topics"),
            Counts("awareness.tool-topics-cleared"),
            overlaps=True,
        ),
        owner=_("Publications: the catalogue"),
        by="topic",
        labels=lambda: _labels("topic"),
    ),
)


# What is counted of the catalogue: tools that came and went, and their topics.


MEASURES = (
    Measure("awareness.tools", counts=ToolShelved, by=("kind",)),
    Measure("awareness.tools-taken", counts=ToolTaken, by=("kind",)),
    Measure("awareness.tool-topics", counts=ToolTopicSet, by=("topic",)),
    Measure("awareness.tool-topics-cleared", counts=ToolTopicCleared, by=("topic",)),
)


# What is forgotten of who waits for a kit's next version, and when.


def followers_due(at: datetime) -> Iterable[UUID]:
    """Return who confirmed 24 months ago, and who did not within a week."""
    return subscribers.due(Follower, at)


def erase_followers(followers: Sequence[UUID]) -> int:
    """Destroy addresses with their keys; return how many."""
    return following.erase(followers=followers, by=SYSTEM)


RULES = (
    Rule(
        name="awareness.followers",
        forgets=Follower,
        says=_(
            "The address of someone who waits for a kit’s next version is deleted when they leave, "
            "or after 24 months; after a week if they did not confirm it."
        ),
        due=followers_due,
        erase=erase_followers,
    ),
)


# What the public door may do in publications: read what is public; leave an address, sealed.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_publications_published",),
        to=(PUBLIC,),
        why="Everyone reads what is published, from this table alone.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_publicfile",),
        to=(PUBLIC,),
        why="A file is for everyone while a public page names it here.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_withdrawn",),
        to=(PUBLIC,),
        why="Harvesters are told what is not public any more.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_address",),
        to=(PUBLIC,),
        why="A link to an earlier address of a page leads to where it is now.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_edition",),
        to=(PUBLIC,),
        why="Everyone reads which files a public version of a kit has.",
        read=ALL,
    ),
    Grant(
        on=("awareness_publications_follower",),
        to=(PUBLIC,),
        why="Who waits for a kit’s next version leaves an address, sealed, and is never read here.",
        add=True,
    ),
    Tells(
        facts=(
            *("awareness.follower.asked", "awareness.follower.confirmed"),
            "awareness.follower.left",
        ),
        by=(PUBLIC,),
    ),
)


def begin() -> str:
    """Put drafts on the shelves of a real centre; a demonstration fills them itself."""
    if settings.DEMONSTRATION or not begin_shelves(by=SYSTEM, country=settings.COUNTRY):
        return ""
    return "The shelves have drafts to read and publish."


MODULE = Module(
    public=(
        Mount(namespace="publications", kept={"catalogue": 5}),
        Mount(listed="plain", plain=True),
    ),
    staff=(Mount("publications/", "publications"),),
    areas={"cms/": "balise.awareness.publications.web.cms"},
    abilities={"editor": (access.WRITE,), "awareness_lead": (access.PUBLISH,)},
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Publications"),
            says=_("Write, review and publish the centre’s resources."),
            url_name="wagtailadmin_home",
            icon="edit",
            ability=access.WRITE,
        ),
        StaffEntry(
            line="awareness",
            label=_("To review"),
            says=_("Requests, reviews due, translations out of date, missing descriptions."),
            url_name="staff:publications:due",
            icon="clock",
            ability=access.WRITE,
            due=of_pages,
        ),
        StaffEntry(
            line="awareness",
            label=_("Translations"),
            says=_("Each page in its languages, and what is out of date."),
            url_name="staff:publications:languages",
            icon="globe",
            ability=access.WRITE,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Find resources"),
            says=_("Advice, workshops and games: for families, for teachers, for the young."),
            url_name="publications:catalogue",
        ),
    ),
    measures=MEASURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    parts={
        "home.search": search,
        "home.awareness": newest,
        "home.follow": feed,
    },
    demonstration=fill,
    set_up=begin,
)
