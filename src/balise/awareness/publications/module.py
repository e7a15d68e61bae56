"""The card of this module: what the rest of Balise reads of it."""

from django.utils.translation import gettext_lazy as _

from balise.awareness.publications import access
from balise.awareness.publications.demonstration import fill
from balise.awareness.publications.grants import GRANTS
from balise.awareness.publications.indicators import INDICATORS
from balise.awareness.publications.measures import MEASURES
from balise.awareness.publications.models import LINE
from balise.awareness.publications.retention import RULES
from balise.awareness.publications.tasks import SCHEDULE
from balise.awareness.publications.web.due import of_pages
from balise.awareness.publications.web.home import feed, newest, search
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import PublicEntry, StaffEntry

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
)
