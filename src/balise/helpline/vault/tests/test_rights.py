"""What a device asks for, done with the rights of the public door in the database, and no more."""

import secrets
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from pytest_django.fixtures import Settings
from tests.processes import rights_of

from balise.foundation.grants import PUBLIC
from balise.helpline.cases.tests.makers import make_listener
from balise.helpline.vault import queries
from balise.helpline.vault.actions import backing, inviting, linking, sharing, stamping
from balise.helpline.vault.documents.passing import Upload
from balise.helpline.vault.models import Backup, CaseKey, Invitation, Share
from balise.helpline.vault.rules.bounds import PADDED
from balise.helpline.vault.rules.sharing import commitment_to
from balise.helpline.vault.tests.makers import an_item, invited, rewritten

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]


def test_the_public_door_can_do_what_a_device_asks_for(settings: Settings) -> None:
    settings.TSA = "https://stamps.example/"
    _case, words, known = invited(make_listener())
    item, secret = an_item(), secrets.token_hex(32)
    header, (_old, body) = rewritten(item, known.recipient), item.split
    place, auth = secrets.token_hex(32), secrets.token_hex(32)
    piece = item.sealed.ljust(PADDED[0], b"\0")
    drawn = secrets.token_bytes(32)
    committed = commitment_to(drawn).hex()
    with rights_of(PUBLIC):
        assert inviting.take(code=words.words, committed=committed) is None
    inviting.answer(key_id=CaseKey.objects.get().id)
    with rights_of(PUBLIC):
        again = inviting.take(code=words.words, committed=committed)
        assert again is not None
        assert again.recipient == known.recipient
        inviting.reveal(code=words.words, drawn=drawn.hex())
        sharing.share(case=UUID(known.case), secret=secret, header=header, body=body)
        assert queries.states([secret])[0]["state"] == "shared"
        sharing.revoke(secret=secret)
        backing.put(locator=place, auth=auth, number=0, of=1, octets=piece)
        backing.put(locator=place, auth=auth, number=0, of=1, octets=piece)
        assert backing.piece(locator=place, auth=auth, number=0) == piece
        assert backing.stand(locator=place, auth=auth).is_whole
        backing.erase(locator=place, auth=auth)
        link, _until = linking.make(secret=secret, openings=2, days=1, sealed=item.sealed)
        linking.open_link(link_id=link)
        linking.withdraw(secret=secret)
        for secret_of, on_its_way in ((secrets.token_hex(32), place), (auth, auth)):
            backing.put(
                locator=on_its_way, auth=auth, number=0, of=1, octets=piece, is_passing=True
            )
            upload = Upload(queries.place_of(on_its_way, auth), 1, len(item.sealed))
            if on_its_way == place:
                link, _until = linking.make(secret=secret_of, openings=1, days=1, sealed=upload)
                assert linking.open_link(link_id=link) == item.sealed
            else:
                sharing.share(case=UUID(known.case), secret=secret_of, header=header, body=upload)
                sharing.revoke(secret=secret_of)
        assert not Backup.objects.exists()
        for _nth in range(2):
            assert not stamping.ask(commitment=item.commitment).answer


@pytest.mark.parametrize(
    ("table", "column"),
    [(Share, "header"), (Share, "body"), (CaseKey, "sealed"), (CaseKey, "case")],
)
def test_it_reads_no_shared_item_and_no_case(table: type[Share | CaseKey], column: str) -> None:
    with rights_of(PUBLIC), pytest.raises(ProgrammingError), transaction.atomic():
        list(table._default_manager.values_list(column))


@pytest.mark.parametrize("column", ["answered_to", "answer"])
def test_it_draws_nothing_for_the_side_of_the_case(column: str) -> None:
    _case, words, _known = invited(make_listener())
    with rights_of(PUBLIC), pytest.raises(ProgrammingError), transaction.atomic():
        Invitation.objects.update(**{column: b"a" * 32})
    with rights_of(PUBLIC):
        inviting.take(code=words.words, committed="ab" * 32)
        with pytest.raises(ProgrammingError), transaction.atomic():
            inviting.answer(key_id=CaseKey.objects.get().id)
