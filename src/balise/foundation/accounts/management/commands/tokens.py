"""`balise tokens new`: a token for a partner, printed once."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from balise.foundation.accounts import queries
from balise.foundation.accounts.actions import partners
from balise.foundation.accounts.roles import ScopeUnknown, every_scope
from balise.foundation.accounts.rules import TOKEN_LASTS_AT_MOST, TOKEN_LASTS_BY_DEFAULT
from balise.foundation.actors import SYSTEM
from balise.foundation.refusals import Refused


class Command(BaseCommand):
    help = "Make a token for a partner organisation; the partner is added if it is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        new = steps.add_parser("new", help="make a token and print it, once")
        new.add_argument("--partner", required=True, metavar="NAME")
        new.add_argument(
            "--scopes",
            required=True,
            nargs="+",
            help=", ".join(scope.code for scope in every_scope()),
        )
        new.add_argument("--days", type=int, default=TOKEN_LASTS_BY_DEFAULT.days)

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["days"] <= TOKEN_LASTS_AT_MOST.days:
            raise CommandError(f"A token lasts from 1 to {TOKEN_LASTS_AT_MOST.days} days.")
        scopes = [code for word in options["scopes"] for code in word.split(",") if code]
        try:
            with transaction.atomic():
                partner = queries.partner_named(options["partner"]) or partners.add_partner(
                    name=options["partner"], by=SYSTEM
                )
                _token, text = partners.create_token(
                    partner_id=partner.id,
                    scopes=scopes,
                    lasts=timedelta(days=options["days"]),
                    by=SYSTEM,
                )
        except ScopeUnknown as unknown:
            raise CommandError(f"No token can have the scope {unknown}.") from None
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(text)
