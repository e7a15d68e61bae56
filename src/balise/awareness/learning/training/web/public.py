"""The online module, for adults: every page works without a script, an account and a cookie."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, pgettext

from balise.awareness.learning.training import actions, queries
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.documents import papers
from balise.awareness.learning.training.queries import Held, held
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.paths import Course, course
from balise.awareness.learning.training.web.staff import BadgeForm, NameForm
from balise.awareness.questions.rules.questions import Question
from balise.awareness.questions.web.fields import QuestionForm, page, told
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced
from balise.foundation.web.phrases import WordsForm

# The address of a page, with how far someone is in it: no cookie and no account says it.


PARAMETER = "path"


def path_of(request: Request) -> Held | None:
    """Return the path that an address has, None without one. Raises NotHere for a made-up one."""
    token = request.GET.get(PARAMETER, "")
    return held(token) if token else None


def address(name: str, one: Held, *args: object) -> str:
    """Return the address of a page of the module for a path."""
    return f"{reverse(f'training:{name}', args=args)}?{PARAMETER}={one.token}"


def go(name: str, one: Held, *args: object) -> HttpResponseRedirect:
    """Go on to a page of the module with a path."""
    return HttpResponseRedirect(address(name, one, *args))


BEFORE: Final = "before"
AFTER: Final = "after"
CHECKS: Final = "checks"
_FRAME: Final = "training/page.html"


@public.get
def module(request: Request) -> HttpResponse:
    """Show the module: its lessons, and how far one is in them."""
    one, whole = path_of(request), _course()
    nth = _next_before(one, whole) if one else 0
    context = {
        "course": whole,
        "held": one,
        "lessons": [
            {
                "lesson": each,
                "is_done": bool(one and one.path.is_done(whole, each.code)),
                "is_next": bool(one and one.path.next_lesson(whole) == each.code),
                "address": address("lesson", one, each.code) if one else "",
            }
            for each in whole.lessons
        ],
        "before": address(BEFORE, one, nth) if one and nth else "",
        "test": address("test", one, 1) if one and not one.path.next_lesson(whole) else "",
        "end": address("end", one) if one and one.path.counted else "",
        "keep": address("keep", one) if one else "",
    }
    return render(request, "training/module.html", context)


@public.post
@paced
def begin(request: Request) -> HttpResponse:
    """Begin a path, with the test before."""
    return go(BEFORE, actions.begin(by=request.actor), 1)


@public.form
@paced
def before(request: Request, nth: int) -> HttpResponse:
    """Ask a question of the test before; what is right is not said yet."""
    one, whole = _path(request), _course()
    question = _nth(whole, nth)
    form = QuestionForm(question, posted(request), label=_("Your answer"))
    if form.is_valid():
        with attempt(request, form):
            one = actions.answer(
                token=one.token,
                within=BEFORE,
                code=question.code,
                given=form.given,
                by=request.actor,
            )
            following_one = _next_before(one, whole)
            return go(BEFORE, one, following_one) if following_one else go("module", one)
    context = {
        **_page(question, form, nth, whole),
        "skip": address("skip", one),
        "is_before": True,
    }
    return render(request, "training/question.html", context, status=status_of(form))


@public.post
@paced
def skip(request: Request) -> HttpResponse:
    """Go on without the test before."""
    return go("module", actions.skip(token=_path(request).token, by=request.actor))


@public.form
@paced
def lesson(request: Request, code: str) -> HttpResponse:
    """Show a lesson and its questions; an answer is explained at once."""
    one, whole = _path(request), _course()
    found = whole.lesson(code)
    if found is None:
        raise Http404
    asked = request.POST.get("question", "")
    forms = {
        each.code: QuestionForm(each, posted(request) if each.code == asked else None)
        for each in found.checks
    }
    form = forms.get(asked)
    if form is not None and form.is_valid():
        with attempt(request, form):
            one = actions.answer(
                token=one.token, within=CHECKS, code=asked, given=form.given, by=request.actor
            )
            answered = go("lesson", one, code)
            answered["Location"] += f"#{asked}"
            return answered
    after = one.path.next_lesson(whole)
    context = {
        "course": whole,
        "lesson": found,
        "nth": whole.lessons.index(found) + 1,
        "body": found.html(get_language() or ""),
        "asked": [
            {"form": forms[each.code], **told(each, one.path.checks.get(each.code, ""))}
            for each in found.checks
        ],
        "is_done": one.path.is_done(whole, code),
        "next": address("lesson", one, after) if after else address("test", one, 1),
        "is_last": not after,
        "module": address("module", one),
    }
    faulty = [each for each in forms.values() if each.is_bound]
    return render(request, "training/lesson.html", context, status=status_of(*faulty))


@public.form
@paced
def test(request: Request, nth: int) -> HttpResponse:
    """Ask a question of the last test, and explain the answer that was given."""
    one, whole = _path(request), _course()
    question = _nth(whole, nth)
    form = QuestionForm(question, posted(request), label=_("Your answer"))
    if form.is_valid():
        with attempt(request, form):
            one = actions.answer(
                token=one.token,
                within=AFTER,
                code=question.code,
                given=form.given,
                by=request.actor,
            )
            return go("test", one, nth)
    context = {
        **_page(question, form, nth, whole, one.path.after.get(question.code, "")),
        "next": address("end", one) if nth == len(whole.test) else address("test", one, nth + 1),
        "module": address("module", one),
    }
    return render(request, "training/question.html", context, status=status_of(form))


@public.post
@paced
def again(request: Request) -> HttpResponse:
    """Begin the last test again."""
    return go("test", actions.try_again(token=_path(request).token, by=request.actor), 1)


@public.get
def end(request: Request) -> HttpResponse:
    """Say whether the test is passed; then the certificate and the badge are here."""
    one = _path(request)
    return _end(request, one) if one.path.counted else go("module", one)


@public.post
@paced
def certificate(request: Request) -> HttpResponse:
    """Ask for the certificate with a name, which is in its address for an hour, and not kept."""
    one, form = _passed(request), NameForm(request.POST)
    if not form.is_valid():
        return _end(request, one, name=form)
    return go("certified", one, links.shown(form.cleaned_data))


@public.get
def certified(request: Request, token: str) -> HttpResponse:
    """Give the certificate with the name that was typed."""
    one, name = _passed(request), str(links.read_shown(token)["name"])
    paper = papers.certificate(_course(), name=name, badge=queries.of_path(one.path))
    return _pdf(paper, pgettext("file name", "certificate"))


@public.post
@paced
def badge(request: Request) -> HttpResponse:
    """Ask for the badge, and go where it will be."""
    one = _passed(request)
    form = BadgeForm(audiences(settings.COUNTRY), request.POST)
    if form.is_valid():
        with attempt(request, form):
            asked = actions.ask_online(token=one.token, **form.cleaned_data, by=request.actor)
            return redirect("training:badge", asked)
    return _end(request, one, badge=form)


@public.get
def diploma(request: Request) -> HttpResponse:  # noqa: ARG001 - a door hands every view its request
    """Give the diploma of a class: no name is typed."""
    return _pdf(papers.diploma(), pgettext("file name", "diploma"))


@public.post
@paced
def keep(request: Request) -> HttpResponse:
    """Keep a path under six words, and go where they are shown."""
    one, words = actions.keep(
        token=_path(request).token, language=get_language() or "", by=request.actor
    )
    return go("kept", one, links.shown({"words": words}))


@public.get
def kept(request: Request, token: str) -> HttpResponse:
    """Show the six words of a path; their page can be opened for an hour."""
    one, words = _path(request), links.read_shown(token)["words"]
    context = {"words": " ".join(words), "module": address("module", one)}
    return render(request, "training/kept.html", context)


@public.form
@paced
def resume(request: Request) -> HttpResponse:
    """Come back to a path with its six words."""
    form = WordsForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            return go("module", actions.resume(**form.cleaned_data, by=request.actor))
    return render(request, "training/resume.html", {"form": form}, status=status_of(form))


def _course() -> Course:
    return course(settings.COUNTRY)


def _path(request: Request) -> Held:
    one = path_of(request)
    if one is None:
        raise Http404
    return one


def _passed(request: Request) -> Held:
    """Return the path of who passed; the end of it is nowhere else."""
    one = _path(request)
    if not one.path.passed:
        raise Http404
    return one


def _end(
    request: Request,
    one: Held,
    *,
    name: NameForm | None = None,
    badge: BadgeForm | None = None,
) -> HttpResponse:
    asked = queries.of_path(one.path)
    context = {
        "course": _course(),
        "held": one,
        "again": address("again", one),
        "module": address("module", one),
        "name_form": name or NameForm(),
        "certificate": address("certificate", one),
        "badge_form": badge or BadgeForm(audiences(settings.COUNTRY)),
        "badge": address("ask", one),
        "asked": asked,
    }
    faulty = [each for each in (name, badge) if each is not None]
    return render(request, "training/end.html", context, status=status_of(*faulty))


def _pdf(octets: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(octets, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _nth(whole: Course, nth: int) -> Question:
    if not 1 <= nth <= len(whole.test):
        raise Http404
    return whole.test[nth - 1]


def _next_before(one: Held, whole: Course) -> int:
    """Return the number of the next question of the test before; 0 when there is none."""
    if one.path.skipped or one.path.counted:
        return 0
    left = (nth for nth, each in enumerate(whole.test, 1) if each.code not in one.path.before)
    return next(left, 0)


def _page(
    question: Question, form: QuestionForm, nth: int, whole: Course, answer: str = ""
) -> dict[str, object]:
    many = len(whole.test)
    return {"frame": _FRAME, **page(question, form, nth=nth, many=many, answer=answer)}
