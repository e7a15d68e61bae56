"""The people of the demonstration centre. A real centre cannot have them (`balise.E21x`).

Who is invited in a demonstration centre is one of them: marked so, and out of any real centre.
"""

from collections.abc import Sequence
from itertools import cycle

from django.db import transaction

from balise.foundation.accounts.models import Account, PartnerOrganisation
from balise.foundation.accounts.roles import Role, every_role
from balise.foundation.accounts.rules import DEMONSTRATION_DOMAIN

_PARTNER = "Association Exemple"
_NAMES = ("Alix", "Camille", "Noa", "Sacha", "Charlie", "Dominique", "Lou", "Maxence")
_INITIALS = "BDFGMPRTV"


@transaction.atomic
def create_demonstration_accounts() -> list[Account]:
    """Return one account for each role of the centre, made where it is missing.

    Nobody can sign in with them by a password: only the page of the demonstration lets them in.
    """
    return [_account_for(role, name) for role, name in zip(every_role(), cycle(_NAMES))]


@transaction.atomic
def create_colleagues(role: Role, many: int) -> list[Account]:
    """Return so many accounts of one role, the one to enter as first; made where missing."""
    names = cycle(_NAMES)
    first = _account_for(role, next(names))
    return [
        first,
        *(
            _account_for(role, name, place)
            for place, name in zip(range(2, many + 1), names, strict=False)
        ),
    ]


def people() -> Sequence[Account]:
    """Return the demonstration's people to enter as, in the order of the roles."""
    by_role = {
        account.role: account
        for account in Account.objects.filter(is_demonstration=True, is_active=True)
        if account.email == _address(account.role)
    }
    return [by_role[role.code] for role in every_role() if role.code in by_role]


def is_mixed_with_real_people() -> bool:
    """Return whether an account exists that is no part of a demonstration."""
    return Account.objects.filter(is_demonstration=False).exists()


def _address(role: str, place: int = 1) -> str:
    return f"{role.replace('_', '-')}{f'-{place}' if place > 1 else ''}@{DEMONSTRATION_DOMAIN}"


def _account_for(role: Role, name: str, place: int = 1) -> Account:
    if place > 1:  # the names repeat: an initial tells them apart
        name = f"{name} {_INITIALS[place % len(_INITIALS)]}."
    partner = None
    if role.is_for_partners:
        partner, _is_new = PartnerOrganisation.objects.get_or_create(name=_PARTNER)
    account, is_new = Account.objects.get_or_create(
        email=_address(role.code, place),
        defaults={"name": name, "role": role.code, "is_demonstration": True, "partner": partner},
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=("password",))
    return account
