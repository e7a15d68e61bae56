"""Writing a resource, publishing it, and keeping what is public the same as what is published.

What people do in Wagtail's pages, Wagtail does; these are for whoever writes without them.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, Revision

from balise.awareness.publications import access
from balise.awareness.publications.access.rows import person_of, row_of
from balise.awareness.publications.actions.following import tell_tools
from balise.awareness.publications.models import (
    TYPES,
    Address,
    Paper,
    Picture,
    PublicFile,
    Published,
    Series,
    Shelf,
    Text,
    Translation,
    Withdrawn,
    type_of,
    withdraw,
)
from balise.awareness.publications.rules import HELD
from balise.awareness.publications.rules.starter import Starter, starters
from balise.awareness.publications.rules.webvtt import plate, reel
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find, there


@transaction.atomic
def draft(
    *,
    by: Actor,
    language: str,
    slug: str,
    title: str,
    summary: str,
    body: str,
    kind: str = "sheet",
    key: UUID | None = None,
    **facts: Any,
) -> int:
    """Write a page that nobody else reads yet; returns its id. `body` is HTML of `rules.BODY`.

    `kind` is a code of the taxonomy and decides the type of page; `key` is that of the page in
    another language, where this is its translation; `facts` are the other fields of the type.
    Raises NotHere for a language without a shelf, ValidationError for an address that is taken or
    a code that there is not.
    """
    access.require(by, access.WRITE)
    shelf = find(Shelf.objects.select_for_update(of=("self",)), locale__language_code=language)
    type_ = type_of(kind)
    given = facts if type_.KIND else {**facts, "kind": kind}
    page = type_(title=title, slug=slug, summary=summary, body=body, live=False)
    for name, value in given.items():
        setattr(page, name, value)
    if key is not None:
        page.translation_key = key
    page.owner = person_of(by)
    shelf.add_child(instance=page)
    page.save_revision(user=page.owner, log_action=True)
    if key is not None:
        Translation.note_first(page)
    return int(page.pk)


@transaction.atomic
def publish(*, by: Actor, page: int) -> None:
    """Make the last version of a page public; its log entry is told to the journal.

    Raises NotHere for a page that there is not, ValidationError for one that is not ready.
    """
    access.require(by, access.PUBLISH)
    found = there(row_of(page))
    found.get_latest_revision().publish(user=person_of(by), skip_permission_checks=True)


@transaction.atomic
def begin_shelves(*, by: Actor, country: str) -> list[int]:
    """Write the pages of a country's pack as drafts, on shelves that are empty; returns their ids.

    A shelf that has a page keeps what its people made of it.
    """
    access.require(by, access.WRITE)
    empty = {
        shelf.locale.language_code
        for shelf in Shelf.objects.select_related("locale").filter(numchild=0)
    }
    begun: dict[tuple[str, str], int] = {}
    films: dict[str, tuple[Paper, Picture]] = {}
    for each in sorted(starters(country), key=lambda one: bool(one.parts)):  # kits name the others
        if each.language in empty:
            more = _film_facts(each, country, films) if each.film else {}
            if each.comic:
                more["picture"] = _plate(each, country)
            if each.part_of:
                more["part_of_id"] = begun[each.language, each.part_of]
            begun[each.language, each.slug] = draft(
                by=by,
                language=each.language,
                slug=each.slug,
                body=each.body,
                key=each.key,
                **each.fields,
                **more,
                **_parts(each, begun),
            )
            if each.easy_of:
                _join_easy(begun[each.language, each.easy_of], begun[each.language, each.slug], by)
    return list(begun.values())


def _film_facts(
    page: Starter, country: str, kept: dict[str, tuple[Paper, Picture]]
) -> dict[str, Any]:
    """Return what a page says of the film of a pack, which is in the library once.

    A series has the poster of one of its films.
    """
    found = reel(country, page.film)
    if page.film not in kept:
        title = page.film.replace("-", " ").capitalize()
        home = Collection.get_first_root_node()
        film = ContentFile(found.film, name=f"{page.film}.webm")
        poster = ContentFile(found.poster, name=f"{page.film}.webp")
        kept[page.film] = (
            Paper.objects.create(title=title, file=film, collection=home),
            Picture.objects.create(title=title, file=poster, collection=home),
        )
    film_kept, poster_kept = kept[page.film]
    if page.fields["kind"] == Series.KIND:
        return {"picture": poster_kept}
    return {
        "film": film_kept,
        "picture": poster_kept,
        "captions": dict(found.captions),
        "described": True,
        "transcript": found.transcript(page.language),
    }


def _plate(page: Starter, country: str) -> Picture:
    """Return the panels of a comic, in the library; the text of the page is the same in words."""
    drawn = ContentFile(plate(country, page.comic["name"]), name=f"{page.comic['name']}.webp")
    picture: Picture = Picture.objects.create(
        title=page.fields["title"],
        file=drawn,
        description=page.comic["says"],
        collection=Collection.get_first_root_node(),
    )
    return picture


def _parts(starter: Starter, begun: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """Return the parts of a kit, as its field takes them."""
    rows = [
        {"type": "page", "value": {**part, "page": begun[starter.language, part["page"]]}}
        for part in starter.parts
    ]
    return {"parts": rows} if rows else {}


def _join_easy(page: int, easy: int, by: Actor) -> None:
    row = there(row_of(page))
    row.easy_id = easy
    row.save_revision(user=person_of(by), log_action=True)


def publish_due(*, by: Actor) -> None:
    """Publish and unpublish what was set to a moment that has come.

    A page that is not ready keeps no other back: it has no moment any more, and its history and
    the home of those who write say so.
    """
    access.require(by, access.PUBLISH)
    due = Revision.page_revisions.filter(approved_go_live_at__lt=clock.now())
    for revision in due.order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError:
            _hold(revision)
    call_command("publish_scheduled")  # what expires; of the rest nothing is due any more


@transaction.atomic
def _hold(revision: Revision) -> None:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=revision.content_object, action=HELD, revision=revision)


def settle(*, by: Actor) -> int:
    """Make the public table say what is live, and returns how many pages changed.

    It may run at any time, twice or after a crash: it compares, and makes a picture's size before
    the row that names it. A page that cannot be drawn keeps no other from being public: it is
    raised at the end (ExceptionGroup), so that the job is seen to fail and is tried again.
    """
    access.require(by, access.PUBLISH)
    known = dict(Published.objects.values_list("page_id", "drawn_from"))
    live = {page.pk: page for page in _live()}
    gone = known.keys() - live.keys()
    withdraw(gone)
    changed = [page for page in live.values() if known.get(page.pk) != page.drawn_from()]
    faults: list[Exception] = []
    for page in changed:
        try:
            _show(page.as_published())
        except Exception as fault:  # noqa: BLE001 - a library draws it: whatever it is
            faults.append(fault)
    tell_tools(by=by)
    if faults:
        raise ExceptionGroup("pages that cannot be drawn", faults)
    return len(gone) + len(changed)


@transaction.atomic
def _show(row: Published) -> None:
    names = row.open_files()
    row.drawn_at = clock.now()
    row.save()
    row.files.exclude(name__in=names).delete()
    files = [PublicFile(page=row, name=name) for name in sorted(names)]
    PublicFile.objects.bulk_create(files, ignore_conflicts=True)
    of = {"page_id": row.page_id}
    Address.objects.update_or_create(language=row.language, slug=row.slug, defaults=of)
    Withdrawn.objects.filter(key=row.key, language=row.language).delete()


def _live() -> Iterable[Text]:
    for each in TYPES:
        named = ("picture", "paper", "film", "sheet", "part_of")
        files = [name for name in named if hasattr(each, name)]
        joined = ("locale", "easy", "made_from__original__locale", *files)
        yield from each.objects.live().select_related(*joined)
