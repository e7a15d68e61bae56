"""How a page does what a form asks, and what it shows where that is refused. Every view does it so:

    form = AnswerForm(posted(request))
    if form.is_valid():
        with attempt(request, form, said=_("Answer sent.")):
            dialogue.write(report_id=report_id, by=request.actor, **form.cleaned_data)
            return redirect("staff:hotline:content", content_id)
    return render(request, PAGE, {"form": form}, status=status_of(form))

What is refused stays in the form as it was typed, with the reason; a button without a form says the
reason as a message. A page with several forms draws those that were filled in over fresh ones:
`{"answer_form": AnswerForm(), **filled}`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from balise.foundation.access import require
from balise.foundation.refusals import Refused, Shut
from balise.foundation.web.doors import Request

_CONFLICT: Final = "conflict"


def say_undoable(request: HttpRequest, said: str, *, by: str) -> None:
    """Say on the next page of staff what was done, with a button that posts to `by` to undo it."""
    messages.success(request, said, extra_tags=by)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even if it is nothing; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class attempt:  # noqa: N801 - read as a verb: `with attempt(request):`
    """Do what is asked; say `said` once it is done, or the reason where it is refused.

    The reason goes to the field that the refusal names, or else `at`: a field, or the fields by
    the refusals' codes. A `conflict` is answered with 409: another was quicker, or time passed;
    it is any refusal, or those of some classes.
    """

    request: HttpRequest
    form: BaseForm | None = None
    said: str = field(default="", kw_only=True)
    at: str | Mapping[str, str] | None = field(default=None, kw_only=True)
    conflict: bool | type[Refused] | tuple[type[Refused], ...] = field(default=False, kw_only=True)

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        refusal: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        """Return whether the reason is said, so that the view goes on below."""
        if refusal is None and self.said:
            messages.success(self.request, self.said)
        if not isinstance(refusal, Refused) or isinstance(refusal, Shut):
            return False
        if self.form is None:
            messages.error(self.request, refusal.message)
        else:
            of = Refused if self.conflict is True else self.conflict or ()
            is_conflict = isinstance(refusal, of)
            error = ValidationError(refusal.message, code=_CONFLICT if is_conflict else "")
            self.form.add_error(self._field_of(refusal, self.form), error)
        return True

    def _field_of(self, refusal: Refused, form: BaseForm) -> str | None:
        if refusal.field in form.fields:
            return refusal.field
        return self.at.get(refusal.code) if isinstance(self.at, Mapping) else self.at


def status_of(*forms: BaseForm) -> HTTPStatus:
    """Return 422 for a page with a form that is wrong, 409 with one refused as a conflict."""
    codes = _codes(forms)
    if _CONFLICT in codes:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if codes else HTTPStatus.OK


def is_all_conflict(*forms: BaseForm) -> bool:
    """Return whether these forms are refused by conflicts alone: nothing in them is wrong."""
    return set(_codes(forms)) == {_CONFLICT}


def _codes(forms: Iterable[BaseForm]) -> list[str | None]:
    """Return the code of each error of some forms."""
    found = (each for form in forms for each in form.errors.as_data().values())
    return [error.code for each in found for error in each]


# A page with several forms, each with its own name in the hidden field `do`.


@dataclass(frozen=True, slots=True)
class Way:
    """A form of a page, the action that it leads to by its fields, and what is said then."""

    form: Callable[..., forms.Form]
    act: Callable[..., object]
    said: str | Promise


def check_sender(request: Request, ability: str) -> None:
    """Refuse what was sent by who may only read the page, before anything is looked up or read."""
    if request.method == "POST":
        require(request.actor, ability)


def several(
    request: Request, ways: Mapping[str, Way], **of: object
) -> Mapping[str, forms.Form] | None:
    """Do what the form that was sent says, and return None; `of` names what it is done to.

    Otherwise return the forms of the page, the one that was sent as it was filled in.
    """
    shown = {name: way.form(auto_id=f"{name}_%s") for name, way in ways.items()}
    do = request.POST.get("do", "")
    if do in ways:
        way = ways[do]
        form = shown[do] = way.form(request.POST, auto_id=f"{do}_%s")
        if form.is_valid():
            with attempt(request, form, said=str(way.said)):
                way.act(by=request.actor, **of, **form.cleaned_data)
                return None
    return shown
