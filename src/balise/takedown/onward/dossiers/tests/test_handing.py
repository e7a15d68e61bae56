"""Handing a dossier over: taken out, put into a portal, mailed once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.mail.tests.makers import Postmaster
from balise.takedown.onward.dossiers import tasks
from balise.takedown.onward.dossiers.actions import handing
from balise.takedown.onward.dossiers.actions.handing import MAILED_FOR_AT_MOST, BeingMailed
from balise.takedown.onward.dossiers.documents.verifying import Trust, examined
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules.states import (
    Channel,
    ChannelClosed,
    DossierState,
    Failure,
    NotPacked,
    WrongState,
)
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    ANALYST,
    IDENTITY,
    LISTENER,
    OUTSIDER,
    make_approved,
    make_packed,
    state_of,
    taken,
    told,
    work,
)

pytestmark = pytest.mark.django_db


class TestDownload:
    def test_is_written_down(self) -> None:
        dossier_id = make_packed()
        package = handing.download(dossier_id=dossier_id, sealed=False, by=ANALYST)
        assert package.name == f"dossier-{Dossier.objects.get().number}.zip"
        assert told("dossier.downloaded")[0]["sealed"] is False

    def test_is_refused_before_it_is_packed_or_sealed(self) -> None:
        dossier_id = make_approved()
        with pytest.raises(NotPacked):
            taken(dossier_id)
        work()
        with pytest.raises(NotPacked):
            taken(dossier_id, sealed=True)
        for who in (LISTENER, OUTSIDER):
            with pytest.raises(PermissionDenied):
                handing.download(dossier_id=dossier_id, sealed=False, by=who)
        assert not told("dossier.downloaded")


class TestByHand:
    def test_is_noted_once(self) -> None:
        dossier_id = make_packed()
        with pytest.raises(PermissionDenied):
            handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=LISTENER)
        handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=ANALYST)
        dossier = Dossier.objects.get()
        assert dossier.stands is DossierState.HANDED_OVER
        assert dossier.handed_over_by == ANALYST.key
        assert dossier.remind_at is not None
        with pytest.raises(WrongState):
            handing.hand_over(dossier_id=dossier_id, channel=Channel.PORTAL, by=ANALYST)
        assert len(told("dossier.handed-over")) == 1

    @pytest.mark.parametrize("channel", [Channel.API, Channel.MAIL])
    def test_is_the_only_way_where_nothing_else_is_set_up(self, channel: Channel) -> None:
        dossier_id = make_packed()
        with pytest.raises(ChannelClosed):
            handing.hand_over(dossier_id=dossier_id, channel=channel, by=ANALYST)


@pytest.mark.usefixtures("police")
class TestByMail:
    def test_goes_sealed_to_the_authority_alone(self, office: Postmaster) -> None:
        dossier_id = make_packed()
        handing.hand_over(dossier_id=dossier_id, channel=Channel.MAIL, by=ANALYST)
        assert state_of(dossier_id) is DossierState.QUEUED
        work()
        (message,) = office.mails
        number = Dossier.objects.get().number
        assert message["To"] == "dossiers@autorite.example"
        assert number in message["Subject"]
        assert ADDRESS not in office.kept[0].decode()
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == f"dossier-{number}.zip"
        octets = attached.get_content()
        assert examined(octets, trust=Trust(identity=IDENTITY)).valid
        assert state_of(dossier_id) is DossierState.HANDED_OVER
        assert told("dossier.handed-over")[0]["channel"] == "mail"
        work()
        assert len(office.kept) == 1

    def test_is_not_sent_where_the_dossier_was_packed_without_the_key(self) -> None:
        dossier_id = make_packed()
        Dossier.objects.update(is_sealed=False)
        with pytest.raises(NotPacked):
            handing.hand_over(dossier_id=dossier_id, channel=Channel.MAIL, by=ANALYST)

    def test_that_is_refused_waits_for_a_person(self, office: Postmaster) -> None:
        office.content_answer = "550 5.7.1 not here"
        dossier_id = make_packed()
        handing.hand_over(dossier_id=dossier_id, channel=Channel.MAIL, by=ANALYST)
        work()
        dossier = Dossier.objects.get()
        assert (dossier.stands, dossier.failed_for) == (DossierState.APPROVED, Failure.REFUSED)
        assert told("dossier.not-mailed")[0]["failure"] == "refused-by-server"

    def test_in_doubt_is_never_sent_again(self, office: Postmaster) -> None:
        dossier_id = make_packed()
        handing.hand_over(dossier_id=dossier_id, channel=Channel.MAIL, by=ANALYST)
        assert handing.claim_mail(dossier_id=dossier_id, by=SYSTEM) is not None
        with pytest.raises(BeingMailed):
            handing.claim_mail(dossier_id=dossier_id, by=SYSTEM)
        with clock.at(now() + MAILED_FOR_AT_MOST + timedelta(seconds=1)):
            tasks.mail_dossier.func(str(dossier_id))
        assert not office.kept
        assert Dossier.objects.get().failed_for is Failure.IN_DOUBT

    def test_is_tried_again_where_no_server_answers(self) -> None:
        dossier_id = make_packed()
        handing.hand_over(dossier_id=dossier_id, channel=Channel.MAIL, by=ANALYST)
        again = []
        for _ in range(handing.MAX_ATTEMPTS):
            handing.claim_mail(dossier_id=dossier_id, by=SYSTEM)
            again.append(
                handing.note_not_mailed(dossier_id=dossier_id, why=Failure.UNREACHABLE, by=SYSTEM)
            )
        assert again == [True] * (handing.MAX_ATTEMPTS - 1) + [False]
        assert state_of(dossier_id) is DossierState.APPROVED
        assert handing.claim_mail(dossier_id=dossier_id, by=SYSTEM) is None
        assert not handing.note_not_mailed(dossier_id=dossier_id, why=Failure.REFUSED, by=SYSTEM)
        handing.note_mailed(dossier_id=dossier_id, by=SYSTEM)
        assert state_of(dossier_id) is DossierState.APPROVED

    def test_is_the_worker_s_or_the_line_s_own(self) -> None:
        dossier_id = make_packed()
        for act in (handing.claim_mail, handing.note_mailed):
            with pytest.raises(PermissionDenied):
                act(dossier_id=dossier_id, by=LISTENER)
        with pytest.raises(PermissionDenied):
            handing.note_not_mailed(dossier_id=dossier_id, why=Failure.REFUSED, by=OUTSIDER)
