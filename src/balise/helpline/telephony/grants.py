"""What the public and an exchange may do with calls: ask for one, and tell of them."""

from balise.foundation.grants import ALL, API, PBX, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_telephony_callback",),
        to=(PUBLIC,),
        why="Who asks to be called back leaves a number, sealed to the helpline.",
        read=("id",),
        add=True,
    ),
    Grant(
        on=("helpline_telephony_call",),
        to=(API, PBX),
        why="An exchange tells of its calls; a number is sealed at once.",
        read=ALL,
        add=True,
        change=ALL,
    ),
    Grant(
        on=("helpline_telephony_callevent",),
        to=(API, PBX),
        why="What it told is kept.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("helpline.call-back.asked",), by=(PUBLIC,)),
    Tells(
        facts=(
            *("helpline.call.offered", "helpline.call.answered", "helpline.call.abandoned"),
            *("helpline.call.blocked", "helpline.call.ended"),
            *("helpline.call.transferred", "helpline.call.returned"),
        ),
        by=(API, PBX),
    ),
)
