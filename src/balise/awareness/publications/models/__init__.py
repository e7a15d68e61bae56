"""Pages and files in Wagtail's tables; and the table that the public door reads."""

from balise.awareness.publications.models.files import (
    Paper as Paper,
    Picture as Picture,
    PictureSize as PictureSize,
    paper_name as paper_name,
    shown as shown,
)
from balise.awareness.publications.models.kits import (
    ADDRESS as ADDRESS,
    LINE as LINE,
    TYPES as TYPES,
    Edition as Edition,
    Follower as Follower,
    Kit as Kit,
    type_of as type_of,
)
from balise.awareness.publications.models.pages import (
    Article as Article,
    Dossier as Dossier,
    News as News,
    Questions as Questions,
    Resource as Resource,
    Shelf as Shelf,
    Text as Text,
)
from balise.awareness.publications.models.published import (
    Address as Address,
    Harvested as Harvested,
    PublicFile as PublicFile,
    Published as Published,
    ToldEntry as ToldEntry,
    Withdrawn as Withdrawn,
    withdraw as withdraw,
)
from balise.awareness.publications.models.reviews import Approval as Approval
from balise.awareness.publications.models.tools import Shelved as Shelved
from balise.awareness.publications.models.translation import Translation as Translation
from balise.awareness.publications.models.videos import Series as Series, Video as Video
