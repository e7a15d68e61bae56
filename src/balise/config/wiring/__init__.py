"""Which subscriber receives which events, and which port is answered by whom. No branches."""

from functools import partial

from balise.config.wiring import awareness, steering
from balise.foundation.accounts import events as of_accounts, queries as accounts, tasks as people
from balise.foundation.encryption import turning
from balise.foundation.journal.book import subscribe
from balise.foundation.oversight import keys
from balise.foundation.web import doors
from balise.helpline.cases import events, ports as cases_ports, tasks as cases
from balise.helpline.cases.actions import intake as referrals
from balise.helpline.cases.queries import files
from balise.helpline.channels import events as of_channels, queries as written, tasks as channels
from balise.helpline.console import tasks as console
from balise.helpline.contacts import events as of_contacts, ports as contacts_ports
from balise.helpline.conversations import (
    bell,
    events as of_talks,
    ports as conversations_ports,
    queries as talks,
    tasks as conversations,
)
from balise.helpline.conversations.actions import passing
from balise.helpline.conversations.queries import line
from balise.helpline.queue import events as of_queue, ports as queue_ports
from balise.helpline.queue.queries.telling import danger_in
from balise.helpline.queue.rules import WaitKind
from balise.helpline.removals import (
    events as of_removals,
    ports as removals_ports,
    queries as asked,
    tasks as removals,
)
from balise.helpline.staffing import events as of_staffing, tasks as staffing
from balise.helpline.telephony import (
    events as of_calls,
    ports as telephony_ports,
    queries as calls,
    tasks as telephony,
)
from balise.helpline.vault import events as of_vaults, ports as vault_ports, tasks as vaults
from balise.hotline.desk import tasks as desk
from balise.hotline.laboratory import (
    events as of_laboratory,
    ports as laboratory_ports,
    tasks as laboratory,
)
from balise.hotline.matching.banks import events as of_banks, tasks as banks
from balise.hotline.matching.exchange import events as of_hashes
from balise.hotline.matching.exchange.tasks import handing as hashes_handing, voting
from balise.hotline.reports import events as of_reports, ports as reports_ports
from balise.hotline.reports.actions import helping
from balise.hotline.reports.queries import receipts
from balise.hotline.reports.tasks import asking, knowing, telling, working as reports
from balise.steering.indicators import ports as indicators_ports
from balise.takedown.directory import ports as directory_ports
from balise.takedown.notices import events as of_notices, tasks as notices
from balise.takedown.onward.dossiers import (
    events as of_dossiers,
    queries as police,
    tasks as dossiers,
)
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.statements import events as of_statements, tasks as statements
from balise.takedown.watch import events as of_watch, queries as watched, tasks as watch


def connect() -> None:
    """Plug the ports and register the subscribers of events."""
    _plug()
    subscribe("accounts.invitations", people.mail_invitations, of_accounts.InvitationSent)
    _let_the_hotline_hear()
    _let_takedown_hear()
    _let_the_helpline_hear()
    awareness.connect()
    steering.connect()


def _plug() -> None:
    doors.token_holder.plug(accounts.token_holder)
    turning.key_turned.plug(keys.write_down)
    directory_ports.removal_times.plug(watched.times_of_host)
    queue_ports.is_over[WaitKind.CALL].plug(calls.is_over)
    queue_ports.is_over[WaitKind.CHAT].plug(talks.is_over)
    queue_ports.is_over[WaitKind.CALL_BACK].plug(calls.is_call_back_over)
    queue_ports.is_over[WaitKind.MESSAGE].plug(written.is_over)
    queue_ports.is_line_up.plug(calls.is_line_up)
    queue_ports.leave_chat.plug(passing.leave)
    queue_ports.wants_another.plug(line.wants_another)
    queue_ports.line_changed.plug(partial(bell.ring, note="turn"))
    telephony_ports.with_number.plug(written.with_number)
    telephony_ports.number_of.plug(written.number_of)
    conversations_ports.has_removal.plug(asked.began_in)
    cases_ports.report_content.plug(helping.take_in)
    cases_ports.standings.plug(receipts.standings)
    contacts_ports.same_case.plug(files.of_the_same_case)
    reports_ports.danger_in.plug(danger_in)
    reports_ports.pass_to_helpline.plug(partial(referrals.take_in, origin_line="hotline"))
    laboratory_ports.danger_in.plug(danger_in)
    laboratory_ports.pass_to_helpline.plug(partial(referrals.take_in, origin_line="hotline"))
    vault_ports.hand_over.plug(partial(drafting.bring, line="hotline"))
    vault_ports.follow.plug(police.became)
    vault_ports.receivers.plug(police.receivers)
    removals_ports.pass_to_hotline.plug(helping.take_suspected)
    indicators_ports.open_days.plug(talks.open_days)


def _let_the_hotline_hear() -> None:
    r, n, w = of_reports, of_notices, of_watch
    ended = (r.ContentDecided, r.VerdictTakenBack, r.ContentRemoved, r.ContentReappeared)
    asked_of = (n.NoticeSent, n.NoticeSentAgain, n.NoticeFailed)
    back = (r.ContentReappeared, r.ContentHostMoved)
    subscribe("hotline.certificates", reports.sign_certificates, r.CertificateAsked)
    subscribe("hotline.partners", telling.tell_partners, *ended, r.RemovalGivenUp, r.RemovalTakenUp)
    subscribe("hotline.receipts", reports.forget_receipts, r.FollowUpDeclined)
    subscribe("hotline.corrected", reports.forget_corrected, r.PlaceCorrected)
    subscribe("hotline.traces", reports.trace_claimed, r.ContentClaimed, r.ContentAssigned)
    subscribe("hotline.watch", reports.watch_notified, n.NoticeSent)
    subscribe("hotline.watch-again", reports.look_again, r.RemovedReported)
    subscribe("hotline.asked", asking.note_asked, *asked_of, *back)
    subscribe("hotline.outcomes", reports.note_outcomes, n.OutcomeRecorded)
    subscribe("hotline.gone", reports.note_gone, w.ContentGone)
    subscribe("hotline.back", reports.note_back, w.ContentBack)
    subscribe("hotline.host-moved", reports.note_host_moved, w.HostMoved)
    subscribe("hotline.late", banks.find_late, of_banks.EntryAdded)
    judged = (r.ContentDecided, r.ContentReopened, r.ContentFingerprinted)
    subscribe("hotline.pictures", knowing.read_reported, r.ReportReceived, from_now=True)
    subscribe("hotline.look-ups", knowing.ask_banks, r.ContentFingerprinted)
    subscribe("hotline.matches", knowing.hear_matches, of_banks.MatchFound)
    subscribe("hotline.banked", knowing.bank_verdicts, *judged)
    left = (of_banks.EntryWithdrawn, of_banks.EntryHeld)
    subscribe("hotline.recalled", knowing.hear_withdrawn, *left)
    _let_the_exchange_of_hashes_hear()
    subscribe("desk.received", desk.follow_received, r.ReportReceived)
    subscribe("desk.decided", desk.follow_decided, r.ContentDecided)
    _let_the_laboratory_hear()


def _let_the_laboratory_hear() -> None:
    v, x = of_laboratory, of_hashes
    answered = (x.PartnerAnswered, x.PartnerConfirmedWithdrawal)
    contracts = (x.ContractAgreed, x.PartnerCutOff, x.PartnerReopened)
    subscribe("laboratory.sent", laboratory.bank_sent, v.CaseSent)
    subscribe("laboratory.leaving", laboratory.take_off_asked, v.WithdrawalAsked)
    subscribe("laboratory.answers", laboratory.hear_partners, *answered)
    subscribe("laboratory.floods", laboratory.stop_flooded, of_banks.HashQuarantined)
    moved = (of_banks.EntryHeld, of_banks.EntryReleased, of_banks.EntryWithdrawn)
    subscribe("laboratory.banks", laboratory.follow_banks, *moved)
    subscribe("laboratory.partners", laboratory.note_contracts, *contracts)


def _let_the_exchange_of_hashes_hear() -> None:
    b, h = of_banks, of_hashes
    ended, back = (b.EntryWithdrawn, b.EntryHeld, b.HashQuarantined), (b.EntryReleased,)
    changed = (b.EntryAdded, b.OpinionSet, *ended, *back)
    subscribe("hashes.changed", hashes_handing.prepare_changed, *changed)
    subscribe("hashes.ended", hashes_handing.note_ended, *ended)
    subscribe("hashes.back", hashes_handing.note_back, *back)
    subscribe("hashes.judged", voting.vote_on_judged, of_reports.MatchJudged)
    subscribe("hashes.thought", voting.vote_on_thought, b.OpinionSet)
    subscribe("hashes.votes", voting.send_queued, h.VoteQueued)


def _let_takedown_hear() -> None:
    n, d, w, s = of_notices, of_dossiers, of_watch, of_statements
    answerable = (n.ClockResumed, n.ContestRuled, n.MailTriedAgain)
    subscribe("notices.queued", notices.send_queued, n.NoticeQueued)
    subscribe("notices.gone", notices.end_gone, w.ContentGone)
    subscribe("notices.hold-asked", notices.hold_asked, d.HoldAsked)
    subscribe("notices.hold-lifted", notices.hold_lifted, d.HoldLifted)
    subscribe("notices.released", notices.gather_released, n.NoticesReleased)
    subscribe("notices.written", notices.send_written, *answerable)
    subscribe("notices.heard", notices.hear_answers, n.HostAnswered)
    subscribe("watch.removals", watch.count_removals, w.ContentGone)
    subscribe("dossiers.approved", dossiers.pack_approved, d.DossierApproved)
    subscribe("dossiers.queued", dossiers.mail_queued, d.DossierQueued)
    subscribe("statements.words", statements.compare_notices, n.OutcomeRecorded, s.StatementMatched)
    subscribe("statements.facts", statements.compare_contents, w.ContentGone, w.ContentBack)


def _let_the_helpline_hear() -> None:
    i, s, c = of_removals, events, of_channels
    ended = (of_calls.CallAbandoned, of_calls.CallBlocked, of_calls.CallEnded)
    sent = (s.SentAccepted, s.SentRefused, s.SentDone, s.SentExpired, s.SentReminded)
    counted = (i.ItemMoved, i.ItemGone, i.ItemDecided, i.ItemSilent)
    subscribe("helpline.erased", conversations.forget_erased, of_talks.ConversationErased)
    subscribe("helpline.numbers", telephony.forget_numbers, *ended)
    subscribe("helpline.dialled", telephony.dial_asked, of_calls.CallBackDialled)
    subscribe("helpline.commanded", telephony.command_asked, of_calls.CallCommanded)
    subscribe("helpline.acknowledged", channels.acknowledge_first, c.MessageReceived)
    subscribe("helpline.answers", channels.send_answers, c.MessageAnswered, c.AnswerTriedAgain)
    subscribe("helpline.threads-erased", channels.forget_erased, c.ThreadErased)
    subscribe(
        "helpline.danger",
        console.page_supervisors,
        of_queue.DangerDeclared,
        of_calls.CallBackAsked,
    )
    subscribe("helpline.met-again", cases.hear_wrapped, of_contacts.ContactWrapped, from_now=True)
    subscribe("helpline.glass", cases.tell_of_glass, events.GlassBroken)
    subscribe("helpline.sent", cases.tell_sender, *sent)
    subscribe("helpline.presence", staffing.add_up_seats, of_queue.SeatChanged)
    subscribe("helpline.rotas", staffing.solve_asked, of_staffing.RotaAsked, from_now=True)
    subscribe("vault.stamps", vaults.stamp_asked, of_vaults.StampAsked)
    subscribe("vault.words", vaults.words_taken, of_vaults.InvitationTaken)
    subscribe("vault.asks", vaults.item_shared, of_vaults.ItemShared)
    subscribe("removals.leaving", removals.call_leaving, i.ItemLeaves)
    subscribe("removals.answered", removals.pass_answers_on, i.AnswerGiven)
    subscribe("removals.climbed", removals.remind_climbed, i.RungClimbed)
    subscribe("removals.notices", removals.follow_notices, *of_notices.MOVES)
    subscribe("removals.sent", removals.watch_moved, i.ItemMoved)
    subscribe("removals.gone", removals.note_seen, of_watch.ContentGone, of_watch.ContentBack)
    subscribe("removals.figures", removals.count, *counted)
