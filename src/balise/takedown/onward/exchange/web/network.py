"""The other hotlines' door: bring a letter, fetch those that wait, say which were fetched."""

from base64 import b64encode
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from balise.foundation import strict_json
from balise.foundation.web.doors import Request, problem
from balise.takedown.onward.exchange.actions import admitting, carrying
from balise.takedown.onward.exchange.queries import peers
from balise.takedown.onward.exchange.rules.letters import LetterFaulty

_MOST = 200


@require_http_methods(["GET", "POST"])
def letters(request: Request) -> HttpResponse:
    """Take a letter (202, or 200 if it was brought before), or give those that wait."""
    if request.method == "GET":
        waiting = peers.letters_for(UUID(request.actor.key))
        return JsonResponse({"letters": [b64encode(each).decode() for each in waiting]})
    try:
        brought = admitting.keep_letter(octets=request.body, by=request.actor)
    except LetterFaulty:
        return problem(
            "letter-faulty",
            "This is no letter of yours that can be read here.",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    status = HTTPStatus.ACCEPTED if brought.is_new else HTTPStatus.OK
    return JsonResponse({"received": str(brought.letter)}, status=status)


@require_POST
def taken(request: Request) -> HttpResponse:
    """Hear which letters the hotline has fetched."""
    try:
        ids = [UUID(each) for each in strict_json.loads(request.body)["letters"]][:_MOST]
    except (KeyError, TypeError, ValueError, AttributeError):
        return problem("not-understood", "The request cannot be read.", status=422)
    noted = carrying.note_fetched(peer_id=UUID(request.actor.key), letter_ids=ids, by=request.actor)
    return JsonResponse({"noted": noted})
