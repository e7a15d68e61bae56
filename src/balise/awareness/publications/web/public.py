"""What everyone reads: a page, and what machines read of all pages."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language, gettext as _, override
from django.views.decorators.http import require_safe

from balise.awareness.publications import queries
from balise.awareness.publications.queries import kits as made
from balise.awareness.publications.rules.kits import KIND
from balise.awareness.publications.rules.metadata import as_json_ld
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import beside, cards, labels
from balise.awareness.publications.web import kits, videos
from balise.awareness.usage.rules.tallies import UsageKind
from balise.awareness.usage.web import public as usage_public
from balise.foundation.finding import NotHere
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pages import parts_of

PART: Final = "publications.page"  # below a text: what other modules ask of its readers
# What would end a script, or begin a comment in it; JSON has them in its strings alone.
_ENDS: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@public
@require_safe
def page(request: Request, slug: str) -> HttpResponse:
    """Show a page in the language of the address; else in its own, which is said.

    Where it is translated under another name, lead there.
    """
    language = get_language() or ""
    try:
        found = queries.read(language=language, slug=slug)
    except NotHere:  # it may have moved
        return HttpResponsePermanentRedirect(queries.moved(language=language, slug=slug))
    if found.page.language != language and language in found.others:
        return HttpResponseRedirect(queries.address(found.others[language]))
    facets = taxonomy(settings.COUNTRY)
    original = found.others.get(found.page.behind)
    is_dossier = found.page.kind == queries.DOSSIER
    gathered, total = queries.gathered(found.page) if is_dossier else ((), 0)
    is_kit = found.page.kind == KIND
    around = {
        **(kits.shown(found.page.page_id) if is_kit else {}),
        **videos.around(request, found),
    }
    answer = render(
        request,
        kits.TEMPLATE if is_kit else "publications/page.html",
        {
            **around,
            "linked": _linked(found, around),
            **beside(found.page, facets),
            "read": found,
            "is_fallback": found.page.language != language,
            "is_discreet": queries.is_discreet(found.page),
            "own_language": ", ".join(labels(found.page, "language", facets)),
            "original_address": queries.address(original) if original else "",
            "original_language": ", ".join(labels(original, "language", facets))
            if original
            else "",
            "own_address": queries.address(found.page, whole=True),
            "own_others": [
                (other, queries.address(row, whole=True)) for other, row in found.others.items()
            ],
            "easy_address": queries.address(found.easy) if found.easy else "",
            "full_address": queries.address(found.full) if found.full else "",
            "gathered": cards(gathered, facets),
            "total": total,
            "beside": () if is_dossier else cards(queries.to_go_on(found.page), facets),
            "asked": parts_of(PART, found.page, seen_by=request.actor),
        },
    )
    _count(request, answer, UsageKind.VIEW, found)
    return videos.opened(answer, found)


@public
@require_safe
def on_paper(request: Request, slug: str) -> HttpResponse:
    """Show a page as it is printed; opened by a press of “Print”, it counts as a print."""
    found = queries.read(language=get_language() or "", slug=slug)
    facets = taxonomy(settings.COUNTRY)
    shown = {
        **beside(found.page, facets),
        "is_discreet": queries.is_discreet(found.page),
        "address": queries.address(found.page),
        "own_address": queries.address(found.page, whole=True),
    }
    answer = render(request, "publications/on_paper.html", shown)
    _count(request, answer, UsageKind.PRINT, found)
    return answer


def _count(request: Request, answer: HttpResponse, kind: UsageKind, found: queries.Read) -> None:
    thing, language = str(found.page.key), found.page.language
    usage_public.note(request, answer, kind=kind, thing=thing, language=language)


def _linked(found: queries.Read, around: Mapping[str, Any]) -> str:
    edition = around.get("kit")
    parts, bundle = made.told(edition) if edition else ((), {})
    described = replace(queries.described(found), parts=parts or videos.told(around), bundle=bundle)
    told = as_json_ld(described, taxonomy(settings.COUNTRY))
    return json.dumps(told, ensure_ascii=False).translate(_ENDS)


@public
@require_safe
def feed(_request: Request) -> HttpResponse:
    """Give what was last published in the language of the address, as RSS 2.0."""
    language = get_language() or ""
    here = reverse("publications:catalogue")
    listed = Rss201rev2Feed(
        title=f"{settings.CENTRE.name} – {_('Resources')}",
        link=f"{settings.PUBLIC_ADDRESS}{here}",
        description=_("What was last published."),
        language=language,
        feed_url=f"{settings.PUBLIC_ADDRESS}{reverse('publications:feed')}",
    )
    for row in queries.newest(language=language):
        address = queries.address(row, whole=True)
        listed.add_item(
            title=row.title,
            link=address,
            description=row.summary,
            unique_id=address,
            pubdate=row.published_at,
        )
    return HttpResponse(listed.writeString("utf-8"), content_type=listed.content_type)


@public
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """Give each page with its translations, as sitemaps.org and Google have it."""
    catalogues = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            catalogues.append(f"{settings.PUBLIC_ADDRESS}{reverse('publications:catalogue')}")
    shown = {"pages": queries.mapped(), "catalogues": catalogues}
    return render(request, "publications/sitemap.xml", shown, content_type="application/xml")
