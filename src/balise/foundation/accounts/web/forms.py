"""What people write to sign in, to invite a colleague, or to give a partner a token."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.accounts import access, limits, queries
from balise.foundation.accounts.actions import partners as actions, signing_in
from balise.foundation.accounts.roles import every_role, every_scope
from balise.foundation.accounts.rules import TOKEN_LASTS_BY_DEFAULT
from balise.foundation.actors import ANYONE
from balise.foundation.finding import there
from balise.foundation.url import is_this_machine, split_url
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, staff


def _role_choices() -> list[tuple[str, str]]:
    return [(role.code, str(role.label)) for role in every_role()]


def _partner_choices() -> list[tuple[str, str]]:
    return [("", str(_("The centre’s own"))), *queries.partner_names().items()]


def _scope_choices() -> list[tuple[str, str]]:
    return [(scope.code, str(scope.label)) for scope in every_scope()]


class _SpendingCode:
    """Checks a code so that it opens one thing only, in whichever process it is tried again."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        attempt = limits.code(context.request, name=self.user.email)
        code: str = self.cleaned_data["code"]
        found = signing_in.spend_code(account=self.user, code=code, by=ANYONE)
        if found is None:
            raise forms.ValidationError(
                _("This code is wrong, or already used. Wait for the next one.")
            )
        found.user = self.user
        self.authenticator = found
        attempt.give_back()
        return code


class CodeForm(_SpendingCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of a sign-in."""


class CodeAgainForm(_SpendingCode, ReauthenticateForm):  # type: ignore[misc]
    """The same code again, before something that matters."""


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and the name by which its person knows it."""

    name = forms.CharField(label=_("Name"), max_length=60, required=False)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=60)


class UnlockForm(forms.Form):
    """The password, for whoever comes back to a locked screen."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, account: AbstractBaseUser, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.account, password):
            raise forms.ValidationError(_("Wrong password."))
        return password


class NewPasswordForm(forms.Form):
    """A password, twice: fifteen characters or more, and no other rule."""

    password1 = forms.CharField(
        label=_("Your password"),
        help_text=_("At least 15 characters. A short sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


class InviteForm(forms.Form):
    """A new colleague."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The start link is sent there once a second person agrees."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=_role_choices)
    partner_id = forms.ChoiceField(
        label=_("Organisation"),
        help_text=_("For the role of a partner: the organisation this person reports for."),
        choices=_partner_choices,
        required=False,
    )

    def clean_partner_id(self) -> UUID | None:
        given: str = self.cleaned_data["partner_id"]
        return UUID(given) if given else None


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=_role_choices)


class PartnerForm(forms.Form):
    """A new partner organisation."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=120)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if queries.partner_named(name) is not None:
            raise forms.ValidationError(_("A partner with this name already exists."))
        return name


class PartnerChangeForm(forms.Form):
    """Where a partner is told of news, and whether its tokens work."""

    webhook_address = forms.URLField(
        label=_("Webhook address"),
        help_text=_("Must start with https://. Updates contain ids and codes, never the content."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    webhook_secret = forms.CharField(
        label=_("Webhook signing secret"),
        help_text=_("Leave empty to keep the current one. It is never shown again."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(label=_("Tokens are active"), required=False)

    def clean_webhook_address(self) -> str:
        address: str = self.cleaned_data["webhook_address"]
        is_here = settings.DEMONSTRATION and is_this_machine(split_url(address).netloc)
        if address and not is_here and not address.startswith("https://"):
            raise forms.ValidationError(_("The address must start with https://."))
        return address


class TokenForm(forms.Form):
    """A new token: what it may do, and for how long."""

    scopes = forms.MultipleChoiceField(
        label=_("Token permissions"),
        choices=_scope_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=730,
        initial=TOKEN_LASTS_BY_DEFAULT.days,
    )


# Partner organisations and their tokens.


@staff.form
def partners(request: Request) -> HttpResponse:
    """List the partners; add one."""
    found = queries.partners(seen_by=request.actor)
    form = PartnerForm(posted(request))
    if form.is_valid():
        added = actions.add_partner(name=form.cleaned_data["name"], by=request.actor)
        return redirect("staff:accounts:partner", added.id)
    return render(
        request,
        "accounts/partners.html",
        {"partners": found, "form": form, "may_manage": request.actor.may(access.MANAGE_PARTNERS)},
        status=status_of(form),
    )


@staff.form
def partner(request: Request, partner_id: UUID) -> HttpResponse:
    """Show one partner; change where it is told of news."""
    if request.method == "POST":
        access.require(request.actor, access.MANAGE_PARTNERS)
        form = PartnerChangeForm(request.POST)
        if form.is_valid():
            actions.change_partner(partner_id=partner_id, **form.cleaned_data, by=request.actor)
            messages.success(request, gettext("Saved."))
            return redirect("staff:accounts:partner", partner_id)
        return _partner(request, partner_id, form=form)
    return _partner(request, partner_id)


@staff.post
def create_token(request: Request, partner_id: UUID) -> HttpResponse:
    """Make a token, and show it the only time."""
    form = TokenForm(request.POST)
    if form.is_valid():
        with attempt(request, form):
            token, text = actions.create_token(
                partner_id=partner_id,
                scopes=form.cleaned_data["scopes"],
                lasts=timedelta(days=form.cleaned_data["days"]),
                by=request.actor,
            )
            return render(request, "accounts/token.html", {"token": token, "text": text})
    return _partner(request, partner_id, token_form=form)


@staff.post
def confirm_token(request: Request, token_id: UUID) -> HttpResponse:
    """Agree, as a second person, that a token may be used."""
    with attempt(request, said=gettext("Confirmed: the token works now.")):
        token = actions.confirm_token(token_id=token_id, by=request.actor)
        return redirect("staff:accounts:partner", token.partner_id)
    return redirect("staff:accounts:partners")


@staff.post
def revoke_token(request: Request, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    with attempt(request, said=gettext("Revoked: the token no longer works.")):
        token = actions.revoke_token(token_id=token_id, by=request.actor)
        return redirect("staff:accounts:partner", token.partner_id)
    return redirect("staff:accounts:partners")


def _partner(request: Request, partner_id: UUID, **filled: Form) -> HttpResponse:
    found = there(queries.partner(partner_id, seen_by=request.actor))
    return render(
        request,
        "accounts/partner.html",
        {
            "partner": found,
            "form": PartnerChangeForm(
                initial={"webhook_address": found.webhook_address, "is_active": found.is_active}
            ),
            "token_form": TokenForm(),
            "may_manage": request.actor.may(access.MANAGE_PARTNERS),
            **filled,
        },
        status=status_of(*filled.values()),
    )
