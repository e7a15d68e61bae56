"""The ways in: what a person finds on the public home, and what staff find at their side.

This is the one place to extend when a module gets a page. A staff entry is shown to whoever holds
its ability; a public entry without an address shows a number to call, and says so honestly.
"""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from balise.foundation.accounts import access as accounts
from balise.foundation.oversight import access as oversight
from balise.foundation.web.navigation import PublicEntry, Pulse, StaffEntry
from balise.helpline.cases import access as cases
from balise.helpline.console import access as console
from balise.helpline.contacts import access as contacts
from balise.helpline.removals import access as removals
from balise.helpline.staffing import access as staffing
from balise.helpline.telephony import access as telephony
from balise.hotline.desk import access as desk
from balise.hotline.reports import access as reports
from balise.hotline.reports.queries.words import words_to_read
from balise.hotline.welfare import access as welfare
from balise.steering import access as steering
from balise.takedown.directory import access as directory
from balise.takedown.notices import access as notices
from balise.takedown.referrals.dossiers import access as dossiers
from balise.takedown.referrals.exchange import access as exchange
from balise.takedown.statements import access as statements
from balise.takedown.watch import access as watch

PUBLIC = (
    PublicEntry(
        line="hotline",
        label=_("Report content"),
        says=_("A page, a picture, a message: its address is all we need. No name, no account."),
        url_name="hotline:report",
    ),
    PublicEntry(
        line="hotline",
        label=_("Follow my report"),
        says=_("Use the code you received."),
        url_name="hotline:follow",
    ),
    PublicEntry(
        line="helpline",
        label=_("Chat"),
        says=_("Chat with a listener now. No name, no account."),
        url_name="talk:start",
    ),
    PublicEntry(
        line="helpline",
        label=_("Call %(number)s"),
        says=_(
            "Bullying, blackmail, a picture shared without consent: we listen and help you act."
        ),
        number="helpline",
    ),
    PublicEntry(
        line="helpline",
        label=_("Ask us to call you"),
        says=_("Choose a safe time, and what we say if someone else answers."),
        url_name="telephony:ask",
    ),
    PublicEntry(
        line="helpline",
        label=_("Write to us"),
        says=_("Write at any time and read the answer later. No name, no account."),
        url_name="write:start",
    ),
    PublicEntry(
        line="helpline",
        label=_("Follow my removal request"),
        says=_("Check whether the request was sent, received or completed."),
        url_name="removals:follow",
    ),
    PublicEntry(
        line="awareness",
        label=_("Get advice on %(number)s"),
        says=_(
            "Our guides, games and workshops will open here. Until then, our listeners also answer "
            "the questions of parents and teachers."
        ),
        number="helpline",
    ),
)

# A listener's seat is kept wherever they are; supervisors hear of a life in danger there.
PULSES = (Pulse(ability=console.WORK, url_name="staff:console:pulse"),)

STAFF = (
    StaffEntry(
        line="hotline",
        label=_("Queue"),
        says=_("Content waiting for a first or second review, most urgent first."),
        url_name="staff:hotline:queue",
        icon="inbox",
        ability=reports.READ,
        key="q",
    ),
    StaffEntry(
        line="hotline",
        label=_("Reporter messages"),
        says=_("Messages, and reports about decided content, for someone to read."),
        url_name="staff:hotline:words",
        icon="mail",
        ability=reports.ANSWER,
        key="m",
        count=words_to_read,
    ),
    StaffEntry(
        line="hotline",
        label=_("My day"),
        says=_("Content you viewed, your next break, and your viewing preferences."),
        url_name="staff:welfare:mine",
        icon="heart",
        ability=welfare.LOOK,
        key="d",
    ),
    StaffEntry(
        line="hotline",
        label=_("Team exposure"),
        says=_("Team totals by full week, without names."),
        url_name="staff:welfare:team",
        icon="users",
        ability=welfare.READ_TEAM,
    ),
    StaffEntry(
        line="hotline",
        label=_("Notices"),
        says=_("Notices to hosts and their outcome."),
        url_name="staff:notices:notices",
        icon="mail",
        ability=notices.READ,
        beside=reports.READ,
        key="n",
    ),
    StaffEntry(
        line="hotline",
        label=_("Monitoring"),
        says=_("Content online, removed, and back."),
        url_name="staff:watch:board",
        icon="eye",
        ability=watch.READ,
        key="w",
    ),
    StaffEntry(
        line="hotline",
        label=_("Police"),
        says=_("Police dossiers and their answers."),
        url_name="staff:dossiers:dossiers",
        icon="shield",
        ability=dossiers.READ,
    ),
    StaffEntry(
        line="hotline",
        label=_("Directory"),
        says=_("Organisations and contact points."),
        url_name="staff:directory:entries",
        icon="server",
        ability=directory.READ,
    ),
    StaffEntry(
        line="hotline",
        label=_("Hotlines abroad"),
        says=_("Content sent to other countries and received from them."),
        url_name="staff:exchange:transfers",
        icon="link",
        ability=exchange.READ,
    ),
    StaffEntry(
        line="hotline",
        label=_("Platform statements"),
        says=_("Compare their statements of reasons with our notices: do they match?"),
        url_name="staff:statements:overview",
        icon="book",
        ability=statements.READ,
    ),
    StaffEntry(
        line="hotline",
        label=_("Partners’ questions"),
        says=_("Partner questions waiting for an answer."),
        url_name="staff:desk:questions",
        icon="mail",
        ability=desk.ANSWER,
    ),
    StaffEntry(
        line="hotline",
        label=_("My reports"),
        says=_("Reports of your organisation and their status."),
        url_name="staff:desk:home",
        icon="inbox",
        ability=desk.USE,
    ),
    StaffEntry(
        line="hotline",
        label=_("New report"),
        says=_("One report, with the details the police need."),
        url_name="staff:desk:new",
        icon="plus",
        ability=desk.USE,
    ),
    StaffEntry(
        line="hotline",
        label=_("Import reports"),
        says=_("A spreadsheet of reports; each line gets a result."),
        url_name="staff:desk:new-batch",
        icon="upload",
        ability=desk.USE,
    ),
    StaffEntry(
        line="helpline",
        label=_("My console"),
        says=_("The person with you, and the next one."),
        url_name="staff:console:console",
        icon="heart",
        ability=console.WORK,
        key="s",
    ),
    StaffEntry(
        line="helpline",
        label=_("Wallboard"),
        says=_("People waiting, listeners on duty, and alerts."),
        url_name="staff:console:wallboard",
        icon="chart",
        ability=console.WORK,
        key="b",
    ),
    StaffEntry(
        line="helpline",
        label=_("Referrals"),
        says=_("People referred by the hotline, with their consent."),
        url_name="staff:helpline:referrals",
        icon="heart",
        ability=cases.READ,
        key="r",
    ),
    StaffEntry(
        line="helpline",
        label=pgettext_lazy("case", "Cases"),
        says=_("Cases assigned to you: people, facts, tasks, people told."),
        url_name="staff:cases:cases",
        icon="folder",
        ability=cases.READ,
        key="l",
    ),
    StaffEntry(
        line="helpline",
        label=_("Receivers"),
        says=_("Receivers of referrals, and contact persons."),
        url_name="staff:cases:directory",
        icon="compass",
        ability=cases.READ,
    ),
    StaffEntry(
        line="helpline",
        label=_("Removals"),
        says=_("Removal requests to platforms, and their times."),
        url_name="staff:removals:desk",
        icon="send",
        ability=removals.READ,
    ),
    StaffEntry(
        line="helpline",
        label=_("Calls today"),
        says=_("Calls, answers and waiting times."),
        url_name="staff:telephony:calls",
        icon="chart",
        ability=telephony.READ,
    ),
    StaffEntry(
        line="helpline",
        label=_("Call-backs"),
        says=_("People to call back, at a time that is safe for them."),
        url_name="staff:telephony:call-backs",
        icon="clock",
        ability=telephony.READ,
    ),
    StaffEntry(
        line="helpline",
        label=_("Blocks"),
        says=_("Blocked people, and blocks waiting for a second person."),
        url_name="staff:contacts:blocks",
        icon="shield",
        ability=contacts.CONFIRM_BLOCK,
    ),
    StaffEntry(
        line="helpline",
        label=_("Network reports"),
        says=_("The figures for Insafe and for Child Helpline International, as files."),
        url_name="staff:contacts:reports",
        icon="file",
        ability=contacts.REPORT,
    ),
    StaffEntry(
        line="helpline",
        label=_("My week"),
        says=_("Your shifts, wishes and days off."),
        url_name="staff:staffing:my-week",
        icon="calendar",
        ability=staffing.OWN,
    ),
    StaffEntry(
        line="helpline",
        label=_("Staffing"),
        says=_("Expected contacts, positions needed, and planned shifts."),
        url_name="staff:staffing:forecast",
        icon="users",
        ability=staffing.PLAN,
    ),
    StaffEntry(
        line="steering",
        label=_("Figures"),
        says=_("Volumes, decisions and times, compared with the year before."),
        url_name="staff:steering:figures",
        icon="chart",
        ability=steering.READ,
        key="f",
    ),
    StaffEntry(
        line="steering",
        label=_("Trusted flagger"),
        says=_("The yearly report required by the DSA, on screen and as a file."),
        url_name="staff:statements:report",
        icon="file",
        ability=statements.REPORT,
    ),
    StaffEntry(
        line="house",
        label=_("People"),
        says=_("Staff and roles."),
        url_name="staff:accounts:people",
        icon="users",
        ability=accounts.READ_PEOPLE,
        key="p",
    ),
    StaffEntry(
        line="house",
        label=_("Partners"),
        says=_("Organisations connected through the API."),
        url_name="staff:accounts:partners",
        icon="link",
        ability=accounts.READ_PARTNERS,
    ),
    StaffEntry(
        line="house",
        label=_("Audit log"),
        says=_("Actions, people and times."),
        url_name="staff:oversight:journal",
        icon="book",
        ability=oversight.READ_JOURNAL,
    ),
    StaffEntry(
        line="house",
        label=_("Data retention"),
        says=_("Deletion rules, and results of the last nights."),
        url_name="staff:oversight:retention",
        icon="clock",
        ability=oversight.READ_RETENTION,
    ),
    StaffEntry(
        line="house",
        label=_("Tasks"),
        says=_("Automatic tasks, and those that failed."),
        url_name="staff:oversight:tasks",
        icon="refresh",
        ability=oversight.MANAGE_TASKS,
    ),
    StaffEntry(
        line="house",
        label=_("The design"),
        says=_("All components of our pages."),
        url_name="staff:design",
        icon="compass",
    ),
)

# Where a line shows one of its contents, for what the lines share.
_CONTENT_PAGES = {"hotline": "staff:hotline:content", "helpline": "staff:removals:item"}


def content_page(line: str, subject: UUID) -> str:
    """Return the address of a line's page about one of its contents; "" where it has none."""
    name = _CONTENT_PAGES.get(line, "")
    return reverse(name, args=[subject]) if name else ""
