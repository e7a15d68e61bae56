"""What the public may do in the laboratory: send sealed hashes, follow them, take them back.

The public door writes no entry of the bank: the worker, which holds the hotline's key, opens what
was sent and banks it. So a hole in the public door adds no hash to a list.
"""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_laboratory_case",),
        to=(PUBLIC,),
        why="Someone stops, sends and comes back with a code; hashes are sealed until banked.",
        read=ALL,
        add=True,
        change=(
            *("state", "is_threat", "sealed", "sent_at", "opened_on", "ended_at"),
            *("has_report", "sent_as"),
        ),
    ),
    Grant(
        on=("hotline_laboratory_item",),
        to=(PUBLIC,),
        why="A case has pictures and clips, as kinds and counts; its bearer takes one back.",
        read=ALL,
        add=True,
        change=("state",),
    ),
    Grant(
        on=("hotline_laboratory_heard", "hotline_laboratory_partner"),
        to=(PUBLIC,),
        why="The tracker says what partners answered; the door reads nothing of the exchange.",
        read=ALL,
    ),
    Grant(
        on=("hotline_laboratory_dispute",),
        to=(PUBLIC,),
        why="The bearer of a code is asked about a dispute, and answers.",
        read=ALL,
        change=("sealed", "answered_at"),
    ),
    Tells(
        facts=(
            *("hotline.laboratory.saved", "hotline.laboratory.sent"),
            *("hotline.laboratory.withdrawal-asked", "hotline.laboratory.dispute-answered"),
        ),
        by=(PUBLIC,),
    ),
)
