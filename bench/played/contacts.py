"""Forty contacts of a day: who comes, what they say, what is answered and what the record says.

Invented. What people say was written before there was a word list to propose anything from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Record:
    """What the house asks of a contact, in its codes; "" or None for what is not said of it."""

    contact_type: str = "child-self"
    risk: str = ""
    age: int | None = None
    gender: str = ""
    caller: str = ""
    topics: tuple[str, ...] = ()
    place: str = ""
    actions: tuple[str, ...] = ()
    outcome: str = ""
    summary: str = ""
    attempt: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone who comes by `chat`, by a `message`, or for a `call_back`.

    What they say and what is answered take turns. `tells_age`: in the form, before the chat.
    """

    kind: str
    nickname: str
    says: tuple[str, ...]
    answers: tuple[str, ...]
    record: Record
    tells_age: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What brings someone, in three messages; who they are is said by whoever tells it."""

    says: tuple[str, str, str]
    record: Record = field(default_factory=Record)


ANSWERS = (
    "Bonjour, merci de venir en parler. Qu’est-ce qui se passe ?",
    "Ce que tu décris n’est pas ta faute. En as-tu parlé à un adulte ?",
    "On peut agir ensemble : garde des captures, bloque, et voyons qui peut aider.",
)
ADULTS = "Bonjour, merci de votre confiance. Voici ce que vous pouvez faire dès ce soir."

STORIES = (
    Story(
        (
            "Bonjour, dans le groupe de la classe tout le monde se moque de moi",
            "Ils ont fait des montages avec ma photo et ça tourne dans tout le collège",
            "Non, j’ai honte, je n’ai rien dit à mes parents",
        ),
        Record(
            risk="D",
            topics=("cyberbullying",),
            place="messaging",
            actions=("direct", "school"),
            outcome="advised",
        ),
    ),
    Story(
        (
            "Salut, quelqu’un me fait chanter sur les réseaux",
            "Il veut de l’argent sinon il envoie une photo de moi à tous mes contacts",
            "Je n’ai pas payé mais il m’écrit toutes les dix minutes",
        ),
        Record(
            risk="C",
            topics=("sextortion",),
            place="social-media",
            actions=("direct", "police"),
            outcome="referred",
        ),
    ),
    Story(
        (
            "Coucou, quelqu’un a fait un faux compte avec mon nom",
            "Il y a ma photo dessus et il écrit n’importe quoi à mes amies",
            "J’ai déjà signalé deux fois et rien ne bouge",
        ),
        Record(
            risk="D",
            topics=("fake-account",),
            place="social-media",
            actions=("removal",),
            outcome="removal-asked",
        ),
    ),
    Story(
        (
            "Bonsoir, on m’a piraté mon compte de jeu",
            "Mon mot de passe ne marche plus et quelqu’un joue avec mes skins",
            "C’était le même mot de passe partout oui",
        ),
        Record(
            risk="E",
            topics=("impersonation",),
            place="gaming",
            actions=("resources",),
            outcome="advised",
        ),
    ),
    Story(
        (
            "Je joue jusqu’à trois heures du matin et je n’arrive plus à m’arrêter",
            "Mes notes baissent et je me dispute tout le temps avec ma mère",
            "J’ai essayé de poser la console mais je craque",
        ),
        Record(
            risk="E",
            topics=("screen-time", "gaming"),
            place="gaming",
            actions=("direct",),
            outcome="listened",
        ),
    ),
    Story(
        (
            "J’ai mal au ventre tous les matins avant d’aller au collège",
            "Dans la cour ils me poussent et ils prennent mon sac, tous les jours",
            "Le prof dit que ce sont des jeux",
        ),
        Record(
            risk="C",
            topics=("mental-health-anxiety", "violence-bullying"),
            place="school",
            actions=("direct", "school"),
            outcome="referred",
        ),
    ),
    Story(
        (
            "Un adulte que je ne connais pas me parle tous les soirs sur un jeu",
            "Il dit qu’il veut me voir et que je ne dois le dire à personne",
            "Il connaît le nom de mon collège",
        ),
        Record(
            risk="B",
            topics=("grooming",),
            place="gaming",
            actions=("child-protection", "police"),
            outcome="referred",
        ),
    ),
    Story(
        (
            "Sous mes vidéos il y a des insultes racistes tous les jours",
            "Je les supprime mais il en revient, ils me disent de rentrer chez moi",
            "J’ai gardé des captures",
        ),
        Record(
            risk="D",
            topics=("hate-speech",),
            place="video",
            actions=("resources",),
            outcome="advised",
        ),
    ),
    Story(
        (
            "Je ne sais pas si je peux en parler ici",
            "Mon père me frappe quand il rentre tard",
            "Ma tante habite à côté, elle est gentille",
        ),
        Record(
            risk="B",
            topics=("violence-physical", "family-caregiver"),
            place="home",
            actions=("child-protection",),
            outcome="referred",
        ),
    ),
    Story(
        (
            "Je m’inquiète pour une amie de ma classe",
            "Elle se fait du mal et elle met des manches longues même au sport",
            "Elle m’a fait jurer de ne rien dire",
        ),
        Record(
            contact_type="about-child",
            risk="C",
            caller="friend",
            topics=("mental-health-self-harm",),
            place="school",
            actions=("direct", "school"),
            outcome="advised",
        ),
    ),
)
# Who tells it: how old, who, and whether they wrote their age before the chat.
PEOPLE = (
    ("Renard", 13, "girl", True),
    ("Loutre", 16, "boy", False),
    ("Comète", 14, "girl", True),
    ("Hibou", 12, "boy", False),
    ("Galet", 15, "boy", True),
    ("Plume", 11, "girl", False),
    ("Orage", 17, "non-binary", False),
)
SHORT, MISSED = 4, 3  # one chat in so many is short, one call-back in so many is not picked up
QUICK = (  # what comes of a chat that is over before it began
    ("testing", ("test",)),
    ("silent", ()),
    ("thanks", ("Merci pour hier, ça va mieux.",)),
    ("wrong-number", ("Ah pardon, je cherchais le site de la cantine",)),
)
LETTERS = (
    Story(("Ma fille de 12 ans ne quitte plus son téléphone et ne dort plus.", "", "")),
    Story(("Des photos de mon fils circulent dans sa classe, que puis-je demander ?", "", "")),
)
TOPICS_OF_LETTERS = ("screen-time", "intimate-images")


def contacts(number: int) -> Iterator[Contact]:
    """Yield so many, always the same.

    Of 40 they are 28 chats, of which 7 are short, 6 messages and 6 call-backs.
    """
    met = dict.fromkeys(("chat", "message", "call_back"), 0)
    for at in range(number):
        in_turns = ("message", "call_back")[(met["message"] + met["call_back"]) % 2]
        kind = in_turns if at % 10 in {2, 5, 8} else "chat"
        turn, met[kind] = met[kind], met[kind] + 1
        yield {"chat": _chat, "message": _message, "call_back": _call_back}[kind](turn)


def _chat(turn: int) -> Contact:
    name, age, gender, tells = PEOPLE[turn % len(PEOPLE)]
    if turn % SHORT == SHORT - 1:
        kind, says = QUICK[turn // SHORT % len(QUICK)]
        return Contact("chat", name, says, ANSWERS[:1], Record(contact_type=kind))
    story = STORIES[turn % len(STORIES)]
    says = story.says if tells else (*story.says[:2], f"{story.says[2]}, j’ai {age} ans")
    record = replace(
        story.record,
        age=age,
        gender=gender,
        caller=story.record.caller or "child",
        summary=f"{story.says[1]}. {ANSWERS[2]}",
    )
    return Contact("chat", name, says, ANSWERS, record, tells_age=tells)


def _message(turn: int) -> Contact:
    letter = LETTERS[turn % len(LETTERS)]
    record = Record(
        contact_type="about-child",
        risk="D",
        age=12,
        gender="girl" if turn % 2 else "boy",
        caller="parent",
        topics=(TOPICS_OF_LETTERS[turn % len(LETTERS)],),
        place="social-media",
        actions=("resources",),
        outcome="advised",
        summary=letter.says[0],
    )
    return Contact("message", "", letter.says[:1], (ADULTS,), record)


def _call_back(turn: int) -> Contact:
    if turn % MISSED == MISSED - 1:
        return Contact("call_back", "", (), (), Record(contact_type="cut-off", attempt="no-answer"))
    story = STORIES[turn * 3 % len(STORIES)]
    _name, age, gender, _tells = PEOPLE[turn % len(PEOPLE)]
    record = replace(
        story.record,
        age=age,
        gender=gender,
        caller=story.record.caller or "child",
        summary=f"Rappel. {story.says[1]}.",
        attempt="reached",
    )
    return Contact("call_back", "", (), (), record)
