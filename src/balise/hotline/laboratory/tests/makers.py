"""Cases made as the public door and the worker make them; hashes of nothing."""

import json
from hashlib import sha256
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.encryption.worded import Receipt, new_receipt
from balise.hotline.laboratory.actions import disputing, sending
from balise.hotline.laboratory.models import Case, Item
from balise.hotline.laboratory.rules.prints import Print, read_prints
from balise.hotline.laboratory.rules.standing import Ground, ItemState, Source


def make_lead() -> Actor:
    """Return someone who decides about disputes."""
    return make_actor("hotline_lead")


def hex_of(name: str) -> str:
    """Return a hash that no picture has: 64 digits made of a name."""
    return sha256(name.encode()).hexdigest()


def given(*names: str, frames: int = 0) -> str:
    """Return the JSON of a picture for each name, and of one clip where it has frames."""
    prints: list[dict[str, object]] = [
        {"kind": "picture", "pdq": hex_of(name), "quality": 100} for name in names
    ]
    if frames:
        rows = [[second, hex_of(f"frame {second}"), 90] for second in range(frames)]
        prints.append({"kind": "clip", "seconds": frames, "frames": rows})
    return json.dumps(prints)


def make_prints(*names: str, frames: int = 0) -> tuple[Print, ...]:
    """Return the same, read."""
    return read_prints(given(*names, frames=frames))


def make_barred() -> tuple[Print, ...]:
    """Return "a boat" with bars at its edges, whose part inside them is "the boat alone"."""
    inside = {"pdq": hex_of("the boat alone"), "quality": 90}
    picture = {"kind": "picture", "pdq": hex_of("a boat"), "quality": 100, "trimmed": inside}
    return read_prints(json.dumps([picture]))


def make_draft(prints: tuple[Print, ...] = ()) -> Receipt:
    """Return the code of a draft, with one picture if nothing else is given."""
    receipt = new_receipt()
    sending.save(receipt=receipt, prints=prints or make_prints("a boat"))
    return receipt


def make_case(
    *names: str, frames: int = 0, prints: tuple[Print, ...] = (), banked: bool = True
) -> tuple[Case, Receipt]:
    """Return a case that was sent, and its code; the worker has banked it unless not wanted."""
    receipt = new_receipt()
    prints = prints or make_prints(*(names or ("a boat",)), frames=frames)
    case_id = sending.send(receipt=receipt, prints=prints, claims=True)
    if banked:
        disputing.bank(case_id=case_id)
    return Case.objects.get(id=case_id), receipt


def work_off(case: Case) -> None:
    """Do what the worker does after withdrawals were asked."""
    for item in case.items.filter(state=ItemState.LEAVING):
        disputing.take_off(item_id=item.id)


def make_disputed(lead: Actor) -> tuple[Item, Receipt, UUID]:
    """Return an item that is held, its code and the open dispute."""
    case, receipt = make_case()
    item = case.items.get()
    dispute = disputing.dispute(
        item_id=item.id, ground=Ground.PUBLIC, source=Source.PARTNER, by=lead
    )
    return Item.objects.get(id=item.id), receipt, dispute
