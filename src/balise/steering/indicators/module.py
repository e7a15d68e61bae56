"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.modules import Module, Mount
from balise.foundation.statistics.indicators import Beside, Indicator, Latest, Method, NotCounted
from balise.foundation.statistics.quantities import Bound
from balise.foundation.web.navigation import StaffEntry
from balise.steering.indicators import access
from balise.steering.indicators.demonstration import fill

# The figures that others count, and those that nothing counts yet, defined.


INDICATORS = (
    Indicator(
        code="SOC-FOL",
        line="steering",
        name=_("Followers of our accounts"),
        definition=_(
            "The last number that each network shows on or before the day. Someone who "
            "follows two accounts is in both, so they are shown side by side and never "
            "added."
        ),
        unit=npgettext_lazy("figures", "%(many)s follower", "%(many)s followers", "count"),
        source=Latest("social.followers", adds=False),
        owner=_("Readings of social networks"),
        method=Method.IMPORTED,
    ),
    Indicator(
        code="VID-VIEW",
        line="steering",
        name=_("Views of our videos"),
        definition=_(
            "The last number that each platform shows on or before the day. Platforms "
            "define a view differently, so they are shown side by side and never added."
        ),
        unit=npgettext_lazy("figures", "%(many)s view", "%(many)s views", "count"),
        source=Latest("videos.views", adds=False),
        owner=_("Readings of video platforms"),
        method=Method.IMPORTED,
    ),
    Indicator(
        code="APP-DL",
        line="steering",
        name=_("Downloads of the application"),
        definition=_(
            "What each store shows on or before the day, added up: all downloads since "
            "the application is there."
        ),
        unit=npgettext_lazy("figures", "%(many)s download", "%(many)s downloads", "count"),
        source=Latest("stores.downloads"),
        owner=_("Readings of application stores"),
        method=Method.IMPORTED,
    ),
    Indicator(
        code="WEB-UV",
        line="steering",
        name=_("Visitors of our sites"),
        definition=_(
            "Distinct visitors as the audience tool of each site counts them. Someone who "
            "comes to two sites is in both, so they are never added."
        ),
        unit=ngettext_lazy("%(many)s visitor", "%(many)s visitors", "count"),
        source=Latest("web.visitors", adds=False),
        owner=_("Readings of web audience"),
        method=Method.IMPORTED,
    ),
    Indicator(
        code="REACH",
        line="steering",
        name=_("Young people reached: what such a number adds up"),
        definition=_(
            "A sum such as “a million young people reached each year” adds figures of different "
            "things, and is not a number of people; so they stand here side by side, "
            "without a sum. People met in workshops (WS-P), in interventions (INT-P) and at "
            "activities of Safer Internet Day (SID-P) are presences, declared: someone who comes "
            "twice counts twice, and an activity of the Day may be declared as a workshop too. "
            "Stories (GAME-PLAY) and quizzes (QUIZ-N) are played alone or by a class that counts "
            "once, often in one of these workshops. Videos (VID-VIEW) are views on each platform, "
            "and visitors (WEB-UV) are those of each site, adults too, imported: someone who plays "
            "a story or watches a film there is in both."
        ),
        unit=npgettext_lazy("figures", "%(many)s figure", "%(many)s figures", "count"),
        source=Beside(("WS-P", "INT-P", "SID-P", "GAME-PLAY", "QUIZ-N", "VID-VIEW", "WEB-UV")),
        owner=_("Steering: figures of the lines"),
        method=Method.ESTIMATED,
        bound=Bound.ABOUT,
    ),
    Indicator(
        code="APP-CON",
        line="helpline",
        name=_("Contacts from the application"),
        definition=_("Contacts that begin in the application for young people."),
        unit=npgettext_lazy("figures", "%(many)s contact", "%(many)s contacts", "count"),
        source=NotCounted(_("The application does not tell yet where a contact began.")),
        owner=_("Application"),
    ),
    Indicator(
        code="MATCH-N",
        line="hotline",
        name=_("Pieces of content found by matching"),
        definition=_("Content that is recognised because its fingerprint is on a list."),
        unit=ngettext_lazy("%(many)s piece of content", "%(many)s pieces of content", "count"),
        source=NotCounted(_("Matching is not part of this centre yet.")),
        owner=_("Matching"),
    ),
)


MODULE = Module(
    indicators=INDICATORS,
    ways=(
        StaffEntry(
            line="steering",
            label=_("Breaks and targets"),
            says=_("Days from which a series means something else; what the plan aims at."),
            url_name="staff:indicators:breaks",
            icon="history",
            ability=access.READ,
        ),
    ),
    staff=(Mount("steering/indicators/", "indicators"),),
    abilities={
        "steering": (access.READ, access.WRITE),
        "steering_office": (access.READ, access.WRITE),
    },
    demonstration=fill,
)
