"""What everyone reads: a resource, and the files that it names."""

from typing import Any, Final, cast

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from balise.awareness.publications import queries, rules
from balise.foundation.web.doors import Request, public

PICTURE: Final = "image/webp"
FOLDERS: Final = {"images": PICTURE, "documents": "application/pdf"}
# A file runs nothing, whatever is in it.
ALONE: Final[dict[str, Any]] = {"default-src": ["'none'"], "sandbox": True}


@public
@require_safe
def resource(request: Request, slug: str) -> HttpResponse:
    """Show a resource in the language of the address."""
    found = queries.published(language=get_language() or "", slug=slug)
    return render(request, "publications/resource.html", {"resource": found})


@public
@csp_override(ALONE)
@require_safe
def media(_request: Request, name: str) -> HttpResponse:
    """Give a file as what we stored; an original, and what there is not, is a 404."""
    if not rules.is_open(name, folders=FOLDERS):
        raise Http404
    try:
        file = storages["publications"].open(name)
    except OSError:
        raise Http404 from None
    kind = FOLDERS[name.partition("/")[0]]
    if kind == PICTURE:  # in a size that we chose
        with file:
            return HttpResponse(file.read(), content_type=kind)
    answer = FileResponse(file, content_type=kind, as_attachment=True)
    return cast("HttpResponse", answer)  # it streams
