"""The past of the demonstration centre: two years of figures, weeks of calls, each module's part.

Addresses are `.example` names, words are mild, nobody is named. Told once: a centre that has
reports already is left as it is.
"""

from datetime import timedelta

from balise.config.modules import modules
from balise.demonstration import season
from balise.demonstration.day import past
from balise.demonstration.season import Until
from balise.foundation import clock
from balise.foundation.accounts.demonstration import create_demonstration_accounts, people
from balise.foundation.accounts.queries import actor_of
from balise.foundation.journal import clerk
from balise.foundation.journal.book import SUBSCRIPTIONS
from balise.foundation.statistics import telling
from balise.hotline.reports.demonstration.past import DAYS
from balise.hotline.reports.queries import receipts
from balise.steering.editions import demonstration as editions

WEEKS = 3
_CALLS, _CHATS = 18, 6  # on a day with school
_LISTENERS = 6


def fill() -> None:
    """Make the accounts and the past, once."""
    create_demonstration_accounts()
    if receipts.any_report():
        return
    cast = {account.role: actor_of(account) for account in people()}
    season.tell(
        until=Until(
            reports=clock.today() - timedelta(days=DAYS),
            calls=clock.today() - timedelta(weeks=WEEKS),
            contacts=clock.today(),
        ),
        listener=cast["listener"],
    )
    past.team(_LISTENERS)
    past.tell_weeks(WEEKS, calls=_CALLS, chats=_CHATS, seed=1)
    for module in modules().values():
        if module.demonstration:
            module.demonstration(cast)
    clerk.link()
    heard = (one.name for one in SUBSCRIPTIONS.values() if not one.from_now)
    clerk.begin_here(except_for=frozenset(heard))  # nobody is written to of an invented past
    while clerk.tick():
        pass
    telling.tell()
    editions.fill(cast)  # of all that was counted
    clerk.link()
