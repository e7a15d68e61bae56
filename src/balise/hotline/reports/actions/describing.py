"""What the items of a content show: described one by one, counted once the verdict is final."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.journal.book import record, record_many
from balise.hotline.reports import access
from balise.hotline.reports.actions import counting
from balise.hotline.reports.events import ItemsDescribed, ItemWithdrawn, items_counted
from balise.hotline.reports.models import Content, DescribedItem
from balise.hotline.reports.queries.listing import name_of
from balise.hotline.reports.rules import assessing, describing
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.takedown.law.rules.items import Item


def describe_items(*, content_id: UUID, items: list[Item], by: Actor) -> int:
    """Add what items of a content show, and return how many are described now.

    Refuses a closed content, what another analyst holds, and too many at once. After an illegal
    verdict they enter the figures at once.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = _free_for(content_id, by)
        verdict = Verdict(content.verdict) if content.verdict else None
        before = content.items.count()
        describing.check_can_describe(
            ContentState(content.state), verdict, described=before, more=len(items)
        )
        DescribedItem.objects.bulk_create(
            DescribedItem(content=content, at=now(), **item.codes()) for item in items
        )
        record_many(
            (
                ItemsDescribed(
                    subject=content.id,
                    items=count,
                    age=item.age,
                    sex=item.sex,
                    act=item.act,
                    reality=item.reality,
                )
                for item, count in describing.alike(items)
            ),
            by=by,
        )
        if content.decided_at:
            record_many(items_counted(content.id, items, on=day_of(content.decided_at)), by=by)
            counting.change(content=content, by=by)
    return before + len(items)


def withdraw_item(*, content_id: UUID, item_id: int, by: Actor) -> Item | None:
    """Take back an item that was described by mistake; return what it showed, if it was there.

    Refuses once the verdict is final, and what another analyst holds.
    """
    access.require(by, access.ASSESS)
    with transaction.atomic():
        content = _free_for(content_id, by)
        describing.check_can_withdraw(ContentState(content.state))
        one = content.items.filter(id=item_id).first()
        if one is None:
            return None
        one.delete()
        record(ItemWithdrawn(subject=content.id), by=by)
    return one.shown


def _free_for(content_id: UUID, by: Actor) -> Content:
    content = Content.locked(content_id)
    if assessing.is_held_by_another(content.claimed_by, content.claimed_at, by=by.key, at=now()):
        raise assessing.claimed_by_another(name_of(content.claimed_by))
    return content
