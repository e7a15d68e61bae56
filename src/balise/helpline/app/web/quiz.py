"""The quiz: the same page for everyone, that a script plays on the device.

Without a script the answers are posted, and the page that answers is all that becomes of them:
they stand in no address, no table, no journal and no count.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from balise.foundation.finding import there
from balise.foundation.web.doors import Request, public
from balise.foundation.web.own import leads_away
from balise.foundation.web.quick_exit import has_left
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.outcome import answer_of, is_imbalance, result
from balise.helpline.app.rules.quiz import Version, quiz
from balise.helpline.app.rules.ways import ways
from balise.helpline.app.web.buttons import led, released


@released
def choose(request: Request) -> HttpResponse:
    """Show the versions to choose from."""
    return render(request, "helpline/app/quiz.html", {"quiz": quiz(settings.COUNTRY)})


@csrf_exempt  # nothing is changed or kept, and a token would make the page differ
@public.form
@gzip_page
def play(request: Request, code: str) -> HttpResponse:
    """Show the sentences of a version; answered without a script, what follows.

    Answers that come again from a browser that left today are told to nobody.
    """
    if request.method != "POST" and leads_away(request):
        return led(request)
    asked = quiz(settings.COUNTRY)
    version = there(asked.version(code))
    if request.method == "POST" and has_left(request):
        return redirect("app:play", code=code)
    context = {
        "quiz": asked,
        "version": version,
        "ways": ways(settings.COUNTRY, version),
        "leaflets": leaflets(settings.COUNTRY),
        "is_answer": request.method == "POST",
        **(_told(request, version) if request.method == "POST" else {}),
    }
    return render(request, "helpline/app/play.html", context)


def _told(request: Request, version: Version) -> dict[str, Any]:
    """Return what follows from a form's answers, and the ways of their dangers."""
    given = request.POST
    answers = [answer_of(given.get(f"a{one.number}", "")) for one in version.sentences]
    if not any(answers):
        return {}
    strength = [given.get(f"b{nth}", "") for nth, _one in enumerate(version.imbalance, 1)]
    found = result(version, answers, imbalance=is_imbalance(version, strength))
    return {
        "result": found,
        "said": found.outcome.in_variant(found.variant),
        "reached": [one for one in ways(settings.COUNTRY, version) if one.danger in found.dangers],
        "asks_again": found.asks_again and "again" not in given,
        "passed": found.asks_again and "again" in given,
        "answers": [
            (one.number, answer) for one, answer in zip(version.sentences, answers, strict=True)
        ],
        "strength": list(enumerate(strength, 1)),
    }
