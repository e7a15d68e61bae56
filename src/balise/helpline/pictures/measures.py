"""What is counted about pictures: how many, and no more."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.pictures import events as e

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.pictures.offered", counts=e.PictureOffered),
    Measure("helpline.pictures.declined", counts=e.PictureDeclined),
    Measure("helpline.pictures.opened", counts=e.PictureOpened),
    Measure("helpline.pictures.seen", counts=e.PictureShown),
    Measure("helpline.pictures.kept", counts=e.PictureKept),
    Measure("helpline.pictures.sealed", counts=e.PictureSealed),
    Measure("helpline.pictures.settled", counts=e.SealedSettled, by=("outcome",)),
)
