"""Who hears of what, and who answers whom: the only file that knows every line. No branches."""

from functools import partial

from balise.config.figures import BOARDS
from balise.config.navigation import PUBLIC, PULSES, STAFF, content_page
from balise.config.roles import ROLES, SCOPES
from balise.foundation.accounts import queries as accounts
from balise.foundation.accounts import roles
from balise.foundation.accounts import tasks as people
from balise.foundation.accounts.events import InvitationSent
from balise.foundation.accounts.retention import RULES as ACCOUNTS_RULES
from balise.foundation.encryption import turning
from balise.foundation.files import tasks as files
from balise.foundation.journal.book import subscribe
from balise.foundation.oversight import keys
from balise.foundation.oversight.retention import RULES as OVERSIGHT_RULES
from balise.foundation.retention import rules as retention
from balise.foundation.retention import tasks as forgetting
from balise.foundation.statistics import counting, measures
from balise.foundation.statistics import tasks as figures
from balise.foundation.tasks.schedule import register_schedule
from balise.foundation.web import doors, keeping, navigation
from balise.helpline.cases import ports as cases_ports
from balise.helpline.cases import tasks as case_files
from balise.helpline.cases.actions import intake as cases
from balise.helpline.cases.events.files import GlassBroken
from balise.helpline.cases.events.sent import (
    SentAccepted,
    SentDone,
    SentExpired,
    SentRefused,
    SentReminded,
)
from balise.helpline.cases.measures import MEASURES as CASES_MEASURES
from balise.helpline.cases.retention import RULES as CASES_RULES
from balise.helpline.cases.web.opened import OPENED
from balise.helpline.channels import queries as channels_queries
from balise.helpline.channels import tasks as channels
from balise.helpline.channels.events import (
    AnswerTriedAgain,
    MessageAnswered,
    MessageReceived,
    ThreadErased,
)
from balise.helpline.channels.measures import MEASURES as CHANNELS_MEASURES
from balise.helpline.channels.retention import RULES as CHANNELS_RULES
from balise.helpline.channels.web.codes import CODE as WRITE
from balise.helpline.console import tasks as console
from balise.helpline.console.measures import MEASURES as CONSOLE_MEASURES
from balise.helpline.console.retention import RULES as CONSOLE_RULES
from balise.helpline.contacts.measures import MEASURES as CONTACTS_MEASURES
from balise.helpline.contacts.retention import RULES as CONTACTS_RULES
from balise.helpline.conversations import ports as conversations_ports
from balise.helpline.conversations import queries as conversations_queries
from balise.helpline.conversations import tasks as conversations
from balise.helpline.conversations.actions import passing as conversations_passing
from balise.helpline.conversations.events import ConversationErased
from balise.helpline.conversations.measures import MEASURES as CONVERSATIONS_MEASURES
from balise.helpline.conversations.retention import RULES as CONVERSATIONS_RULES
from balise.helpline.conversations.streams.admitting import KEPT as TALK_KEPT
from balise.helpline.queue import ports as queue_ports
from balise.helpline.queue.events import ItemQueued, RiskJudged, SeatChanged
from balise.helpline.queue.measures import MEASURES as QUEUE_MEASURES
from balise.helpline.queue.retention import RULES as QUEUE_RULES
from balise.helpline.queue.rules import Kind
from balise.helpline.removals import ports as removals_ports
from balise.helpline.removals import queries as removals_queries
from balise.helpline.removals import tasks as removals
from balise.helpline.removals.events import (
    AnswerGiven,
    ItemDecided,
    ItemGone,
    ItemLeaves,
    ItemMoved,
    ItemSilent,
    RungClimbed,
)
from balise.helpline.removals.measures import MEASURES as REMOVALS_MEASURES
from balise.helpline.removals.retention import RULES as REMOVALS_RULES
from balise.helpline.removals.web.codes import CODE as REMOVAL
from balise.helpline.staffing import tasks as staffing
from balise.helpline.staffing.events import RotaAsked
from balise.helpline.staffing.measures import MEASURES as STAFFING_MEASURES
from balise.helpline.staffing.retention import RULES as STAFFING_RULES
from balise.helpline.telephony import ports as telephony_ports
from balise.helpline.telephony import queries as telephony_queries
from balise.helpline.telephony import tasks as telephony
from balise.helpline.telephony.events import (
    CallAbandoned,
    CallBackDialled,
    CallBlocked,
    CallEnded,
)
from balise.helpline.telephony.measures import MEASURES as TELEPHONY_MEASURES
from balise.helpline.telephony.retention import RULES as TELEPHONY_RULES
from balise.hotline.desk import tasks as desk
from balise.hotline.desk.measures import MEASURES as DESK_MEASURES
from balise.hotline.desk.retention import RULES as DESK_RULES
from balise.hotline.reports import ports as reports_ports
from balise.hotline.reports.actions import exchanging as reports_exchanging
from balise.hotline.reports.actions import helping
from balise.hotline.reports.events import (
    CertificateAsked,
    ContentClaimed,
    ContentDecided,
    ContentHostMoved,
    ContentReappeared,
    ContentRemoved,
    ContentTraced,
    FollowUpDeclined,
    PlaceCorrected,
    RemovalGivenUp,
    RemovalTakenUp,
    RemovedReported,
    ReportReceived,
)
from balise.hotline.reports.measures import MEASURES as REPORTS_MEASURES
from balise.hotline.reports.queries import helped
from balise.hotline.reports.retention import RULES as REPORTS_RULES
from balise.hotline.reports.tasks import asking, exchanging, telling
from balise.hotline.reports.tasks import working as reports
from balise.hotline.reports.web.tickets import KEPT as REPORTS_KEPT
from balise.hotline.welfare import tasks as welfare
from balise.hotline.welfare.measures import MEASURES as WELFARE_MEASURES
from balise.hotline.welfare.retention import RULES as WELFARE_RULES
from balise.steering.rules import boards
from balise.takedown.directory import ports as directory_ports
from balise.takedown.notices import tasks as notices
from balise.takedown.notices.events import MOVES as NOTICE_MOVES
from balise.takedown.notices.events import (
    ClockResumed,
    ContestRuled,
    HostAnswered,
    MailTriedAgain,
    NoticeFailed,
    NoticeQueued,
    NoticeSent,
    NoticeSentAgain,
    NoticesReleased,
    OutcomeRecorded,
)
from balise.takedown.notices.measures import MEASURES as NOTICES_MEASURES
from balise.takedown.notices.retention import RULES as NOTICES_RULES
from balise.takedown.referrals.cybertips.measures import MEASURES as CYBERTIPS_MEASURES
from balise.takedown.referrals.dossiers import tasks as dossiers
from balise.takedown.referrals.dossiers.events import (
    DossierApproved,
    DossierHandedOver,
    DossierQueued,
    HoldAsked,
    HoldLifted,
)
from balise.takedown.referrals.dossiers.measures import MEASURES as DOSSIERS_MEASURES
from balise.takedown.referrals.dossiers.retention import RULES as DOSSIERS_RULES
from balise.takedown.referrals.exchange import ports as exchange_ports
from balise.takedown.referrals.exchange.events import (
    IccamMoved,
    LetterArrived,
    LetterQueued,
    TransferMoved,
)
from balise.takedown.referrals.exchange.measures import MEASURES as EXCHANGE_MEASURES
from balise.takedown.referrals.exchange.retention import RULES as EXCHANGE_RULES
from balise.takedown.referrals.exchange.tasks import carrying as exchange
from balise.takedown.referrals.exchange.tasks.iccam import working as iccam
from balise.takedown.referrals.exchange.web import signed
from balise.takedown.statements import tasks as statements
from balise.takedown.statements.events import StatementMatched
from balise.takedown.statements.measures import MEASURES as STATEMENTS_MEASURES
from balise.takedown.statements.retention import RULES as STATEMENTS_RULES
from balise.takedown.tracing.measures import MEASURES as TRACING_MEASURES
from balise.takedown.tracing.retention import RULES as TRACING_RULES
from balise.takedown.watch import ports as watch_ports
from balise.takedown.watch import tasks as watch
from balise.takedown.watch.events import ContentBack, ContentGone, HostMoved
from balise.takedown.watch.measures import MEASURES as WATCH_MEASURES
from balise.takedown.watch.measures import measures_of as watch_measures_of
from balise.takedown.watch.queries import times_of_host
from balise.takedown.watch.retention import RULES as WATCH_RULES


def connect() -> None:
    """Plug the ports and register the measures, retention rules and schedules of every line."""
    roles.register(*ROLES)
    roles.register_scopes(*SCOPES)
    navigation.arrange(staff=STAFF, public=PUBLIC, pulses=PULSES)
    keeping.arrange(*REPORTS_KEPT, *TALK_KEPT, *WRITE.kept, *REMOVAL.kept, *OPENED.kept)
    boards.register(*BOARDS)
    _plug_ports()
    _register_figures()
    _register_retention()
    _let_the_hotline_hear()
    _let_the_others_hear()
    register_schedule(
        *forgetting.SCHEDULE,
        *figures.SCHEDULE,
        *files.SCHEDULE,
        *people.SCHEDULE,
        *reports.SCHEDULE,
        *watch.SCHEDULE,
        *conversations.SCHEDULE,
        *case_files.SCHEDULE,
        *telephony.SCHEDULE,
        *channels.SCHEDULE,
        *removals.SCHEDULE,
        *staffing.SCHEDULE,
        *notices.SCHEDULE,
        *exchange.SCHEDULE,
        *iccam.SCHEDULE,
        *dossiers.SCHEDULE,
        *welfare.SCHEDULE,
    )


def _plug_ports() -> None:
    doors.token_holder.plug(accounts.token_holder)
    doors.signatory.plug(signed.signed_by)
    turning.key_turned.plug(keys.write_down)
    exchange_ports.take_in.plug(reports_exchanging.take_in)
    watch_ports.page_of.plug(content_page)
    directory_ports.removal_times.plug(times_of_host)
    queue_ports.is_over[Kind.CALL].plug(telephony_queries.is_over)
    queue_ports.is_over[Kind.CHAT].plug(conversations_queries.is_over)
    queue_ports.is_over[Kind.CALL_BACK].plug(telephony_queries.is_call_back_over)
    queue_ports.is_over[Kind.MESSAGE].plug(channels_queries.is_over)
    telephony_ports.with_number.plug(channels_queries.with_number)
    telephony_ports.number_of.plug(channels_queries.number_of)
    queue_ports.is_line_up.plug(telephony_queries.is_line_up)
    queue_ports.leave_chat.plug(conversations_passing.leave)
    conversations_ports.has_removal.plug(removals_queries.began_in)
    cases_ports.report_content.plug(helping.take_in)
    cases_ports.standings.plug(helped.standings)
    reports_ports.pass_to_helpline.plug(partial(cases.take_in, origin_line="hotline"))
    removals_ports.pass_to_hotline.plug(helping.take_suspected)


def _register_figures() -> None:
    measures.register(
        *REPORTS_MEASURES,
        *NOTICES_MEASURES,
        *WATCH_MEASURES,
        *EXCHANGE_MEASURES,
        *CASES_MEASURES,
        *QUEUE_MEASURES,
        *DOSSIERS_MEASURES,
        *CYBERTIPS_MEASURES,
        *TRACING_MEASURES,
        *STATEMENTS_MEASURES,
        *DESK_MEASURES,
        *WELFARE_MEASURES,
        *watch_measures_of("hotline"),
        *TELEPHONY_MEASURES,
        *CHANNELS_MEASURES,
        *REMOVALS_MEASURES,
        *CONVERSATIONS_MEASURES,
        *STAFFING_MEASURES,
        *CONSOLE_MEASURES,
        *CONTACTS_MEASURES,
    )
    counting.connect()


def _register_retention() -> None:
    retention.register(
        *CONVERSATIONS_RULES,
        *CONSOLE_RULES,
        *ACCOUNTS_RULES,
        *OVERSIGHT_RULES,
        *REPORTS_RULES,
        *CASES_RULES,
        *QUEUE_RULES,
        *NOTICES_RULES,
        *STATEMENTS_RULES,
        *DESK_RULES,
        *WELFARE_RULES,
        *WATCH_RULES,
        *EXCHANGE_RULES,
        *DOSSIERS_RULES,
        *TRACING_RULES,
        *TELEPHONY_RULES,
        *CHANNELS_RULES,
        *REMOVALS_RULES,
        *STAFFING_RULES,
        *CONTACTS_RULES,
    )


def _let_the_hotline_hear() -> None:
    subscribe("hotline.certificates", reports.sign_certificates, events=[CertificateAsked])
    subscribe(
        "hotline.partners",
        telling.tell_partners,
        events=[
            *(ContentDecided, ContentRemoved, ContentReappeared),
            *(RemovalGivenUp, RemovalTakenUp),
        ],
    )
    subscribe("hotline.receipts", reports.forget_receipts, events=[FollowUpDeclined])
    subscribe("hotline.corrected", reports.forget_corrected, events=[PlaceCorrected])
    subscribe("hotline.traces", reports.trace_claimed, events=[ContentClaimed])
    subscribe("hotline.watch", reports.watch_notified, events=[NoticeSent])
    subscribe("hotline.watch-again", reports.look_again, events=[RemovedReported])
    subscribe(
        "hotline.asked",
        asking.note_asked,
        events=[
            *(NoticeSent, NoticeSentAgain, NoticeFailed, TransferMoved, IccamMoved),
            *(ContentReappeared, ContentHostMoved),
        ],
    )
    subscribe("hotline.outcomes", reports.note_outcomes, events=[OutcomeRecorded])
    subscribe(
        "hotline.network",
        exchanging.tell_network,
        events=[ContentDecided, ContentRemoved, ContentReappeared],
    )
    subscribe("hotline.transfers", exchanging.note_outcomes, events=[TransferMoved])
    subscribe("hotline.iccam-host", exchanging.note_host_told, events=[NoticeSent])
    subscribe("hotline.iccam-police", exchanging.note_police_told, events=[DossierHandedOver])
    subscribe("hotline.iccam-traced", exchanging.note_hosted, events=[ContentTraced])
    subscribe("desk.received", desk.follow_received, events=[ReportReceived])
    subscribe("desk.decided", desk.follow_decided, events=[ContentDecided])
    subscribe("hotline.gone", reports.note_gone, events=[ContentGone])
    subscribe("hotline.back", reports.note_back, events=[ContentBack])
    subscribe("hotline.host-moved", reports.note_host_moved, events=[HostMoved])


def _let_the_others_hear() -> None:
    subscribe("accounts.invitations", people.mail_invitations, events=[InvitationSent])
    subscribe("exchange.queued", exchange.carry_queued, events=[LetterQueued])
    subscribe("exchange.iccam", iccam.export_queued, events=[IccamMoved])
    subscribe("exchange.arrived", exchange.read_arrived, events=[LetterArrived])
    subscribe("notices.queued", notices.send_queued, events=[NoticeQueued])
    subscribe("notices.gone", notices.end_gone, events=[ContentGone])
    subscribe("notices.hold-asked", notices.hold_asked, events=[HoldAsked])
    subscribe("notices.hold-lifted", notices.hold_lifted, events=[HoldLifted])
    subscribe("notices.released", notices.gather_released, events=[NoticesReleased])
    subscribe(
        "notices.written",
        notices.send_written,
        events=[ClockResumed, ContestRuled, MailTriedAgain],
    )
    subscribe("notices.heard", notices.hear_answers, events=[HostAnswered])
    subscribe("dossiers.approved", dossiers.pack_approved, events=[DossierApproved])
    subscribe("dossiers.queued", dossiers.mail_queued, events=[DossierQueued])
    subscribe(
        "statements.words",
        statements.compare_notices,
        events=[OutcomeRecorded, StatementMatched],
    )
    subscribe("statements.facts", statements.compare_contents, events=[ContentGone, ContentBack])
    subscribe("helpline.erased", conversations.forget_erased, events=[ConversationErased])
    subscribe(
        "helpline.numbers", telephony.forget_numbers, events=[CallAbandoned, CallBlocked, CallEnded]
    )
    subscribe("helpline.dialled", telephony.dial_asked, events=[CallBackDialled])
    subscribe("helpline.acknowledged", channels.acknowledge_first, events=[MessageReceived])
    subscribe("helpline.answers", channels.send_answers, events=[MessageAnswered, AnswerTriedAgain])
    subscribe("helpline.threads-erased", channels.forget_erased, events=[ThreadErased])
    subscribe("removals.leaving", removals.call_leaving, events=[ItemLeaves])
    subscribe("removals.answered", removals.pass_answers_on, events=[AnswerGiven])
    subscribe("removals.climbed", removals.remind_climbed, events=[RungClimbed])
    subscribe("removals.notices", removals.follow_notices, events=NOTICE_MOVES)
    subscribe("removals.sent", removals.watch_moved, events=[ItemMoved])
    subscribe("removals.gone", removals.note_seen, events=[ContentGone, ContentBack])
    subscribe(
        "removals.figures", removals.count, events=[ItemMoved, ItemGone, ItemDecided, ItemSilent]
    )
    subscribe("helpline.danger", console.page_supervisors, events=[RiskJudged, ItemQueued])
    subscribe("helpline.glass", case_files.tell_of_glass, events=[GlassBroken])
    subscribe(
        "helpline.sent",
        case_files.tell_sender,
        events=[SentAccepted, SentRefused, SentDone, SentExpired, SentReminded],
    )
    subscribe("helpline.presence", staffing.add_up_seats, events=[SeatChanged])
    subscribe("helpline.rotas", staffing.solve_asked, events=[RotaAsked], from_now=True)
    subscribe("watch.removals", watch.count_removals, events=[ContentGone])
