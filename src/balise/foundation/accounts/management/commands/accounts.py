"""`balise accounts new` and `balise accounts link`: the first people of a centre, and lost keys."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from balise.foundation.accounts import links
from balise.foundation.accounts.actions import people
from balise.foundation.accounts.models import Account, Invitation
from balise.foundation.accounts.queries import partner_named
from balise.foundation.accounts.roles import RoleUnknown, every_role
from balise.foundation.accounts.rules import INVITATION_LASTS
from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import Refused


class Command(BaseCommand):
    help = "Make the first accounts of a centre, or a new link for someone who lost everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        new = steps.add_parser("new", help="make an account and print the link to begin")
        new.add_argument("email")
        new.add_argument("--name", required=True)
        new.add_argument(
            "--role", required=True, help=", ".join(role.code for role in every_role())
        )
        new.add_argument("--partner", default="", help="whose person it is, for a partner's role")
        link = steps.add_parser("link", help="take a person's access away and print a new link")
        link.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        invitation = _invitation(options)
        hours = INVITATION_LASTS.total_seconds() // 3600
        self.stdout.write(
            f"This link works once, for {hours:.0f} hours:\n{links.address_of(invitation.id)}"
        )


def _invitation(options: dict[str, Any]) -> Invitation:
    try:
        if options["step"] == "link":
            return people.renew_access(email=options["email"], by=SYSTEM)
        return people.open_account(
            email=options["email"],
            name=options["name"],
            role=options["role"],
            partner_id=_partner(options["partner"]),
            by=SYSTEM,
        )
    except RoleUnknown as unknown:
        raise CommandError(f"There is no role {unknown}.") from None
    except Account.DoesNotExist:
        raise CommandError(f"Nobody works here under {options['email']}.") from None
    except Refused as refusal:
        raise CommandError(refusal.message) from None


def _partner(name: str) -> UUID | None:
    if not name:
        return None
    partner = partner_named(name)
    if partner is None:
        raise CommandError(f"There is no partner {name}.")
    return partner.id
