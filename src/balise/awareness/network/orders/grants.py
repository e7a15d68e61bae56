"""What the public door may do: see which kits can be ordered, and leave an order, sealed."""

from balise.foundation.grants import PUBLIC, STAFF, WORKER, Declared, Grant, Kept, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("network_orders_printed",),
        to=(PUBLIC,),
        why="Anyone sees which kits can be ordered; how many are in stock is not read.",
        read=("id", "name", "campaign", "is_offered"),
    ),
    Grant(
        on=("network_orders_order",),
        to=(PUBLIC,),
        why="A school leaves an order, its contact sealed; none is read here.",
        add=True,
    ),
    Kept(
        on=("network_orders_entry",),
        from_=(STAFF, WORKER),
        rights=("UPDATE", "DELETE"),
        why="A wrong entry of the stock is put right by another, never rewritten.",
    ),
    Tells(facts=("awareness.order.asked",), by=(PUBLIC,)),
)
