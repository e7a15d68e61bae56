"""A version that its editor asks a head of awareness to read and publish."""

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.publications import access
from balise.awareness.publications.access.rows import person_of, row_of
from balise.foundation.actors import Actor
from balise.foundation.finding import there
from balise.foundation.refusals import Refused


class Asked(Refused):
    """The page waits for a review already."""

    code = "asked"


@transaction.atomic
def ask_review(*, by: Actor, page: int) -> None:
    """Ask for a review of the last version of a page; a head answers in Wagtail's pages.

    Raises NotHere, or Asked where one waits.
    """
    access.require(by, access.WRITE)
    row = there(row_of(page))
    if row.workflow_in_progress:
        raise Asked(_("This page waits for a review already."))
    row.get_workflow().start(row, person_of(by))
