"""Take one bare use of the app: no cookie is read or set, and no address is kept."""

from http import HTTPStatus

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.quick_exit import comes_from_us
from balise.helpline.app import actions


@csrf_exempt  # a token would be a cookie; another site is recognised by its Sec-Fetch-Site
@public.post
@paced
def count(request: Request) -> HttpResponse:
    """Add one; 400 for what is not counted, 403 for another site."""
    if not comes_from_us(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    kind, platform = request.POST.get("kind", ""), request.POST.get("platform", "")
    try:
        actions.count(kind=kind, platform=platform, by=request.actor)
    except Refused:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
