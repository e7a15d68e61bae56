"""The card of this module: what the rest of Balise reads of it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.packs import PackFaulty
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.directory import access
from balise.takedown.directory.actions import read_packs
from balise.takedown.directory.rules.entries import listed
from balise.takedown.directory.web.due import of_entries
from balise.takedown.directory.web.search import SEARCHES

# What the public process may do with the directory: read the name of a notice's recipient.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_directory_contact", "takedown_directory_organisation"),
        to=(PUBLIC,),
        why="A recipient is called by name, in its language.",
        read=ALL,
    ),
)


def read() -> str:
    """Bring what the packs know into the directory."""
    read_packs(country=settings.COUNTRY)
    return "The directory has what its packs know."


MODULE = Module(
    staff=(Mount("takedown/directory/", "directory"),),
    abilities={"analyst": (access.READ, access.PROPOSE, access.APPROVE)},
    searches=SEARCHES,
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Directory"),
            says=_("Organisations and contact points."),
            url_name="staff:directory:entries",
            icon="server",
            ability=access.READ,
            due=of_entries,
        ),
    ),
    grants=GRANTS,
    set_up=read,
)


# The packs are read before the first request: a faulty directory stops the start.


@register()
def directory_is_sound(**_kwargs: Any) -> list[CheckMessage]:
    """Return an error where the packs of the directory cannot be read."""
    try:
        listed(settings.COUNTRY)
    except PackFaulty as fault:
        return [Error(str(fault), id="balise.E403", hint="See takedown/directory/packs.")]
    return []
