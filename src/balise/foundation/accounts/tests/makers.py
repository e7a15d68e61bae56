"""People, sessions, partners and tokens, made the way the programme makes them."""

import time
from datetime import timedelta
from typing import Final
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpRequest
from django.test import Client

from balise.foundation.accounts import visits
from balise.foundation.accounts.actions import partners, people
from balise.foundation.accounts.models import Account, ApiToken, PartnerOrganisation, Proposal
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.roles import role_of
from balise.foundation.actors import ANYONE, SYSTEM, Actor

PASSWORD: Final = "a password as long as a sentence"
_BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


def make_account(
    role: str = "analyst",
    *,
    name: str = "Camille",
    email: str = "",
    partner: PartnerOrganisation | None = None,
) -> Account:
    """Return someone who works here, or at a partner: invited, and with a password of their own."""
    email = email or f"{role.replace('_', '-')}-{uuid4().hex[:12]}@centre.example"
    if partner is None and role_of(role).is_for_partners:
        partner = make_partner()
    invitation = people.open_account(
        email=email, name=name, role=role, partner_id=partner.id if partner else None, by=SYSTEM
    )
    return people.accept_invitation(invitation_id=invitation.id, password=PASSWORD, by=ANYONE)


def make_actor(role: str = "analyst") -> Actor:
    """Return what someone with this role acts as."""
    return actor_of(make_account(role))


def make_generator(account: Account) -> str:
    """Give someone a code generator and ten recovery codes; return its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code that a generator shows now, or some steps of thirty seconds from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def recovery_codes_of(account: Account) -> list[str]:
    """Return someone's unused recovery codes."""
    found = Authenticator.objects.get(user_id=account.pk, type="recovery_codes")
    return list(found.wrap().get_unused_codes())


def sign_in(client: Client, account: Account, *, factor: str = "totp") -> Account:
    """Sign someone in, past the second factor; with `factor=""` they still have to set one up."""
    client.force_login(account, backend=_BACKEND)
    request = HttpRequest()
    request.session = client.session
    visits.begin(request, factor=factor)
    request.session.save()
    return account


def rest(client: Client, lasting: timedelta) -> None:
    """Let a signed-in browser lie untouched."""
    session = client.session
    session["visit"] = session["visit"] | {
        "seen": session["visit"]["seen"] - lasting.total_seconds()
    }
    session.save()


def age(client: Client, lasting: timedelta) -> None:
    """Let a session be this much older, though its person never left."""
    session = client.session
    session["visit"] = session["visit"] | {
        "began": session["visit"]["began"] - lasting.total_seconds()
    }
    session.save()


def make_proposal(
    *, by: Actor, email: str = "new@centre.example", role: str = "analyst"
) -> Proposal:
    """Return an invitation that waits for a second person."""
    return people.invite(email=email, name="Dominique", role=role, by=by)


def make_partner(name: str = "") -> PartnerOrganisation:
    """Return a partner organisation."""
    return partners.add_partner(name=name or f"Partner {uuid4().hex[:12]}", by=SYSTEM)


def make_token(
    *scopes: str,
    partner: PartnerOrganisation | None = None,
    lasts: timedelta = timedelta(days=365),
    by: Actor = SYSTEM,
) -> tuple[ApiToken, str]:
    """Return a token and its text; made by the operator it works at once."""
    partner = partner or make_partner()
    return partners.create_token(partner_id=partner.id, scopes=scopes, lasts=lasts, by=by)
