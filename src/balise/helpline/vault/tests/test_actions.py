"""Each action: who may, what is refused, what is written down."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.doubles.timestamp_authority import Desk
from balise.foundation.encryption.phrases import word_list
from balise.foundation.encryption.timestamps import dating
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.journal.models import Entry
from balise.foundation.retention.rules import Rule
from balise.helpline.cases.actions import joining
from balise.helpline.cases.module import erase_cases
from balise.helpline.cases.rules.files import NotOnCase
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.pictures.models import Looks, Picture
from balise.helpline.pictures.rules.showing import PictureState
from balise.helpline.pictures.tests.makers import a_screen
from balise.helpline.vault import ports, queries
from balise.helpline.vault.actions import (
    backing,
    handing,
    inviting,
    linking,
    opening,
    sharing,
    stamping,
)
from balise.helpline.vault.models import Backup, CaseKey, Invitation, Link, Piece, Share, Stamp
from balise.helpline.vault.module import RULES
from balise.helpline.vault.rules.bounds import PADDED, TooMany
from balise.helpline.vault.rules.sharing import (
    MOST_ROUNDS,
    InvitationOver,
    NotCommitted,
    NotShared,
    Turns,
    commitment_to,
    key_words,
)
from balise.helpline.vault.tests.makers import SAID, an_item, invited, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener() -> Actor:
    return make_listener()


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are off: counsel has not answered."""
    for port in (ports.draw, ports.close):
        monkeypatch.setattr(port, "_answer", None)


def four_of(case: UUID, listener: Actor) -> tuple[str, ...]:
    shelf = queries.of_case(case, language="fr", seen_by=listener)
    assert shelf is not None
    return shelf.key_words


def told(name: str) -> int:
    return Entry.objects.filter(event=f"helpline.vault.{name}").count()


class TestInviting:
    def test_makes_one_key_of_a_case_and_new_words_each_time(self, listener: Actor) -> None:
        case, words, known = invited(listener)
        _case, again, same = invited(listener, case)
        assert CaseKey.objects.count() == Invitation.objects.count() == 1
        assert words.words != again.words
        assert (known.recipient, known.signature) == (same.recipient, same.signature)
        assert (told("invited"), told("invitation-taken")) == (2, 2)
        assert (told("invitation-answered"), told("words-revealed")) == (2, 2)

    def test_shows_four_words_once_the_device_has_shown_what_it_committed_to(
        self, listener: Actor
    ) -> None:
        case = make_case(by=listener)
        words = inviting.invite(case_id=case, language="fr", by=listener).words
        key, drawn = CaseKey.objects.get(case=case), b"a" * 32
        committed = commitment_to(drawn).hex()
        assert four_of(case, listener) == ()
        with pytest.raises(NotCommitted):  # nothing was committed to
            inviting.reveal(code=words, drawn=drawn.hex())
        for _nth in range(2):
            assert inviting.take(code=words, committed=committed) is None
        with pytest.raises(NotCommitted):  # nor answered
            inviting.reveal(code=words, drawn=drawn.hex())
        assert inviting.answer(key_id=key.id)
        assert not inviting.answer(key_id=key.id)
        known = inviting.take(code=words, committed=committed)
        assert known is not None
        assert four_of(case, listener) == ()
        with pytest.raises(NotCommitted):
            inviting.reveal(code=words, drawn=(b"b" * 32).hex())
        assert four_of(case, listener) == ()
        inviting.reveal(code=words, drawn=drawn.hex())
        turns = Turns(drawn, known.answer)
        four = key_words(known.case, known.recipient, turns, word_list("fr"))
        assert four_of(case, listener) == tuple(four)
        assert (told("invitation-taken"), told("invitation-answered")) == (1, 1)
        assert told("words-revealed") == 1

    def test_begins_again_with_another_answer_and_not_for_ever(self, listener: Actor) -> None:
        case, words, known = invited(listener)
        assert four_of(case, listener)
        committed = commitment_to(b"b" * 32).hex()
        assert inviting.take(code=words.words, committed=committed) is None
        assert four_of(case, listener) == ()  # those of the device before are of no use any more
        key_id = CaseKey.objects.get(case=case).id
        assert inviting.answer(key_id=key_id)
        again = inviting.take(code=words.words, committed=committed)
        assert again is not None
        assert again.answer != known.answer
        for nth in range(2, MOST_ROUNDS):
            inviting.take(code=words.words, committed=f"{nth:064x}")
            assert inviting.answer(key_id=key_id)
        with pytest.raises(InvitationOver):
            inviting.take(code=words.words, committed="ab" * 32)
        # Whoever writes past the action, as a door that is not ours would, is not answered either.
        Invitation.objects.update(committed=b"a" * 32)
        assert not inviting.answer(key_id=key_id)

    def test_is_for_members_of_the_case(self, listener: Actor) -> None:
        case = make_case(by=listener)
        with pytest.raises(NotOnCase):
            inviting.invite(case_id=case, language="fr", by=make_listener(name="Alix"))
        with pytest.raises(PermissionDenied):
            inviting.invite(case_id=case, language="fr", by=make_listener("analyst", "Noa"))
        assert not told("invited")


class TestOpening:
    def test_returns_the_item_and_is_told_to_the_young_person(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, secret = shared(known, an_item(what="hier soir"))
        opened = opening.open_share(share_id=share, by=listener)
        assert (opened.item.original, opened.item.what) == (SAID, "hier soir")
        opening.open_share(share_id=share, by=listener)
        (state,) = queries.states([secret])
        assert state["openings"] == told("opened") == 2
        assert state["opened_at"]
        entry = Entry.objects.filter(event="helpline.vault.opened").first()
        assert entry is not None
        assert entry.actor_key == listener.key

    def test_is_for_members_of_the_case(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item())
        with pytest.raises(NotYours):
            opening.open_share(share_id=share, by=make_listener(name="Alix"))
        with pytest.raises(PermissionDenied):
            opening.open_share(share_id=share, by=make_listener("analyst", "Noa"))
        with pytest.raises(NotHere):
            opening.open_share(share_id=uuid4(), by=listener)
        assert not told("opened")

    def test_of_what_was_taken_back_is_refused(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, secret = shared(known, an_item())
        opening.open_share(share_id=share, by=listener)
        sharing.revoke(secret=secret)
        with pytest.raises(NotShared):
            opening.open_share(share_id=share, by=listener)
        (state,) = queries.states([secret])
        assert (state["state"], state["openings"]) == ("revoked", 1)  # what was seen stays said
        sharing.revoke(secret=secret)
        assert told("revoked") == 1

    def test_says_when_the_item_was_timestamped(self, listener: Actor, desk: Desk) -> None:
        _case, _words, known = invited(listener)
        item = an_item(taken_at="2025-10-05T17:12:00Z")  # the telephone is a year behind
        stamping.ask(commitment=item.commitment)
        asked = Stamp.objects.get()
        stamping.stamp(stamp_id=asked.id, dating=dating())
        answer = stamping.ask(commitment=item.commitment).answer
        share, _secret = shared(known, item, stamp=answer)
        other, _secret = shared(known, an_item(), stamp=answer)  # of another item
        at = opening.open_share(share_id=share, by=listener).stamped_at
        assert at is not None
        assert abs(at - now()) < timedelta(minutes=1)
        assert opening.open_share(share_id=other, by=listener).stamped_at is None
        assert len(desk.questions) == 1
        assert (told("stamp-asked"), told("stamped")) == (1, 1)


class TestAPicture:
    def test_is_drawn_again_and_counted_where_pictures_are_on(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item("screenshot", a_screen(), type="image/png"))
        assert queries.is_drawn(opening.open_share(share_id=share, by=listener).item)
        assert opening.draw(share_id=share, by=listener)[8:12] == b"WEBP"
        assert Looks.objects.get().many == told("drawn") == 1

    def test_is_not_shown_where_they_are_off(self, listener: Actor, off: None) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item("screenshot", a_screen(), type="image/png"))
        assert not queries.is_drawn(opening.open_share(share_id=share, by=listener).item)
        with pytest.raises(NotHere):
            opening.draw(share_id=share, by=listener)

    def test_words_are_shown_in_any_case(self, listener: Actor, off: None) -> None:
        _case, _words, known = invited(listener)
        for kind in ("text", "link", "call"):
            share, _secret = shared(known, an_item(kind))
            item = opening.open_share(share_id=share, by=listener).item
            assert item.words == SAID.decode()

    def test_is_not_one_because_it_says_so(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item("photo", b"MZ" + bytes(200), type="image/png"))
        with pytest.raises(NotHere):
            opening.draw(share_id=share, by=listener)

    def test_that_should_not_be_here_goes_to_one_supervisor(self, listener: Actor) -> None:
        case, _words, known = invited(listener)
        share, secret = shared(known, an_item("photo", a_screen(), type="image/png"))
        assert opening.close(share_id=share, by=listener) == case
        picture = Picture.objects.get()
        assert (picture.state, picture.case) == (PictureState.SEALED, case)
        kept = Share.objects.get(id=share)
        assert bytes(kept.header) == bytes(kept.body) == b""
        assert queries.states([secret])[0]["state"] == "closed"
        with pytest.raises(NotShared):
            opening.open_share(share_id=share, by=listener)
        assert told("closed") == 1

    def test_is_closed_by_members_alone(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item("photo", a_screen(), type="image/png"))
        with pytest.raises(NotYours):
            opening.close(share_id=share, by=make_listener(name="Alix"))
        assert not told("closed")


class TestSharing:
    def test_stops_at_the_number_of_a_case(
        self, listener: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "MOST_SHARES", 1)
        _case, _words, known = invited(listener)
        shared(known, an_item())
        with pytest.raises(TooMany):
            shared(known, an_item())
        assert told("shared") == 1

    def test_tells_a_new_member_of_the_case_too(self, listener: Actor) -> None:
        case, _words, known = invited(listener)
        share, _secret = shared(known, an_item())
        other = make_listener(name="Alix")
        assert queries.of_case(case, language="fr", seen_by=other) is None
        joining.add(case_id=case, account=other.key, by=listener)
        shelf = queries.of_case(case, language="fr", seen_by=other)
        assert shelf is not None
        assert [card.id for card in shelf.cards] == [share]


class TestPacking:
    def test_is_written_down_and_counts_as_opening(self, listener: Actor) -> None:
        case, _words, known = invited(listener)
        _share, secret = shared(known, an_item())
        assert handing.pack(case_id=case, language="fr", by=listener)[:2] == b"PK"
        assert queries.states([secret])[0]["openings"] == 1
        assert (told("opened"), told("packed")) == (1, 1)

    def test_is_for_members_of_a_case_with_items(self, listener: Actor) -> None:
        case, _words, known = invited(listener)
        with pytest.raises(handing.NothingToPack):
            handing.pack(case_id=case, language="fr", by=listener)
        shared(known, an_item())
        with pytest.raises(NotOnCase):
            handing.pack(case_id=case, language="fr", by=make_listener(name="Alix"))
        assert not told("packed")


class TestBackupsAndLinks:
    def test_are_written_down_once(self) -> None:
        place: dict[str, Any] = {"locator": "ab" * 32, "auth": "cd" * 32}
        for number in range(2):
            backing.put(**place, number=number, of=2, octets=bytes(PADDED[0]))
        assert told("backup-begun") == 1
        backing.put(**place, number=0, of=1, octets=bytes(PADDED[0]))
        assert Piece.objects.count() == 1  # fewer than before: the rest is dropped
        backing.erase(**place)
        assert told("backup-erased") == 1
        with pytest.raises(NotHere):
            backing.stand(**place)
        link, _until = linking.make(secret="ab" * 32, openings=1, days=1, sealed=an_item().sealed)
        linking.open_link(link_id=link)
        assert bytes(Link.objects.get().body) == b""  # the last opening erases it
        assert (told("link-made"), told("link-opened")) == (1, 1)

    def test_a_backup_says_nothing_of_its_place(self) -> None:
        backing.put(locator="ab" * 32, auth="cd" * 32, number=0, of=1, octets=bytes(PADDED[0]))
        kept = Backup.objects.get()
        assert bytes(kept.locator_hash) == sha256(b"\xab" * 32).digest()
        assert bytes(kept.secret_hash) == sha256(b"\xcd" * 32).digest()


def rule(name: str) -> Rule:
    return next(each for each in RULES if each.name == f"helpline.vault-{name}")


def due(name: str, at_days: float) -> list[UUID]:
    return list(rule(name).due(now() + timedelta(days=at_days)).values_list("id", flat=True))


class TestRetention:
    def test_what_was_shared_goes_with_its_case(self, listener: Actor) -> None:
        case, _words, known = invited(listener)
        shared(known, an_item())
        assert not due("shares", 2000)
        erase_cases([case])
        ids = due("shares", 0)
        assert rule("shares").erase(ids) == 1
        assert not Share.objects.exists()
        assert not Invitation.objects.exists()

    def test_words_links_stamps_and_backups_have_their_days(
        self, listener: Actor, desk: Desk
    ) -> None:
        invited(listener)
        linking.make(secret="ab" * 32, openings=1, days=3, sealed=an_item().sealed)
        stamping.ask(commitment="ab" * 32)
        backing.put(locator="ab" * 32, auth="cd" * 32, number=0, of=1, octets=bytes(PADDED[0]))
        days = {"invitations": 7, "links": 3, "stamps": 1, "backups": 366}
        for name, many in days.items():
            assert not due(name, many - 2.1), name
            assert rule(name).erase(due(name, many)) == 1, name
        assert not desk.questions

    def test_a_backup_that_is_used_stays(self) -> None:
        place: dict[str, Any] = {"locator": "ab" * 32, "auth": "cd" * 32}
        backing.put(**place, number=0, of=1, octets=bytes(PADDED[0]))
        with clock.at(now() + timedelta(days=300)):
            backing.stand(**place)
        assert not due("backups", 400)

    def test_what_was_cut_off_on_its_way_stays_a_day(self) -> None:
        backing.put(
            locator="ab" * 32,
            auth="cd" * 32,
            number=0,
            of=2,
            octets=bytes(PADDED[0]),
            is_passing=True,
        )
        assert not due("backups", 1)
        assert rule("backups").erase(due("backups", 2)) == 1
        assert not Piece.objects.exists()
