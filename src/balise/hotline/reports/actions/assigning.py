"""Content handed to a colleague: it is theirs as if they had taken it, and as long."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.accounts.queries import holders_of
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import NotYours
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.hotline.reports import access
from balise.hotline.reports.events import ContentAssigned
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries.reviews import check_eyes
from balise.hotline.reports.rules.assessing import check_can_assess
from balise.hotline.reports.rules.words import ContentState


class NoColleague(Refused, code="no-colleague"):
    """Content is handed to someone who may decide on it."""


def assign(*, content_id: UUID, to: UUID, by: Actor) -> None:
    """Hand content to a colleague who may assess. They have it as long as one who took it.

    An analyst hands on their own, a lead any. Refuses what is decided, and a second review to the
    one who gave the first.
    """
    access.require(by, access.ASSESS)
    if to not in holders_of(access.ASSESS):
        raise NoColleague(str(_("This person cannot assess content: choose another colleague.")))
    with transaction.atomic():
        content = Content.locked(content_id)
        if content.claimed_by != by.key and not by.may(access.RELEASE_OTHERS):
            raise NotYours(access.RELEASE_OTHERS)
        check_can_assess(ContentState(content.state))
        check_eyes(content, of=str(to), leads=to in holders_of(access.RELEASE_OTHERS))
        Content.objects.filter(id=content_id).update(
            claimed_by=str(to), claimed_at=now(), opened_at=None
        )
        record(ContentAssigned(subject=content_id, to=to), by=by)
