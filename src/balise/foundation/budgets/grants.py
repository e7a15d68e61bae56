"""What the public door and the API do with budgets: they take from them, and give back."""

from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("budgets_day",),
        to=(PUBLIC, APP),
        why="The first who writes on a day draws the key of its names.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("budgets_spending",),
        to=(PUBLIC, APP),
        why="What is sent is charged before it is stored.",
        read=ALL,
        add=True,
        change=("octets",),
    ),
    Grant(
        on=("budgets_stock",),
        to=(PUBLIC, APP),
        why="What is sent is charged to the total of its budget.",
        read=ALL,
        add=True,
        change=("since",),
    ),
)
