"""Decks for tests and for looking: an edition of every form, in both languages."""

from dataclasses import replace
from datetime import date

from balise.steering.editions.rules.deck import Chart, Deck, Form, Map, Outline, Page, PageKind
from balise.steering.editions.tests.tables import AS_OF, both, figures
from balise.steering.rules.leaving import Text


def chart(form: Form, figure: str, title: Text, describes: Text | None = None) -> Chart:
    return Chart(
        form,
        figure,
        title,
        describes or both("Les nombres sont dans le tableau.", "The numbers are in the table."),
    )


def deck(**changes: object) -> Deck:
    """Return an edition of every form."""
    made = Deck(
        edition=date(2031, 10, 18),
        title=both("Comité de pilotage", "Steering committee"),
        as_of=AS_OF,
        languages=("fr", "en"),
        pages=_pages(),
        figures=figures(),
        versions={"balise": "0.1.0", "python-pptx": "1.0.2", "typst": "0.15.2"},
        is_invented=True,
        map=Map(
            {
                "N": Outline("M100 0h200v100h-200z", (100, 0, 300, 100)),
                "W": Outline("M0 100h200v150l-60 50h-140z", (0, 100, 200, 300)),
                "E": Outline("M200 100h200v150h-200z", (200, 100, 400, 250)),
                "S": Outline("m200 250 200 0v100l-150 50h-50z", (200, 250, 400, 400)),
            },
            "carte inventée",
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def page(line: str, title: Text, *charts: Chart, sentences: tuple[Text, ...] = ()) -> Page:
    eyebrow = {
        "hotline": both("Point de Contact", "Hotline"),
        "helpline": both("3018", "Helpline 3018"),
        "awareness": both("Sensibilisation", "Awareness"),
        "steering": both("Pilotage", "Steering"),
    }[line]
    notes = both("Lire les définitions avant les nombres.", "Read definitions before numbers.")
    return Page(PageKind.FIGURES, line, eyebrow, title, sentences, charts, notes)


def _pages() -> tuple[Page, ...]:
    none = both("", "")
    return (
        Page(PageKind.COVER, "steering", none, both("Comité de pilotage", "Steering committee")),
        page(
            "steering",
            both(
                "Le 3018 est plus sollicité, la ligne de signalement reçoit moins",
                "Helpline 3018 is asked more, the hotline receives less",
            ),
            chart(Form.NUMBER, "F01", both("Signalements", "Reports")),
            chart(Form.NUMBER, "F02", both("Sollicitations", "Contacts")),
            chart(Form.NUMBER, "F12", both("Un appel", "A call")),
            sentences=(
                both(
                    "Au plus 25 000 signalements depuis janvier, contre au plus 29 500.",
                    "At most 25,000 reports since January, against at most 29,500.",
                ),
                both("Un appel dure environ 35 minutes.", "A call takes about 35 minutes."),
            ),
        ),
        page(
            "helpline",
            both(
                "Environ 24 000 sollicitations en neuf mois et demi : plus qu’un an avant",
                "About 24,000 contacts in nine and a half months: more than a year before",
            ),
            chart(Form.COLUMNS, "F02", both("Par mois", "By month")),
            sentences=(
                both(
                    "Le mois le plus chargé est septembre : 3 610 sollicitations.",
                    "The busiest month is September: 3,610 contacts.",
                ),
                both(
                    "Deux changements touchent la série : les horaires, puis le numéro unique.",
                    "Two changes affect the series: opening hours, then the single number.",
                ),
            ),
        ),
        page(
            "helpline",
            both(
                "Les retraits : 6 480 contenus et 4 846 comptes",
                "Removals: 6,480 pieces of content and 4,846 accounts",
            ),
            chart(Form.STACKED, "F03", both("Contenus et comptes", "Content and accounts")),
            chart(Form.SHARES, "F06", both("Part retirée en moins de…", "Share removed within…")),
            sentences=(both("En une heure : 58 %.", "Within an hour: 58%."),),
        ),
        page(
            "hotline",
            both("La haine en ligne vient en premier", "Online hate comes first"),
            chart(Form.BARS, "F04", both("Par catégorie", "By category")),
            sentences=(
                both(
                    "Elle compte 870 signalements, contre 910.",
                    "It counts 870 reports, against 910.",
                ),
            ),
        ),
        page(
            "awareness",
            both(
                "Plus de la moitié des jeunes sont touchés en famille",
                "More than half are reached at home",
            ),
            chart(Form.STACK, "F05", both("Par dispositif", "By programme")),
            chart(Form.STEPS, "F08", both("Du module au badge", "From the module to the badge")),
        ),
        page(
            "helpline",
            both("Les petites plateformes sont les plus lentes", "Small platforms are the slowest"),
            chart(Form.MULTIPLES, "F07", both("Retraits par plateforme", "Removals by platform")),
        ),
        page(
            "steering",
            both("La presse culmine en février", "Press peaks in February"),
            chart(Form.COLUMNS, "F11", both("Retombées par mois", "Items by month")),
            chart(Form.SLOPE, "F09", both("Abonnés", "Followers")),
        ),
        page(
            "awareness",
            both("Le Nord a plus de la moitié des structures", "The North has more than half"),
            chart(Form.PLACES, "F10", both("Par territoire", "By area")),
            sentences=(both("Structures actives : 75.", "Active organisations: 75."),),
        ),
        page(
            "hotline",
            both("Le détail des signalements", "The reports in detail"),
            chart(Form.TABLE, "F04", both("Par catégorie", "By category")),
        ),
        Page(
            PageKind.DECISIONS,
            "steering",
            both("Décisions", "Decisions"),
            both("Deux décisions à prendre", "Two decisions to take"),
            (
                both(
                    "31-04 · Compter contenus et comptes à part : fait.",
                    "31-04 · Count content and accounts apart: done.",
                ),
                both(
                    "31-05 · Relever les abonnés chaque mois : en cours.",
                    "31-05 · Read followers each month: under way.",
                ),
            ),
        ),
        Page(
            PageKind.REGISTER,
            "steering",
            both("Registre", "Register"),
            both("Tous les chiffres", "All figures"),
        ),
    )
