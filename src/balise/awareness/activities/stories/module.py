"""The card of this module: what the rest of Balise reads of it."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.awareness.activities.stories import access
from balise.awareness.activities.stories.demonstration import played
from balise.awareness.activities.stories.events import StoryCounted
from balise.awareness.activities.stories.models import LINE, KeptPlay
from balise.awareness.activities.stories.queries import catalogue
from balise.awareness.activities.stories.rules.places import KEPT, Mode, What, ending_code
from balise.awareness.activities.stories.rules.sounds import HEARD
from balise.awareness.activities.stories.tasks import SCHEDULE
from balise.foundation.actors import SYSTEM
from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Figure, Form
from balise.foundation.statistics.indicators import Counts, Indicator, Level
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.foundation.web.quick_exit import Kept, Where

# The figures of stories, in words.


_STORIES = ngettext_lazy("%(many)s story", "%(many)s stories", "count")


def _titles() -> Mapping[str, object]:
    return {each.slug: each.about.title for each in catalogue()}


def _endings() -> Mapping[str, object]:
    return {
        ending_code(each.slug, ending.code): f"{each.about.title} – {ending.title}"
        for each in catalogue()
        for ending in each.about.endings
    }


FIGURES = (
    Figure(
        board="awareness",
        code="stories-begun",
        measure="awareness.stories.begun",
        title=_("Stories begun"),
        counted=_STORIES,
        form=Form.CODES,
        by="story",
        labels=_titles,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="stories-mode",
        measure="awareness.stories.begun",
        title=_("Stories begun, by mode"),
        counted=_STORIES,
        form=Form.CODES,
        by="mode",
        labels=lambda: dict(Mode.choices),
        in_given_order=True,
        sums=True,
    ),
    Figure(
        board="awareness",
        code="stories-ended",
        measure="awareness.stories.ended",
        title=_("Stories finished, by ending"),
        counted=_STORIES,
        form=Form.CODES,
        by="ending",
        labels=_endings,
        in_given_order=True,
        sums=True,
    ),
)


_PLAYS = ngettext_lazy("%(many)s play", "%(many)s plays", "count")

INDICATORS = (
    Indicator(
        code="GAME-PLAY",
        line="awareness",
        name=_("Stories begun"),
        definition=_(
            "A story counts each time it is begun, alone or by a class; a class counts "
            "once. All that were ever begun."
        ),
        unit=_PLAYS,
        source=Level(Counts("awareness.stories.begun", sums=True)),
        owner=_("Interactive stories"),
        by="story",
        labels=_titles,
    ),
    Indicator(
        code="GAME-END",
        line="awareness",
        name=_("Stories finished"),
        definition=_("A story counts each time an ending is reached. All that were ever finished."),
        unit=_PLAYS,
        source=Level(Counts("awareness.stories.ended", sums=True)),
        owner=_("Interactive stories"),
        by="story",
        labels=_titles,
    ),
)


# What is counted of stories: begun and finished. Those who play may be children.


MEASURES = (
    Measure(
        "awareness.stories.begun",
        counts=StoryCounted,
        by=("story", "mode"),
        day="day",
        amount="times",
        only=(("what", What.BEGUN.value),),
    ),
    Measure(
        "awareness.stories.ended",
        counts=StoryCounted,
        by=("story", "mode", "ending"),
        day="day",
        amount="times",
        only=(("what", What.ENDED.value),),
    ),
)


# What is deleted of stories, and when. No row here says who someone is.


RULES = (
    Rule(
        name="awareness.story-plays",
        forgets=KeptPlay,
        says=_("A story kept under six words is deleted 180 days after the last choice."),
        due=past(KeptPlay, "changed_at", KEPT),
        erase=deleted(KeptPlay),
    ),
)


# What the public door may do: read what is published, keep a play, and count.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("activities_stories_published",),
        to=(PUBLIC,),
        why="Anyone plays a published story. Its source is not in this table.",
        read=ALL,
    ),
    Grant(
        on=("activities_stories_keptplay",),
        to=(PUBLIC,),
        why="Six words open a play, which each choice changes. Nothing in it says who it is.",
        read=("id", "index", "told", "changed_at"),
        add=True,
        change=("told", "changed_at"),
    ),
    Grant(
        on=("activities_stories_playtally",),
        to=(PUBLIC,),
        why="It adds one to the tally of a day.",
        read=("id", "day", "story", "mode", "what", "code", "times"),
        add=True,
        change=("times",),
    ),
)


def begin() -> str:
    """Begin the stories of the packs; nothing is said of it."""
    from balise.awareness.activities.stories.actions import writing  # noqa: PLC0415 - compilers

    writing.begin_stories(by=SYSTEM, country=settings.COUNTRY)
    return ""


MODULE = Module(
    public=(Mount(namespace="stories", sources=dict.fromkeys(("play", "class_play"), HEARD)),),
    staff=(Mount("awareness/stories/", "stories"),),
    abilities={
        "editor": (access.READ, access.WRITE),
        "awareness_lead": (access.PUBLISH,),
        "coordinator": (access.READ,),
    },
    ways=(
        StaffEntry(
            line="awareness",
            label=_("Stories"),
            says=_("Interactive stories: brought in, checked, published, withdrawn."),
            url_name="staff:stories:stories",
            icon="file",
            ability=access.READ,
        ),
        StaffEntry(
            line="awareness",
            label=_("Figures of stories"),
            says=_("How often each story is begun and finished, with which endings and choices."),
            url_name="staff:stories:figures",
            icon="chart",
            ability=access.READ,
        ),
    ),
    public_ways=(
        PublicEntry(
            line="awareness",
            label=_("Interactive stories"),
            says=_("An inquiry where each choice counts, alone or with a class. No account."),
            url_name="stories:catalogue",
        ),
    ),
    keeps=(Kept(Where.LOCAL, "story-*"), Kept(Where.SESSION, "story-here")),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    retention=RULES,
    schedule=SCHEDULE,
    key_line=LINE,
    grants=GRANTS,
    demonstration=played,
    set_up=begin,
)
