"""The roles of the centre, and what each may do.

This is the one place to extend: when a module gets an `access.py`, name its abilities in the
role that needs them. `balise.E201` refuses a role that reaches into another line.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts import access as accounts
from balise.foundation.accounts.roles import Role, Scope, strays
from balise.foundation.oversight import access as oversight
from balise.helpline.cases import access as cases
from balise.helpline.channels import access as channels
from balise.helpline.console import access as console
from balise.helpline.contacts import access as contacts
from balise.helpline.conversations import access as conversations
from balise.helpline.queue import access as queue
from balise.helpline.removals import access as removals
from balise.helpline.staffing import access as staffing
from balise.helpline.telephony import access as telephony
from balise.hotline.desk import access as desk
from balise.hotline.reports import access as reports
from balise.hotline.welfare import access as welfare
from balise.steering import access as steering
from balise.takedown.directory import access as directory
from balise.takedown.notices import access as notices
from balise.takedown.referrals.cybertips import access as cybertips
from balise.takedown.referrals.dossiers import access as dossiers
from balise.takedown.referrals.exchange import access as exchange
from balise.takedown.statements import access as statements
from balise.takedown.tracing import access as tracing
from balise.takedown.watch import access as watch

# What more than one line stands on: a role of any line may hold abilities here.
SHARED = frozenset({"takedown", "accounts", "oversight"})

_ANALYST = frozenset(
    {
        reports.READ,
        reports.ASSESS,
        reports.CONFIRM,
        reports.ANSWER,
        desk.ANSWER,
        welfare.LOOK,
        directory.READ,
        directory.PROPOSE,
        directory.APPROVE,
        tracing.READ,
        notices.READ,
        notices.SEND,
        notices.RECORD,
        notices.JUDGE,
        statements.READ,
        statements.COMPARE,
        watch.READ,
        watch.WATCH,
        exchange.READ,
        exchange.SEND,
        exchange.PROPOSE,
        exchange.APPROVE,
        dossiers.READ,
        dossiers.DRAFT,
        dossiers.APPROVE,
        dossiers.HAND_OVER,
        dossiers.RECORD,
        cybertips.EXPORT,
    }
)
_LISTENER = frozenset(
    {telephony.READ, telephony.WORK, cases.READ, cases.WORK, queue.READ, queue.WORK}
    | {
        conversations.TALK,
        console.WORK,
        channels.READ,
        channels.WORK,
        cases.BREAK_GLASS,
        staffing.OWN,
    }
    | {contacts.READ, contacts.WORK, contacts.NOTES, contacts.BLOCK}
    | {removals.READ, removals.WORK, notices.READ, notices.SEND, notices.RECORD}
)

ROLES = (
    Role(
        code="analyst",
        line="hotline",
        label=_("Analyst"),
        abilities=_ANALYST,
    ),
    Role(
        code="hotline_lead",
        line="hotline",
        label=_("Head of the hotline"),
        abilities=_ANALYST
        | {statements.REPORT, welfare.READ_TEAM}
        | {reports.CLOSE_MANY, reports.RELEASE_OTHERS, reports.IMPORT, notices.SET_CUSTOMS},
    ),
    Role(
        code="partner_member",
        line="hotline",
        label=_("Member of a partner"),
        abilities=frozenset({desk.USE, reports.SUBMIT, reports.FOLLOW_OWN}),
        pages=("staff:desk:",),
    ),
    Role(
        code="listener",
        line="helpline",
        label=_("Listener"),
        abilities=_LISTENER,
    ),
    Role(
        code="helpline_lead",
        line="helpline",
        label=_("Head of the helpline"),
        abilities=_LISTENER
        | {contacts.READ_OTHERS, contacts.CONFIRM_BLOCK, contacts.REPORT}
        | {contacts.UNMASK}
        | {console.SUPERVISE, cases.SUPERVISE, removals.COMPLAIN, notices.JUDGE, staffing.PLAN}
        | {telephony.UNSEAL, cases.GIVE_BACK_OTHERS, queue.SUPERVISE, conversations.READ_ALONG},
    ),
    Role(
        code="editor",
        line="awareness",
        label=_("Editor"),
        abilities=frozenset(),
    ),
    Role(
        code="steering",
        line="steering",
        label=_("Steering"),
        abilities=frozenset({steering.READ, steering.EXPORT, statements.REPORT}),
    ),
    Role(
        code="accounts_admin",
        line="accounts",
        label=_("Accounts administrator"),
        abilities=frozenset(
            {
                accounts.READ_PEOPLE,
                accounts.PROPOSE,
                accounts.CONFIRM,
                accounts.DISABLE,
                accounts.READ_PARTNERS,
                accounts.MANAGE_PARTNERS,
                accounts.CONFIRM_TOKENS,
                oversight.MANAGE_TASKS,
            }
        ),
    ),
    Role(
        code="data_protection",
        line="oversight",
        label=_("Data protection officer"),
        abilities=frozenset(
            {
                accounts.READ_PEOPLE,
                accounts.CONFIRM,
                accounts.READ_PARTNERS,
                accounts.CONFIRM_TOKENS,
                oversight.READ_JOURNAL,
                oversight.READ_RETENTION,
            }
        ),
    ),
)

# What a partner's token may be allowed to do, over the API.
SCOPES = (
    Scope(reports.SUBMIT, _("Send reports")),
    Scope(reports.FOLLOW_OWN, _("Follow the reports it sent")),
)


@register(Tags.security)
def check_roles(**_options: Any) -> Iterable[CheckMessage]:
    """Refuse a role that spans two lines, and two roles under one code."""
    for code, ability in strays(ROLES, shared=SHARED):
        yield Error(
            f"The role {code} reaches into another line: {ability}.",
            hint="One person may hold two accounts; no role spans two lines.",
            id="balise.E201",
        )
    for code, count in Counter(role.code for role in ROLES).items():
        if count > 1:
            yield Error(f"{count} roles have the code {code}.", id="balise.E202")
