"""The journal after somebody who owns the database has been at it."""

import json
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from balise.foundation import clock
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Chain, Cursor, Entry, Horizon, Link
from balise.foundation.journal.testing import lifted_guards
from balise.foundation.journal.tests.makers import ring, throw, throw_many
from balise.foundation.journal.verifying import Fault, Head, heads, read_head, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chains() -> None:
    """Ten facts in the pond's chain and two in the tower's."""
    for n in range(10):
        throw(weight=n)
        if n % 5 == 0:
            ring()
    tick()


def entry_at(seq: int, line: str = "pond") -> Entry:
    return Entry.objects.get(link__line=line, link__seq=seq)


def found(*, noted: Head | None = None) -> tuple[Fault, int] | None:
    finding = verify("pond", noted=noted).finding
    return (finding.fault, finding.seq) if finding else None


def test_a_chain_that_nobody_touched_holds() -> None:
    verdict = verify("pond", noted=heads()["pond"])

    assert verdict.finding is None
    assert verdict.head == heads()["pond"]
    assert verify("tower").finding is None


def test_a_chain_is_what_its_description_says() -> None:
    entry, link = entry_at(1), Link.objects.get(line="pond", seq=1)
    canonical = json.dumps(
        [
            1,
            "pond",
            f"{entry.at:%Y-%m-%dT%H:%M:%S.%fZ}",
            entry.event,
            str(entry.subject),
            entry.actor_kind,
            entry.actor_key,
            entry.facts_text,
        ],
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()

    before = sha256(b"balise.journal/1/pond").digest()
    assert bytes(link.hash) == sha256(before + canonical).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"facts_text": '{"colour":"grey","weight":7}'},
        {"facts_text": '{"colour": "grey","weight":3}'},
        {"at": clock.now()},
        {"subject": UUID(int=5)},
        {"event": "pond.pebble.sunk"},
        {"actor_key": "somebody-else"},
        {"actor_kind": "staff"},
        {"line": "tower"},
    ],
    ids="-".join,
)
def test_an_altered_entry_is_named(change: dict[str, object]) -> None:
    with lifted_guards():
        Entry.objects.filter(id=entry_at(4).pk).update(**change)

    assert found() == (Fault.MISMATCH, 4)


def test_a_deleted_entry_is_named() -> None:
    with lifted_guards():
        Entry.objects.filter(id=entry_at(4).pk)._raw_delete("default")

    assert found() == (Fault.ENTRY_GONE, 4)


def test_a_deleted_link_is_named() -> None:
    with lifted_guards():
        Link.objects.filter(line="pond", seq=4).delete()

    assert found() == (Fault.LINK_GONE, 4)


def test_an_entry_deleted_with_its_link_and_its_place_closed_is_named() -> None:
    with lifted_guards():
        gone = entry_at(4).pk
        Link.objects.filter(entry_id=gone).delete()
        Entry.objects.filter(id=gone)._raw_delete("default")
        for seq in range(5, 11):
            Link.objects.filter(line="pond", seq=seq).update(seq=seq - 1)

    assert found() == (Fault.MISMATCH, 4)


def test_an_inserted_entry_is_named() -> None:
    with lifted_guards():
        for seq in range(10, 3, -1):
            Link.objects.filter(line="pond", seq=seq).update(seq=seq + 1)
        forged = Entry.objects.create(
            at=clock.now(), line="pond", event="pond.pebble.thrown", subject=UUID(int=1),
            actor_kind="public", facts_text="{}",
        )  # fmt: skip
        Link.objects.create(entry=forged, line="pond", seq=4, hash=b"x" * 32)

    assert found() == (Fault.MISMATCH, 4)


def test_an_entry_inserted_behind_the_clerk_is_named() -> None:
    entry = entry_at(4)
    with lifted_guards():
        Entry.objects.filter(id=entry.pk)._raw_delete("default")
        Link.objects.filter(entry_id=entry.pk).delete()
        for seq in range(5, 11):
            Link.objects.filter(line="pond", seq=seq).update(seq=seq - 1)
        _link_anew()
        entry.save(force_insert=True)

    verdict = verify("pond")
    assert verdict.finding is not None
    assert (verdict.finding.fault, verdict.finding.entry) == (Fault.UNLINKED, entry.pk)


def test_entries_that_changed_places_are_named() -> None:
    with lifted_guards():
        one, other = (Link.objects.get(line="pond", seq=seq) for seq in (4, 5))
        Link.objects.filter(pk=one.pk).update(seq=99)
        Link.objects.filter(pk=other.pk).update(seq=4)
        Link.objects.filter(pk=one.pk).update(seq=5)

    assert found() == (Fault.MISMATCH, 4)


def _cut(seq: int) -> None:
    """Remove the end of the pond's chain, with every trace that the database keeps of it."""
    gone = list(Link.objects.filter(line="pond", seq__gt=seq).values_list("entry_id", flat=True))
    Link.objects.filter(entry_id__in=gone).delete()
    Entry.objects.filter(id__in=gone)._raw_delete("default")
    last = Link.objects.get(line="pond", seq=seq)
    Chain.objects.filter(line="pond").update(seq=seq, hash=last.hash)
    Cursor.objects.all().delete()


def _link_anew() -> None:
    """Compute the chain from the beginning, as its forger would."""
    Link.objects.filter(line="pond").delete()
    Chain.objects.filter(line="pond").delete()
    settled = Horizon.objects.get().settled
    Horizon.objects.all().delete()
    throw()
    tick()
    Horizon.objects.filter(settled__lt=settled).update(settled=settled)


def test_a_tail_that_was_cut_shows_in_the_database_s_own_traces() -> None:
    with lifted_guards():
        Link.objects.filter(line="pond", seq__gt=8).delete()

    assert found() == (Fault.CUT_OFF, 9)


def test_a_tail_that_was_cut_with_every_trace_shows_against_a_noted_head() -> None:
    noted = heads()["pond"]
    with lifted_guards():
        _cut(8)

    assert found() is None
    assert found(noted=noted) == (Fault.CUT_OFF, 9)


def test_a_chain_that_was_computed_anew_shows_against_a_noted_head() -> None:
    noted = heads()["pond"]
    with lifted_guards():
        Entry.objects.filter(id=entry_at(4).pk).update(actor_key="somebody-else")
        _link_anew()

    assert found() is None
    assert found(noted=noted) == (Fault.NOT_THE_HEAD, 10)


def test_an_old_head_holds_though_the_chain_grew() -> None:
    noted = heads()["pond"]
    throw_many(30)
    tick()

    assert found(noted=noted) is None


class TestCommand:
    def test_a_head_noted_earlier_is_given_back(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        call_command("journal", "head", "--json")
        noted = tmp_path / "heads.json"
        noted.write_text(capsys.readouterr().out)

        call_command("journal", "verify", "--heads", str(noted))
        assert "pond: 10 entries hold" in capsys.readouterr().out

        with lifted_guards():
            _cut(8)
        with pytest.raises(CommandError, match="not what it was"):
            call_command("journal", "verify", "--heads", str(noted), "--json")
        pond, tower = json.loads(capsys.readouterr().out)
        assert (pond["holds"], tower["holds"]) == (False, True)
        assert pond["first_bad"]["seq"] == 9

    def test_one_line_against_one_head(self, capsys: pytest.CaptureFixture[str]) -> None:
        head = heads()["tower"]
        call_command("journal", "verify", "--line", "tower", "--head", f"{head.seq}:{head.hash}")
        assert "tower: 2 entries hold" in capsys.readouterr().out

        call_command("journal", "head")
        assert f"tower 2:{head.hash}" in capsys.readouterr().out

    @pytest.mark.parametrize("text", ["", "5", "x:00", "5:zz", "5:00"])
    def test_a_head_that_is_none_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            read_head(text)

    def test_a_head_alone_needs_its_line(self) -> None:
        with pytest.raises(CommandError, match="--line"):
            call_command("journal", "verify", "--head", "1:00")
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("journal", "verify", "--line", "pond", "--head", "1:00")

    def test_what_no_clerk_linked_is_said_apart(self, capsys: pytest.CaptureFixture[str]) -> None:
        throw()
        throw()
        call_command("journal", "verify")  # nothing was tampered with
        pond, waiting, tower = capsys.readouterr().out.splitlines()
        assert pond.startswith("pond: 10 entries hold")
        assert waiting.startswith("pond: 2 not linked yet, the oldest of 20")
        assert tower.startswith("tower: 2 entries hold")
        call_command("journal", "verify", "--line", "pond", "--json")
        (document,) = json.loads(capsys.readouterr().out)
        assert document["holds"]
        assert document["unlinked"]["facts"] == 2
        assert (
            document["unlinked"]["oldest"]
            == Entry.objects.order_by("id").reverse()[1].at.isoformat()
        )
        tick()
        call_command("journal", "verify")
        assert "not linked" not in capsys.readouterr().out
