"""“Near me”: a list and a map that say the same; a structure's page. Nothing is asked of others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _, pgettext

from balise.awareness.places.structures.queries import public as found_by
from balise.awareness.places.structures.queries.register import home
from balise.awareness.places.structures.rules.map import drawn, insets, regions, slug
from balise.awareness.places.structures.rules.places import ABROAD, Atlas, Commune, Zone
from balise.awareness.publications.rules.catalogue import plain
from balise.foundation.countries import country_name
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pages import parts_of

LONGEST: Final = 80  # characters of what is typed
LONGEST_ARTICLE: Final = 3  # letters
WORKSHOPS: Final = "structure.workshops"  # what others add to the page of a structure


class NearForm(forms.Form):
    """Where someone looks: what they typed, or what a link of ours says."""

    q = forms.CharField(max_length=LONGEST, required=False)
    commune = forms.CharField(max_length=5, required=False)
    area = forms.CharField(max_length=10, required=False)
    region = forms.CharField(max_length=60, required=False)
    country = forms.CharField(max_length=2, required=False)
    page = forms.IntegerField(min_value=1, required=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search means: a list, its title, the place on the map, or communes to choose from."""

    title: str
    found: found_by.Found | None
    region: str = ""
    area: str = ""
    to_choose: Sequence[Commune] = ()
    says: str = ""
    asked: Mapping[str, str] | None = None


@public.get
def near(request: Request) -> HttpResponse:
    """Show the structures near a place, of a territory, or all of them; a list beside a map."""
    form = NearForm(request.GET)
    form.is_valid()
    told = {name: form.cleaned_data.get(name) or "" for name in ("q", *_BY)}
    page = form.cleaned_data.get("page") or 1
    atlas, counted = home(), found_by.counted()
    looked = _looked(atlas, told, page)
    known = regions(atlas)
    shown = {
        "typed": told["q"],
        "looked": looked,
        "is_all": looked.asked == {},
        "total": counted.total,
        "map": drawn(atlas, counted.areas, region=looked.region, here=looked.area),
        "regions": [
            (areas[0].region, code, sum(counted.areas.get(area.code, 0) for area in areas))
            for code, areas in known.items()
        ],
        "areas": [(area, counted.areas.get(area.code, 0)) for area in known.get(looked.region, ())],
        "insets": insets(atlas, counted.areas, here=looked.area),
        "abroad": sorted(
            ((country_name(code), code, many) for code, many in counted.abroad.items()),
            key=lambda row: plain(row[0]),
        ),
        **_ways(looked),
    }
    return render(request, "structures/near.html", shown)


@public.get
def structure(request: Request, structure_id: UUID) -> HttpResponse:
    """Show what everyone may read of a structure."""
    page = found_by.page_of(structure_id)
    area = home().areas.get(page.row.area)
    shown = {
        "page": page,
        "row": page.row,
        "area": area,
        "parts": parts_of(WORKSHOPS, structure_id, seen_by=request.actor),
    }
    return render(request, "structures/structure.html", shown)


def _looked(atlas: Atlas, told: Mapping[str, str], page: int) -> Looked:
    """Return what is meant; a link of ours first, then what was typed."""
    for name, meant in _BY.items():
        if told[name] and (looked := meant(atlas, told[name], page)):
            return looked
    if told["q"]:
        return _typed(atlas, told["q"], page)
    return Looked(_("All organisations"), found_by.listed(page=page), asked={})


def _typed(atlas: Atlas, typed: str, page: int) -> Looked:
    name = plain(typed).strip()
    for area in atlas.areas.values():
        if name == area.code.lower() or _is_called(area.name, name):
            return _in_area(atlas, area.code, page) or _nothing(typed)
    for code, areas in regions(atlas).items():
        if _is_called(areas[0].region, name):
            return _in_region(atlas, code, page) or _nothing(typed)
    found = atlas.near(typed)
    same = [one for one in found if plain(one.name).strip() == name]
    if len(found) == 1 or len(same) == 1:
        meant = same[0] if same else found[0]
        return _near_commune(atlas, meant.code, page) or _nothing(typed)
    if found:
        return Looked(_("Which commune?"), None, to_choose=found)
    return _nothing(typed)


def _is_called(name: str, typed: str) -> bool:
    """Return whether a territory is meant, with or without its article."""
    whole = plain(name).strip()
    article, _gap, rest = whole.partition(" ")
    return typed == whole or (typed == rest and len(article) <= LONGEST_ARTICLE)


def _nothing(typed: str) -> Looked:
    says = _("No commune and no postcode is called “%(typed)s”. Check the spelling.")
    return Looked(_("Nothing was found"), None, says=says % {"typed": typed})


def _near_commune(atlas: Atlas, code: str, page: int) -> Looked | None:
    commune = atlas.communes.get(code)
    if commune is None:
        return None
    area, asked = atlas.areas[commune.departement], {"commune": code}
    if found := (found_by.near(commune.point, page=page) if commune.point else None):
        title = _("Less than %(km)d km from %(commune)s") % {
            "km": found.ring,
            "commune": commune.name,
        }
        return Looked(title, found, _region(area.code, atlas), area.code, asked=asked)
    found = found_by.listed(page=page, area=area.code)
    says = _("Nothing is known within %(km)d km: this is the list of the whole territory.")
    return Looked(
        area.name,
        found,
        _region(area.code, atlas),
        area.code,
        says=says % {"km": found_by.RINGS[-1]},
        asked=asked,
    )


def _in_area(atlas: Atlas, code: str, page: int) -> Looked | None:
    if code == ABROAD:
        return Looked(
            pgettext("territory", "Abroad"),
            found_by.listed(page=page, area=""),
            asked={"area": code},
        )
    area = atlas.areas.get(code.upper())
    if area is None:
        return None
    found = found_by.listed(page=page, area=area.code)
    return Looked(area.name, found, _region(area.code, atlas), area.code, asked={"area": code})


def _in_region(atlas: Atlas, code: str, page: int) -> Looked | None:
    areas = regions(atlas).get(code)
    if areas is None:
        return None
    found = found_by.listed(page=page, area__in=[area.code for area in areas])
    return Looked(areas[0].region, found, code, asked={"region": code})


def _in_country(atlas: Atlas, code: str, page: int) -> Looked | None:
    if code.upper() == atlas.country:
        return None
    found = found_by.listed(page=page, area="", country=code.upper())
    return Looked(country_name(code.upper()), found, asked={"country": code})


def _region(area: str, atlas: Atlas) -> str:
    """Return the region of an area of the mainland; overseas has insets of its own."""
    known = atlas.areas[area]
    return slug(known.region) if known.zone is Zone.METRO else ""


def _ways(looked: Looked) -> dict[str, str]:
    if looked.found is None:
        return {}
    at, last = looked.found.page, looked.found.pages
    return {
        "before": _address(looked, at - 1) if at > 1 else "",
        "after": _address(looked, at + 1) if at < last else "",
        "pages": _("Page %(page)d of %(pages)d") % {"page": at, "pages": last} if last > 1 else "",
    }


def _address(looked: Looked, page: int) -> str:
    return "?" + urlencode({**(looked.asked or {}), "page": page})


_BY: Final[Mapping[str, Callable[[Atlas, str, int], Looked | None]]] = {
    "commune": _near_commune,
    "area": _in_area,
    "region": _in_region,
    "country": _in_country,
}
