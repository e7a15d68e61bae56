"""The quiz: the same page for everyone, that a script plays on the device.

Without a script the answers are posted, and the page that answers is all that becomes of them:
they stand in no address, no table, no journal and no count.
"""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from balise.foundation.finding import there
from balise.foundation.web.doors import Request, public
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.quiz import Version, answer_of, quiz, result


@public.get
@gzip_page
def choose(request: Request) -> HttpResponse:
    """Show the versions to choose from."""
    return render(request, "helpline/app/quiz.html", {"quiz": quiz(settings.COUNTRY)})


@csrf_exempt  # nothing is changed or kept, and a token would make the page differ
@public.form
@gzip_page
def play(request: Request, code: str) -> HttpResponse:
    """Show the sentences of a version; answered without a script, what follows."""
    asked = quiz(settings.COUNTRY)
    version = there(asked.version(code))
    answers = _answers(request, version) if request.method == "POST" else []
    context = {
        "quiz": asked,
        "version": version,
        "leaflets": leaflets(settings.COUNTRY),
        "result": result(version, answers) if any(answers) else None,
        "is_answer": request.method == "POST",
    }
    return render(request, "helpline/app/play.html", context)


def _answers(request: Request, version: Version) -> list[int]:
    return [answer_of(request.POST.get(f"a{one.number}", "")) for one in version.sentences]
