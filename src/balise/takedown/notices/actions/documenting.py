"""Put a notice into another form, and write down who took which."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.takedown.notices import access, queries
from balise.takedown.notices.events import DocumentTaken
from balise.takedown.notices.models import Notice
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.rules.documents import DocumentKind
from balise.takedown.notices.rules.letters import check_complete


def take(*, notice_id: UUID, kind: DocumentKind, by: Actor) -> OpenedNotice:
    """Open a complete notice for one of its documents, and write down who took which.

    Refuses what lacks one of the law's four elements (NoticeIncomplete): a document leaves the
    house as a mail does.
    """
    with transaction.atomic():
        notice = access.found(Notice, notice_id, access.READ, by=by)
        opened = queries.opened(notice, queries.letter_of(notice))
        check_complete(opened.elements)
        record(DocumentTaken(**notice.facts, document=kind), by=by)
    return opened
