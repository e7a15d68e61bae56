"""You forged it (A6): what is opened is what was sealed, or is refused."""

import pyrage
import pytest
from pyrage.x25519 import Identity

from balise.foundation.actors import Actor
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.vault.actions import opening
from balise.helpline.vault.documents.opening import identity_of
from balise.helpline.vault.models import CaseKey, Share
from balise.helpline.vault.rules.items import ItemBroken
from balise.helpline.vault.tests.makers import an_item, invited, rewritten, shared

pytestmark = pytest.mark.django_db

CHUNK = 64 * 1024 + 16  # of an age body, sealed
NONCE = 16


@pytest.fixture
def listener() -> Actor:
    return make_listener()


class TestA6YouForgedIt:
    """`test_dossier.py` has the dossier. Here: what is opened is what was sealed, or is refused."""

    @pytest.mark.parametrize("how", ["cut", "last chunk gone", "reordered", "doubled", "one bit"])
    def test_chunks_cut_moved_or_doubled_are_refused(self, listener: Actor, how: str) -> None:
        _case, _words, known = invited(listener)
        share, _secret = shared(known, an_item(original=bytes(range(256)) * 700))
        kept = Share.objects.get(id=share)
        body = bytes(kept.body)
        start, first = body[:NONCE], body[NONCE : NONCE + CHUNK]
        second, rest = body[NONCE + CHUNK : NONCE + 2 * CHUNK], body[NONCE + 2 * CHUNK :]
        assert rest
        kept.body = {
            "cut": body[:-1],
            "last chunk gone": start + first + second,
            "reordered": start + second + first + rest,
            "doubled": start + first + first + second + rest,
            "one bit": body[:-1] + bytes([body[-1] ^ 1]),
        }[how]
        kept.save()
        with pytest.raises(ItemBroken):
            opening.open_share(share_id=share, by=listener)

    def test_chunks_of_another_item_are_refused(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        one, other = (an_item(original=bytes([nth]) * 100_000) for nth in range(2))
        share, _secret = shared(known, one)
        kept = Share.objects.get(id=share)
        body, strange = bytes(kept.body), other.split[1]
        for spliced in (
            body[: NONCE + CHUNK] + strange[NONCE + CHUNK :],
            strange[: NONCE + CHUNK] + body[NONCE + CHUNK :],
        ):
            kept.body = spliced
            kept.save()
            with pytest.raises(ItemBroken):
                opening.open_share(share_id=share, by=listener)

    def test_a_header_rewritten_for_a_share_opens_with_both_keys_over_the_same_body(
        self, listener: Actor
    ) -> None:
        _case, _words, known = invited(listener)
        item = an_item(original=bytes(200_000))
        share, _secret = shared(known, item)
        kept = Share.objects.get(id=share)
        assert bytes(kept.body) == item.split[1]
        assert bytes(kept.header) != item.split[0]
        file = bytes(kept.header) + bytes(kept.body)
        case_identity = Identity.from_str(identity_of(CaseKey.objects.get()))
        plain = pyrage.decrypt(item.sealed, [item.identity])
        for identity in (item.identity, case_identity):
            assert pyrage.decrypt(file, [identity]) == plain

    def test_a_header_for_someone_else_does_not_open_here(self, listener: Actor) -> None:
        _case, _words, known = invited(listener)
        item = an_item()
        share, _secret = shared(known, item)
        stranger = str(Identity.generate().to_public())
        Share.objects.filter(id=share).update(header=rewritten(item, stranger))
        with pytest.raises(ItemBroken):
            opening.open_share(share_id=share, by=listener)
