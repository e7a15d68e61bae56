"""One real object for each place of the staff addresses, made by the real actions.

`real_objects` names them by how addresses begin: an address with a place that nothing here fills
fails `test_staff_addresses.py`.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator

from balise.awareness.activities.quizzes.tests.makers import make_version
from balise.awareness.activities.stories.tests.makers import make_public
from balise.awareness.learning.events.tests import makers as events
from balise.awareness.learning.training.tests.makers import make_badge
from balise.awareness.partnership.campaigns.tests import makers as campaigns
from balise.awareness.partnership.partners.tests import makers as partners
from balise.awareness.partnership.trends.tests import makers as trends
from balise.awareness.places.fieldwork.tests import makers as fieldwork
from balise.awareness.places.orders.tests import makers as orders
from balise.awareness.places.structures.actions import freshness
from balise.awareness.places.structures.tests import makers as structures
from balise.awareness.publications.tests import makers as publications
from balise.awareness.sid.tests import makers as sid
from balise.awareness.surveys.tests import makers as surveys
from balise.awareness.surveys.tests.results_makers import make_results
from balise.awareness.usage.tests.makers import make_link
from balise.config.tests.steering_objects import steering_objects
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import (
    make_account,
    make_partner,
    make_proposal,
    make_token,
)
from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import today
from balise.helpline.app.tests.makers import make_site
from balise.helpline.cases.actions import joining
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests import makers as cases
from balise.helpline.cases.tests.test_duties import decide
from balise.helpline.cases.tests.test_sent_pages import make_sent as make_referral_sent
from balise.helpline.console.actions import accepting, danger
from balise.helpline.console.tests.makers import make_accepted_call, make_asking, make_listener
from balise.helpline.contacts.actions import canning
from balise.helpline.contacts.tests.test_staff import block_a_week
from balise.helpline.conversations.actions import saying
from balise.helpline.pictures.actions import sealing
from balise.helpline.pictures.tests import makers as pictures
from balise.helpline.queue.actions import seating
from balise.helpline.queue.models import Danger
from balise.helpline.queue.tests.makers import make_words_edit
from balise.helpline.removals.tests import makers as removals
from balise.helpline.staffing.actions import people
from balise.helpline.staffing.tests.makers import the_shift
from balise.helpline.staffing.tests.test_people import make_draft as make_rota
from balise.helpline.telephony.tests.test_calls import make_call_back
from balise.helpline.vault.tests import makers as vaults
from balise.hotline.desk.tests import makers as desk
from balise.hotline.laboratory.tests import makers as laboratory
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.queries.banks import banks as known_banks
from balise.hotline.matching.banks.tests import makers as banks
from balise.hotline.matching.exchange.tests import makers as hashes
from balise.hotline.reports.actions import claiming, closing, describing, settling, viewing
from balise.hotline.reports.queries.listing import stamp_of
from balise.hotline.reports.tests import known_makers as known, makers as reports
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.law.rules.items import Act, AgeGroup, Item
from balise.takedown.notices.actions import contesting, mailing
from balise.takedown.notices.rules.redress import Contester, Ruling
from balise.takedown.notices.tests import makers as notices
from balise.takedown.notices.tests.test_desk import make_answer, make_contest
from balise.takedown.onward.dossiers.tests import makers as dossiers
from balise.takedown.onward.exchange.tests import makers as exchange
from balise.takedown.onward.exchange.tests.iccam.makers import make_case
from balise.takedown.statements.tests import makers as statements
from balise.takedown.statements.tests.test_settling import make_match
from balise.takedown.watch.tests.makers import make_watched

type Objects = Mapping[str, Mapping[str, object]]


def real_objects(who: Mapping[str, Actor]) -> Objects:
    """Return, by how an address begins, what really stands in each of its places.

    `who` has each thing that belongs to someone of its role.
    """
    return {
        **_accounts(who),
        **_hotline(who),
        **_desk(who["partner_member"]),
        **_cases(who["listener"]),
        **_console(who["listener"]),
        **_helpline(who["listener"], who["helpline_lead"]),
        **_notices(),
        **_takedown(who["analyst"], who["hotline_lead"]),
        **steering_objects(),
        "staff/publications/": {"page": publications.make_draft(), "language": "en"},
        "staff/awareness/usage/": {"link_id": make_link(by=who["editor"]).id},
        "staff/awareness/fieldwork/": {
            "intervention_id": fieldwork.make_planned(by=who["coordinator"]).id,
            "workshop_id": fieldwork.make_workshop().id,
        },
        **_pictures(who["listener"], who["helpline_lead"]),
        "staff/hotline/banks/": _banks(),
        "staff/hotline/lab/": _laboratory(who["hotline_lead"]),
        "staff/helpline/vault/": vaults.make_objects(who["listener"]),
        "staff/helpline/app/": {"site_id": make_site(by=who["helpline_lead"])},
        **_network(),
        "staff/awareness/partners/": _partners(),
        "staff/awareness/structures/": _structure(),
        "staff/awareness/trends/": {
            "use_id": trends.make_use(),
            "briefing_id": trends.make_draft(),
        },
    }


def _structure() -> Mapping[str, object]:
    made = structures.make_structure()
    contact = structures.make_contact(made)
    sent = freshness.correct(contact_id=contact, text="Nous déménageons.", by=ANYONE)
    return {"structure_id": made, "contact_id": contact, "correction_id": sent}


def _accounts(who: Mapping[str, Actor]) -> Objects:
    editor = Account.objects.get(id=who["editor"].key)
    # Of nobody who walks: a page that asks for a passkey needs a true one.
    passkey = Authenticator.objects.create(
        user=make_account("editor"),
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": {}},
    )
    partner = make_partner()
    token, _ = make_token("hotline.reports.submit", partner=partner)
    proposal = make_proposal(by=who["accounts_admin"])
    return {
        "staff/account/invitation/": {"token": "nothing"},
        "staff/account/factors/passkey/": {"pk": passkey.pk},
        "staff/people/": {"account_id": editor.pk, "proposal_id": proposal.id},
        "staff/partners/": {"partner_id": partner.id, "token_id": token.id},
    }


def _banks() -> dict[str, object]:
    (entry_id,) = banks.make_entry(banks.make_signal(1))
    asked = look_up(signals=[banks.make_signal(1)], by=SYSTEM)
    card, *_others = known_banks(seen_by=SYSTEM)
    return {"bank_id": card.id, "entry_id": entry_id, "look_up_id": asked.id}


def _hotline(who: Mapping[str, Actor]) -> Objects:
    said, _ = reports.make_report("https://pictures.example/words", description="Voilà.")
    content = said.contents.get()
    reports.take_and_open(content.id, by=who["analyst"])
    shown = Item(age=AgeGroup.PUBESCENT, act=Act.POSING)
    describing.describe_items(content_id=content.id, items=[shown], by=who["analyst"])
    claiming.keep_draft(content_id=content.id, fields={"rationale": "Oui."}, by=who["analyst"])
    advert = reports.make_content("https://advert.example/", category="shocking")
    closed = closing.close_together(chosen={advert.id: stamp_of(advert)}, by=who["hotline_lead"])
    decided, *copies = known.make_copies()
    settled = settling.settle(
        content_id=decided.id,
        chosen={one.id: stamp_of(one) for one in copies},
        by=who["analyst"],
    )
    asked = reports.ask_correction(decided.id, by=who["analyst"])
    view = viewing.save_view(name="Adverts", filters={"mine": "on"}, by=who["analyst"])
    return {
        "staff/hotline/words/": {"report_id": said.id, "content_id": content.id},
        "staff/hotline/hashes/": {
            "partner_id": UUID(hashes.make_contract().key),
            "code": "ncmec",
            "page_id": hashes.make_bad_page().id,
        },
        "staff/hotline/closings/": {"closing_id": closed},
        "staff/hotline/settlings/": {"closing_id": settled},
        "staff/hotline/content/": {"content_id": decided.id},
        "staff/hotline/queue/views/": {"view_id": view},
        "staff/hotline/contents/": {
            "content_id": content.id,
            "correction_id": asked,
            "report_id": said.id,
            "item_id": reports.the_item(),
        },
    }


def _desk(member: Actor) -> Objects:
    draft = desk.make_draft(member)
    report = desk.make_sent(member, address="https://images.example/album/2", reference="A-2")
    return {
        "staff/hotline/desk/": {
            "draft_id": draft,
            "batch_id": desk.batch_of(draft),
            "report_id": report,
            "form": "csv",
        }
    }


def _cases(listener: Actor) -> Objects:
    case = cases.make_case(by=listener)
    entry = cases.make_entry(case, Section.INCIDENTS, by=listener, happened="On le bouscule.")
    joining.break_glass(case_id=case, reason="Elle rappelle.", by=cases.make_listener())
    sent, _ = make_referral_sent(listener)
    received = cases.make_taken(by=listener)
    return {
        "staff/helpline/referrals/": {"referral_id": received.id},
        "staff/helpline/cases/": {
            "case_id": case,
            "entry_id": entry,
            "glass_id": cases.the_glass(),
            "duty_id": decide(case, listener),
            "receiver": "phare",
            "territory": "lille",
            "section": "notes",
        },
        "staff/helpline/cases/sent/": {"referral_id": sent},
    }


def _console(listener: Actor) -> Objects:
    seating.sit(skills=(), chat_cap=2, by=listener)
    talk = make_asking()
    chat = accepting.accept(by=listener)
    assert chat is not None
    saying.say(token=talk.token, text="Bonjour", client_id=uuid4())
    caller = make_listener()
    call = make_accepted_call(caller)
    danger.life_danger(item_id=call.item, by=caller)
    return {
        "staff/helpline/conversation/": {"conversation_id": talk.id, "seq": 1},
        "staff/helpline/<": {"item_id": chat.item},
        "staff/helpline/console/": {
            "item_id": chat.item,
            "contact_id": chat.contact,
            "message_id": uuid4(),
            "request_id": danger.ask_number(item_id=call.item, by=caller),
        },
        "staff/helpline/console/words/": {"edit_id": make_words_edit()},
        "staff/helpline/wallboard/": {"item_id": call.item, "account": listener.key},
        "staff/helpline/wallboard/ends/": {"danger_id": Danger.objects.get().id},
    }


def _pictures(listener: Actor, lead: Actor) -> Objects:
    begun, shown = pictures.make_shown(listener)
    _another, closed = pictures.make_shown(listener)
    sealing.seal(picture_id=closed, by=listener)
    sealing.take(picture_id=closed, by=lead)
    return {
        "staff/helpline/pictures/": {"conversation_id": begun.id, "picture_id": shown},
        "staff/helpline/pictures/closed/": {"picture_id": closed},
    }


def _laboratory(lead: Actor) -> Mapping[str, object]:
    item, _receipt, dispute = laboratory.make_disputed(lead)
    return {"case_id": item.case_id, "item_id": item.id, "dispute_id": dispute}


def _partners() -> Mapping[str, object]:
    group = partners.make_group()
    meeting = partners.make_meeting(group)
    return {
        "organisation_id": partners.make_organisation(),
        "group_id": group,
        "member_id": partners.make_member(group),
        "meeting_id": meeting,
        "opinion_id": partners.make_opinion(meeting),
        "recommendation_id": partners.make_recommendation(group),
    }


def _helpline(listener: Actor, lead: Actor) -> Objects:
    answer = canning.add_answer(name="Bonjour", language="fr", text="Bonjour.", by=listener)
    item = removals.make_item(listener)
    people.set_contract(account=UUID(listener.key), halves=70, skills=(), by=SYSTEM)
    rota = make_rota(lead, [[0, 0, 36, 44, -1]])
    return {
        "staff/helpline/answers/": {"language": "fr", "code": answer},
        "staff/helpline/blocks/": {"block_id": block_a_week(listener)},
        "staff/helpline/removals/": {
            "request_id": item.request_id,
            "item_id": item.id,
            "rung": "complaint",
        },
        "staff/helpline/staffing/": {
            "rota_id": rota,
            "account_id": listener.key,
            "day": today().isoformat(),
            "absence_id": people.note_absence(first=today(), last=today(), by=listener),
            "shift_id": the_shift(rota),
        },
        "staff/telephony/call-backs/": {"call_back_id": make_call_back()},
    }


def _notices() -> Objects:
    contact = make_contact(make_host())
    notice = notices.make_notice(contact_id=contact)
    notices.send(notice)
    (mail,) = mailing.gather(contact_id=contact, line="hotline", by=SYSTEM)
    sent = statements.make_sent(statements.make_form("Forum"))
    contest, answer = make_contest(sent), make_answer(sent)
    upheld = make_contest(statements.make_sent(statements.make_form("Salon")), Contester.OTHER)
    contesting.rule(
        contest_id=upheld,
        ruling=Ruling.UPHELD,
        reasons="Le second regard la dit licite.",
        by=notices.SECOND_ANALYST,
    )
    return {
        "staff/takedown/notices/": {
            "answer_id": answer,
            "contest_id": contest,
            "contact_id": contact,
            "mailing_id": mail,
            "told_id": notices.the_told(),
            "notice_id": sent,
            "kind": "letter",
        },
    }


def _takedown(analyst: Actor, lead: Actor) -> Objects:
    host = make_host("Other host", domains=("host.example",))
    contact = make_contact(host, "abuse@host.example", approved=False)
    watched = make_watched()
    peer, card = exchange.make_approved(by=analyst, second=lead)
    match = make_match()
    dossier = dossiers.make_draft(dossiers.make_full_facts())
    return {
        "staff/takedown/directory/": {"organisation_id": host, "contact_id": contact},
        "staff/takedown/watch/": {"line": watched.line, "subject": watched.subject},
        "staff/takedown/exchange/": {
            "peer_id": peer.id,
            "card_id": card,
            "transfer_id": exchange.hand_over(peer).id,
            "case_id": make_case().id,
        },
        "staff/takedown/dossiers/": {"dossier_id": dossier},
        "staff/takedown/cybertips/": {"dossier_id": dossier},
        "staff/takedown/statements/": {
            "dump_id": statements.the_dump(),
            "match_id": match.id,
            "notice_id": match.notice_id,
        },
    }


def _network() -> Objects:
    return {
        "staff/awareness/campaigns/": _campaign(),
        "staff/awareness/events/": {"event_id": events.make_draft()},
        "staff/awareness/orders/": _order(),
        "staff/awareness/safer-internet-day/": _day(),
        "staff/awareness/training/": {"badge": make_badge()},
        "staff/awareness/stories/": {"story": make_public(), "number": 1, "name": "main.ink"},
        "staff/awareness/charter/": {"code": "meals-without"},
        "staff/awareness/surveys/": surveys.make_objects(),
        "staff/awareness/quizzes/": {"code": "fake-account", "version_id": make_version()},
        "staff/awareness/surveys/results/": _results(),
    }


def _results() -> Mapping[str, object]:
    make_results("told")
    return {"slug": "told", "number": 1}


def _campaign() -> Mapping[str, object]:
    campaign = campaigns.make_campaign()
    return {"campaign_id": campaign, "declared_id": campaigns.make_declared(campaign)}


def _order() -> Mapping[str, object]:
    kit = orders.make_kit(copies=100)
    order = orders.make_accepted(kit)
    return {
        "kit_id": kit,
        "order_id": order,
        "note_id": orders.deliver(order, 10),
        "entry_id": orders.the_entry(),
    }


def _day() -> Mapping[str, object]:
    edition = sid.make_edition()
    return {"edition_id": edition, "activity_id": sid.make_activity(edition, says="Bonjour.")}
