"""What a kit's files are called and made of; without a database."""

from balise.awareness.publications.rules.kits import (
    Block,
    Run,
    blocks_of,
    file_name,
    lines_of,
    structure_of,
)
from balise.foundation.zipping import rezipped, zipped


def test_html_becomes_blocks_of_words() -> None:
    html = (
        "<h2>Un &amp; deux</h2><p>Lire <b>ce <i>mot</i></b>, puis "
        '<a href="/fr/resources/a/">la page</a>.</p><ol><li>a<ul><li>b</li></ul></li></ol><p></p>'
    )
    assert blocks_of(html, site="https://centre.example") == [
        Block("h2", [[Run("Un & deux")]]),
        Block(
            "p",
            [
                [
                    Run("Lire "),
                    Run("ce ", strong=True),
                    Run("mot", strong=True, emphasis=True),
                    Run(", puis "),
                    Run("la page", href="https://centre.example/fr/resources/a/"),
                    Run("."),
                ]
            ],
        ),
        Block("ol", [[Run("a")], [Run("b")]]),
    ]


def test_names_are_plain_and_lines_are_each_once() -> None:
    assert file_name(3, "Témoin, et après\u202f? Œuvre", ".pdf") == "03-temoin-et-apres-oeuvre.pdf"
    assert file_name(1, "\u202f!", ".pdf") == "01-kit.pdf"
    assert lines_of("- Un\n\n • Deux \nUn\n") == ["Un", "Deux"]
    assert structure_of("  Collège\u2028 du\n\x00 Phare " + "a" * 200).startswith(
        "Collège du Phare"
    )
    assert len(structure_of("a" * 200)) == 80


def test_a_zip_of_the_same_files_is_the_same_octets() -> None:
    files = [("b.txt", b"b" * 1000), ("a.pdf", b"a")]
    first = zipped(files)
    assert (first, rezipped(first)) == (zipped(files), first)
    assert len(first) < 1000
