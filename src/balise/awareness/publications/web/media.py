"""Files: everyone has those that a public page names, staff have all of drafts too."""

from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, Final, cast

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.csp import csp_override

from balise.awareness.publications import access, queries, rules
from balise.awareness.publications.queries import kits
from balise.awareness.publications.rules.kits import TYPES
from balise.awareness.publications.rules.watching import KINDS
from balise.awareness.usage.rules.tallies import UsageKind
from balise.awareness.usage.web import public as usage_public
from balise.foundation.web.doors import Request, public, staff
from balise.foundation.web.ranges import in_parts, is_played

KITS: Final = "kits/"
PICTURE: Final = "image/webp"
FOLDERS: Final = {"images": PICTURE, "documents": "application/pdf", "films": "", "kits": ""}
FILMS: Final = frozenset(KINDS.values())
# A file runs nothing, whatever is in it.
ALONE: Final[dict[str, Any]] = {"default-src": ["'none'"], "sandbox": True}


@public.get
@csp_override(ALONE)
def media(request: Request, name: str) -> HttpResponse:
    """Give a file that a public page names; any other is a 404, an original always."""
    is_kit = name.startswith(KITS)
    key, language = kits.of_folder(name.rpartition("/")[0]) if is_kit else queries.of_file(name)
    answer, kind = _given(request, name), _kind_of(name)
    if kind != PICTURE and not (kind in FILMS and is_played(request)):
        usage_public.note(request, answer, kind=UsageKind.DOWNLOAD, thing=key, language=language)
    return answer


@staff.get
@csp_override(ALONE)
def kept(request: Request, name: str) -> HttpResponse:
    """Give those who write any file of a page, also of a draft; an original is a 404."""
    access.require(request.actor, access.WRITE)
    return _given(request, name)


def _given(request: Request, name: str) -> HttpResponse:
    """Return a stored file as what we stored; raises Http404 for what there is not."""
    kind = _kind_of(name)
    if not kind or not rules.is_open(name, folders=FOLDERS):
        raise Http404
    try:
        file = storages["publications"].open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404 from None
    if kind in FILMS:
        tag = sha256(name.encode()).hexdigest()  # another content has another name
        return in_parts(request, cast("Any", file), size=file.size, kind=kind, tag=tag)
    if kind == PICTURE:  # in a size that we chose
        with file:
            return HttpResponse(file.read(), content_type=kind)
    # It is read as fast as it leaves, whatever its size.
    return cast("HttpResponse", FileResponse(file, content_type=kind, as_attachment=True))


def _kind_of(name: str) -> str:
    folder = name.partition("/")[0]
    of_kit = TYPES.get(PurePosixPath(name).suffix, "") if folder == "kits" else ""
    return FOLDERS.get(folder, "") or of_kit or KINDS.get(name.rpartition(".")[2].lower(), "")
