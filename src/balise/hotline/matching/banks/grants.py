"""What the partners' API may do with banks: ask, and write down what was asked."""

from balise.foundation.grants import ALL, API, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=(
            *("hotline_banks_bank", "hotline_banks_entry"),
            *("hotline_banks_counter", "hotline_banks_change"),
        ),
        to=(API,),
        why="A partner asks whether a hash is known; no door outside changes a bank.",
        read=ALL,
    ),
    Grant(
        on=("hotline_banks_lookup",),
        to=(API,),
        why="What a partner asked is written down, sealed.",
        read=("id",),
        add=True,
    ),
    Grant(
        on=("hotline_banks_matches",),
        to=(API,),
        why="Matches are counted, for floods.",
        read=ALL,
        add=True,
        change=("many",),
    ),
    Tells(
        facts=(
            *("hotline.look-up.made", "hotline.look-up.logged", "hotline.look-up.partial"),
            "hotline.index.rebuilt",
        ),
        by=(API,),
    ),
)
