"""What the public door may do: show a draft to the bearer of a link, and take a question."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("steering_editions_edition", "steering_editions_section", "steering_editions_file"),
        to=(PUBLIC,),
        why="A member reads a draft by a link, everyone an edition that is public: masked tables.",
        read=ALL,
    ),
    Grant(
        on=("steering_editions_link",),
        to=(PUBLIC,),
        why="The digest of a token finds its link; that it was opened is noted.",
        read=ALL,
        change=("opened_at",),
    ),
    Grant(
        on=("steering_editions_comment",),
        to=(PUBLIC,),
        why="A member asks, and reads the answers to what they asked.",
        read=ALL,
        add=True,
    ),
    Tells(facts=("steering.link.opened", "steering.comment.made"), by=(PUBLIC,)),
)
