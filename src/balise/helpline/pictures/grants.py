"""What the public may do with pictures: show one, let it be kept, take it back; never read one."""

from balise.foundation.grants import PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_pictures_picture",),
        to=(PUBLIC,),
        why="A young person shows a picture and takes it back; the public door cannot read one.",
        read=("id", "conversation", "state", "case_id", "offered_at", "seen_at", "has_own_key"),
        add=True,
        change=("state", "sealed"),
    ),
    Tells(
        facts=(
            *("helpline.picture.declined", "helpline.picture.offered"),
            *("helpline.picture.kept", "helpline.picture.erased"),
        ),
        by=(PUBLIC,),
    ),
)
