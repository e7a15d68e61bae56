"""The threshold of the staff door: sign in, sign out, prove oneself again, unlock, begin."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView as CodeAgainView
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from balise.foundation.accounts import credentials, limits, queries, visits
from balise.foundation.accounts.actions import people
from balise.foundation.accounts.web.forms import CodeAgainForm, NewPasswordForm, UnlockForm
from balise.foundation.actors import ANYONE
from balise.foundation.refusals import Refused
from balise.foundation.web.doors import Request, staff, staff_entrance

# The session's cookie goes with it. Not its storage: a vault may be in the same browser
# (decision 69); what pages of staff keep in their tabs, `lock.js` drops.
CLEARED = '"cache"'


class _SaysWhen:
    """Answers 429 and when to come back, where the form was refused for too many attempts."""

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        answer: HttpResponse = super().render_to_response(context, **more)  # type: ignore[misc]
        errors = context["form"].errors.as_data().values()
        seconds = max((limits.wait_of(each) for found in errors for each in found), default=0)
        if seconds:
            answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
            answer["Retry-After"] = str(seconds)
        return answer


class SignIn(_SaysWhen, LoginView):  # type: ignore[misc]
    """The address and the password."""

    template_name = "accounts/sign_in.html"


class SignOut(LogoutView):  # type: ignore[misc]
    """Sign out, by a form only: a link on another site must not do it."""

    http_method_names = ("post",)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out, and ask the browser to forget what it kept of these pages."""
        response = cast("HttpResponse", super().post(*args, **kwargs))
        response["Clear-Site-Data"] = CLEARED
        return response


class SecondStep(_SaysWhen, AuthenticateView):  # type: ignore[misc]
    """The code or the passkey that follows the password."""

    template_name = "accounts/second_step.html"


class SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """A passkey alone: it asks for a finger or a PIN, so it is both factors."""


class PasswordAgain(_SaysWhen, ReauthenticateView):  # type: ignore[misc]
    """The password again, while there is no second factor yet."""

    template_name = "accounts/again_password.html"


class CodeAgain(_SaysWhen, CodeAgainView):  # type: ignore[misc]
    """A code again, before something that matters."""

    template_name = "accounts/again_code.html"


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey again, before something that matters."""

    template_name = "accounts/again_passkey.html"


sign_in = staff_entrance(SignIn.as_view())
sign_out = staff_entrance(SignOut.as_view())
second_step = staff_entrance(SecondStep.as_view())
sign_in_by_passkey = staff_entrance(SignInByPasskey.as_view())
password_again = staff_entrance(PasswordAgain.as_view())
code_again = staff_entrance(CodeAgain.as_view())
passkey_again = staff_entrance(PasskeyAgain.as_view())


@staff_entrance.form
@sensitive_post_parameters("password", "code", "credential")
def unlock(request: Request) -> HttpResponse:
    """Show nothing but the way back in; any one proof does, for the session had both."""
    account = queries.signed_in(request.user)
    posted = request.POST if request.method == "POST" else {}
    password = UnlockForm(_if("password", posted), account=account)
    code = CodeAgainForm(_if("code", posted), user=account)
    passkey = ReauthenticateWebAuthnForm(_if("credential", posted), user=account)
    way = get_next_redirect_url(request) or ""
    if posted and _is_proved(password, code, passkey):
        visits.unlock(request.session)
        return redirect(way or settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "accounts/unlock.html",
        {
            "account": account,
            "proofs": credentials.kinds_of(account),
            "password_form": password,
            "code_form": code,
            "passkey_form": passkey,
            "next": way,
            "roles_url": reverse("account_demonstration", query={"next": way} if way else None),
            "js_data": {"request_options": passkeys.begin_authentication(account)},
        },
        status=422 if posted else 200,
    )


@staff.post
def lock(request: Request) -> HttpResponse:
    """Hide the screen now: the person leaves the desk."""
    visits.lock(request.session)
    return redirect("account_unlock")


@staff.get
def here(request: Request) -> HttpResponse:  # noqa: ARG001 - that it was asked is enough
    """Hear from a page that someone is there, who has asked the server for nothing in a while."""
    return HttpResponse(status=204)


@staff_entrance.get
def open_invitation(request: Request, token: str) -> HttpResponse:
    """Take the link out of the address, so that neither history nor referrer keeps it."""
    try:
        queries.invited(token)
    except Refused as refusal:
        return _spent(request, refusal)
    request.session["invitation"] = token
    return redirect("account_invitation")


@staff_entrance.form
@sensitive_post_parameters("password1", "password2")
def accept_invitation(request: Request) -> HttpResponse:
    """Choose a password, once; the second factor comes next."""
    form = NewPasswordForm(request.POST or None)
    try:
        invitation = queries.invited(request.session.get("invitation", ""))
        if form.is_valid() and (account := _accepted(invitation.id, form)):
            request.session.pop("invitation", None)
            email = account.get_username()
            login = Login(user=account, email=email)
            given = {"email": email, "password": form.cleaned_data["password1"]}
            return cast("HttpResponse", perform_password_login(request, given, login))
    except Refused as refusal:
        return _spent(request, refusal)
    return render(
        request,
        "accounts/invitation.html",
        {"form": form, "account": invitation.account},
        status=422 if form.is_bound else 200,
    )


def _accepted(invitation_id: UUID, form: NewPasswordForm) -> AbstractBaseUser | None:
    try:
        return people.accept_invitation(
            invitation_id=invitation_id, password=form.cleaned_data["password1"], by=ANYONE
        )
    except ValidationError as weak:
        form.add_error("password1", weak)
        return None


def _if(name: str, posted: Mapping[str, str]) -> Mapping[str, str] | None:
    return posted if name in posted else None


def _is_proved(
    password: UnlockForm, code: CodeAgainForm, passkey: ReauthenticateWebAuthnForm
) -> bool:
    if password.is_bound:
        return password.is_valid()
    proof = code if code.is_bound else passkey
    if proof.is_valid():
        proof.save()
        return True
    return False


def _spent(request: Request, refusal: Refused) -> HttpResponse:
    return render(request, "accounts/link_spent.html", {"says": refusal.message}, status=410)
