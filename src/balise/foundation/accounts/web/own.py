"""One's own account: second factors, recovery codes, password, sessions."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from balise.foundation.accounts import credentials, queries, visits
from balise.foundation.accounts.actions import signing_in
from balise.foundation.accounts.web.entrance import CLEARED
from balise.foundation.accounts.web.forms import NewPasswordForm
from balise.foundation.web.doors import Request, staff, staff_entrance

# For the pages of the lines: ask for a second factor again before what cannot be taken back.


def proved_lately[V: Callable[..., HttpResponse]](view: V) -> V:
    """Open a view only to someone who passed a second factor in the last five minutes.

    Others prove themselves and come back; a form that was sent is sent again. It stands under
    the door: `@staff`, then `@proved_lately`.
    """
    return cast("V", reauthentication_required(app="allauth.account")(view))


class SecondFactors(IndexView):  # type: ignore[misc]
    """What proves that it is you, besides the password."""

    template_name = "accounts/second_factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = cast("dict[str, Any]", super().get_context_data(**kwargs))
        return context | {"visit": visits.of(self.request.session)}


class AddGenerator(ActivateTOTPView):  # type: ignore[misc]
    """A code generator in a telephone or a password safe (RFC 6238)."""

    template_name = "accounts/add_generator.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the seed, use up the code that proved it, and count this as the second factor."""
        response = cast("HttpResponse", super().form_valid(form))
        account = queries.signed_in(self.request.user)
        signing_in.spend_code(
            account=account, code=form.cleaned_data["code"], by=queries.actor_of(account)
        )
        _added(self.request, Authenticator.Type.TOTP)
        return response


class RemoveGenerator(DeactivateTOTPView):  # type: ignore[misc]
    """Take the code generator away, when a passkey remains."""

    template_name = "accounts/remove_generator.html"

    def form_valid(self, form: Any) -> HttpResponse:
        seeds = _seeds(self.request, Authenticator.Type.TOTP)
        response = cast("HttpResponse", super().form_valid(form))
        _removed(self.request, Authenticator.Type.TOTP, seeds)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey: a security key, or the finger or PIN of this device."""

    template_name = "accounts/add_passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = cast("HttpResponse", super().form_valid(form))
        _added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RenamePasskey(EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey a name one recognises."""

    template_name = "accounts/rename_passkey.html"
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away; the last second factor stays."""

    template_name = "accounts/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not queries.may_remove(self.get_object()):
            messages.error(
                self.request,
                _("This is your only second factor. Add another one before you remove it."),
            )
            return redirect("mfa_index")
        response = cast("HttpResponse", super().form_valid(form))
        _removed(self.request, Authenticator.Type.WEBAUTHN, [])
        return response


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Ten codes for the day the telephone is lost; shown once."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Ten fresh codes in place of the old ones."""

    template_name = "accounts/new_recovery_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        seeds = _seeds(self.request, Authenticator.Type.RECOVERY_CODES)
        response = cast("HttpResponse", super().form_valid(form))
        _removed(self.request, Authenticator.Type.RECOVERY_CODES, seeds)
        return response


second_factors = staff_entrance(SecondFactors.as_view())
add_generator = staff_entrance(AddGenerator.as_view())
remove_generator = staff_entrance(RemoveGenerator.as_view())
add_passkey = staff_entrance(AddPasskey.as_view())
rename_passkey = staff_entrance(RenamePasskey.as_view())
remove_passkey = staff_entrance(RemovePasskey.as_view())
recovery_codes = staff_entrance(RecoveryCodes.as_view())
new_recovery_codes = staff_entrance(NewRecoveryCodes.as_view())


@staff.form
@proved_lately
@sensitive_post_parameters("password1", "password2")
def change_password(request: Request) -> HttpResponse:
    """Choose a new password, minutes after a second factor: the old one may be forgotten."""
    account = queries.signed_in(request.user)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            signing_in.change_password(
                account=account,
                password=form.cleaned_data["password1"],
                keep_session=request.session.session_key or "",
                by=request.actor,
            )
        except ValidationError as weak:
            form.add_error("password1", weak)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("Password changed. Other sessions have ended."))
            return redirect("mfa_index")
    return render(
        request,
        "accounts/change_password.html",
        {"form": form, "account": account},
        status=422 if form.is_bound else 200,
    )


@staff.get
def sessions(request: Request) -> HttpResponse:
    """List where one is signed in."""
    here = request.session.session_key or ""
    browsers = queries.browsers(queries.signed_in(request.user), this_one=here)
    return render(request, "accounts/sessions.html", {"browsers": browsers})


@staff.post
def end_session(request: Request) -> HttpResponse:
    """End one of one's own sessions."""
    signing_in.end_session(
        account=queries.signed_in(request.user),
        session=request.POST.get("session", ""),
        by=request.actor,
    )
    return redirect("staff:accounts:sessions")


@staff.post
def end_sessions(request: Request) -> HttpResponse:
    """End all of one's own sessions, this one too."""
    signing_in.end_sessions(account=queries.signed_in(request.user), by=request.actor)
    logout(request)
    response = redirect("account_login")
    response["Clear-Site-Data"] = CLEARED
    return response


def _added(request: Request, factor: Authenticator.Type) -> None:
    """Count an added factor as passed: it was just proved, within this session."""
    account = queries.signed_in(request.user)
    record_authentication(request, account, "mfa", type=factor.value, reauthenticated=True)
    visits.pass_factor(request.session, factor=factor.value)
    signing_in.note_factor_added(
        account=account,
        factor=factor.value,
        keep_session=request.session.session_key or "",
        by=queries.actor_of(account),
    )


def _seeds(request: Request, factor: Authenticator.Type) -> list[UUID]:
    return credentials.seeds_of(queries.signed_in(request.user), factor.value)


def _removed(request: Request, factor: Authenticator.Type, seeds: list[UUID]) -> None:
    account = queries.signed_in(request.user)
    signing_in.note_factor_removed(
        account=account,
        factor=factor.value,
        seeds=seeds,
        keep_session=request.session.session_key or "",
        by=request.actor,
    )
