"""What the partners' API may do in the exchange: hand out, answer, write down, cut off."""

from balise.foundation.grants import ALL, API, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_hashes_contract",),
        to=(API,),
        why="It knows what a partner may do, notes when it came, and cuts it off by itself.",
        read=ALL,
        change=("checkpoint", "wanted", "pulled_at", "asked_at", "cut_off_at", "why"),
    ),
    Grant(
        on=("hotline_hashes_sheet",),
        to=(API,),
        why="It hands out pages that the worker signed; one that was taken goes.",
        read=ALL,
        remove=True,
    ),
    Grant(
        on=("hotline_hashes_question",),
        to=(API,),
        why="It writes down that a partner asked, and how much.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_hashes_probe",),
        to=(API,),
        why="It counts look-ups near one another as one, within a day.",
        read=ALL,
        add=True,
        change=("known", "unknown"),
    ),
    Grant(
        on=("hotline_hashes_handed",),
        to=(API,),
        why="It knows who was told yes, and forgets it once a withdrawal is confirmed.",
        read=ALL,
        add=True,
        remove=True,
    ),
    Grant(
        on=("hotline_hashes_reply",),
        to=(API,),
        why="It keeps what a partner did about an entry.",
        read=ALL,
        add=True,
        change=("said", "turn", "count", "at", "received_at", "blocked_at"),
    ),
    Tells(
        facts=(
            *("hotline.contract.asked", "hotline.contract.question-refused"),
            *("hotline.contract.pulled", "hotline.contract.answered"),
            *("hotline.contract.withdrawal-confirmed", "hotline.contract.cut-off"),
        ),
        by=(API,),
    ),
)
