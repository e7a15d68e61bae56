"""The pieces of a page, as the tags draw them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from balise.foundation.web.components.drawings import ICONS, DrawingUnknown, picture
from balise.foundation.web.testing import faults

SOURCE = Path(__file__).parents[3]
ICON = re.compile(r"""icon[= ]["']([\w-]+)["']""")
PIECES = {
    "button": '{% button "Send" icon="send" data_key="s" %}',
    "link": '{% link_button "Open" "/fr/" kind="quiet" %}',
    "link by a name": '{% link_to "Open" to "staff:home" kind="quiet" icon="eye" %}',
    "badge": '{% tag "Late" "warn" %}',
    "line": '{% line_tag "hotline" %}',
    "copy": '{% copy "7F4K" %}',
    "alert": '{% alert "warn" "Mind" live=True %}<p>words</p>{% endalert %}',
    "card": '{% card "Queue" "/fr/" icon="inbox" %}<p>words</p>{% endcard %}',
    "table": '{% table "T" keys=True %}<tbody><tr><td>1</td></tr></tbody>{% endtable %}',
    "rows": (
        '{% table_of name, it in pairs "T" keys=True %}{% column "Home" row %}{{ name }}'
        '{% column "More" context "x" number %}{{ it }}'
        '{% column "Open" sr %}{{ it }}{% endtable_of %}'
    ),
    "fact": (
        '<dl>{% fact "Home" %}{{ pairs.0.1 }}{% endfact %}'
        '{% fact "More" context "x" if pairs %}{% endfact %}</dl>'
    ),
    "facts": "{% facts pairs %}",
    "said": "{% said pairs %}",
    "disclosure": '{% disclosure "More" %}<p>words</p>{% enddisclosure %}',
    "dialog": '{% dialog "d" "Sure?" %}<p>words</p>{% enddialog %}{% dialog_button "Open" "d" %}',
    "empty": '{% empty "Nothing" "rest" %}{% endempty %}',
    "figure": '{% figure "12" "reports" %}{% endfigure %}',
    "points": "{% priority_points points %}",
    "steps": "{% steps 2 3 %}",
    "tabs": '{% tabs tabs "Lists" %}',
    "pager": '{% pager newer="/a" older="/b" %}',
    "crumbs": '{% crumbs "Home" "/staff/" "Queue" %}',
    "numbers": '{% numbers "danger" whom="young" %}{% number_links "home" %}',
    "key": '{% key "Shift" "?" %}',
}
# What stands in these is a number, an address or the name of a line.
GIVEN_NO_WORDS = {"line", "steps", "pager", "numbers"}
WORDS = re.compile(
    r'"(Send|Open|Late|Mind|Queue|More|Sure\?|Nothing|reports|Home|T|7F4K|Lists|Shift)"'
)
CONTEXT = {
    "pairs": [("Country", "NL"), ("Network", "")],
    "points": [("A child", 60), ("New", 5)],
    "tabs": [("Open", "/a", True), ("Closed", "/b", False)],
}


@pytest.mark.parametrize("source", PIECES.values(), ids=PIECES.keys())
def test_a_piece_keeps_the_promises_of_a_page(source: str) -> None:
    drawn = Template(source).render(Context(CONTEXT))
    assert drawn.strip()
    assert not faults(drawn)


@pytest.mark.parametrize("name", [name for name in PIECES if name not in GIVEN_NO_WORDS])
def test_a_piece_escapes_words(name: str) -> None:
    hostile = "<script>x</script>"
    drawn = Template(WORDS.sub("h", PIECES[name])).render(
        Context(
            {
                "h": hostile,
                "pairs": [(hostile, hostile)],
                "points": [(hostile, 1)],
                "tabs": [(hostile, "/a", True)],
            }
        )
    )
    assert "&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_a_column_is_named_once_for_its_head_and_its_cells() -> None:
    drawn = Template(PIECES["rows"]).render(Context(CONTEXT))
    assert '<th scope="col" class="number">More</th>' in drawn
    assert '<th scope="row" data-label="Accueil">Country</th>' in drawn
    assert '<td class="number" data-label="More">NL</td>' in drawn
    assert '<span class="sr">Ouvrir</span></th>' in drawn
    assert "<td>NL</td></tr>" in drawn


def test_a_table_of_nothing_says_so() -> None:
    source = (
        '{% table_of one in some "T" %}{% column "Home" %}{{ one }}{% else %}None{% endtable_of %}'
    )
    assert Template(source).render(Context({"some": []})) == "None"
    assert "<td" in Template(source).render(Context({"some": [1]}))
    with pytest.raises(TemplateSyntaxError):
        Template("{% table_of some %}{% endtable_of %}")


def test_a_fact_that_is_missing_is_not_shown() -> None:
    source = Template('{% fact "Home" if pairs %}x{% endfact %}')
    assert source.render(Context({"pairs": []})) == ""
    assert source.render(Context(CONTEXT)) == "<div><dt>Accueil</dt><dd>x</dd></div>"


def test_a_trail_ends_at_the_title_or_at_its_last_step() -> None:
    base = Template("{% block title %}{% endblock %}{% block breadcrumb %}{% endblock %}")
    page = (
        "{% extends base %}{% block title %}<b>It</b>{% endblock %}{% block breadcrumb %}"
        '{% trail "Home" to "staff:home" then it to "staff:home" %}'
        '{% trail "Home" to "staff:home" then "More" context "x" %}{% endblock %}'
    )
    drawn = Template(page).render(Context({"base": base, "it": "<i>"}))
    assert re.findall(r'aria-current="page">([^<]*(?:<b>It</b>)?)', drawn) == ["<b>It</b>", "More"]
    assert '<a href="/staff/">Accueil</a>' in drawn
    assert "&lt;i&gt;" in drawn


def test_a_name_is_said_in_the_language_of_the_page() -> None:
    source = Template('{% fact "Day" context "press" %}{% endfact %}')
    assert source.render(Context()) == "<div><dt>Date</dt><dd></dd></div>"
    with override("en"):
        assert source.render(Context()) == "<div><dt>Day</dt><dd></dd></div>"


def test_points_are_added_up() -> None:
    assert "<strong>65</strong>" in Template(PIECES["points"]).render(Context(CONTEXT))


def test_what_is_not_known_is_said() -> None:
    assert "non précisé" in Template("{% facts pairs %}").render(Context(CONTEXT))


def test_what_someone_wrote_keeps_its_lines() -> None:
    drawn = Template("{% said pairs %}").render(Context({"pairs": [("Words", "One <b>\nTwo")]}))
    assert "<dt>Words</dt><dd><bdi>One &lt;b&gt;<br>Two</bdi></dd>" in drawn


def test_a_closed_way_is_not_shown() -> None:
    assert not Template("{% pager %}").render(Context()).strip()
    assert "Plus anciens" not in Template('{% pager newer="/a" %}').render(Context())


def test_a_moment_is_told_in_the_zone_of_the_centre() -> None:
    at = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    drawn = Template('{% moment at only="date" %}').render(Context({"at": at}))
    assert 'datetime="2026-02-01T00:30+01:00"' in drawn
    assert "1 février 2026" in drawn.replace("1er", "1")
    assert Template("{% moment at %}").render(Context({"at": None})) == "—"


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("fr", "NL", "Pays-Bas"), ("en", "NL", "Netherlands"), ("fr", "ZZ", "ZZ"), ("fr", "", "–")],
)
def test_a_country_is_named_and_an_unknown_code_stays(language: str, code: str, name: str) -> None:
    with override(language):
        source = Template('{{ code|country_name|default:"–" }}')
        assert source.render(Context({"code": code})) == name


def test_an_icon_alone_has_a_name() -> None:
    assert 'aria-label="Lu"' in Template('{% icon "eye" "Lu" %}').render(Context())
    assert 'aria-hidden="true"' in Template('{% icon "eye" %}').render(Context())


def test_only_what_points_along_the_line_turns_with_it() -> None:
    assert 'class="icon icon-turns"' in Template('{% icon "arrow-right" %}').render(Context())
    assert 'class="icon"' in Template('{% icon "arrow-down" %}').render(Context())


def test_every_icon_that_a_template_names_is_drawn() -> None:
    named = {
        (icon, path.name)
        for path in [*SOURCE.glob("**/*.html"), *SOURCE.glob("**/module.py")]
        for icon in ICON.findall(path.read_text(encoding="utf-8"))
    }
    assert not {(icon, file) for icon, file in named if icon not in ICONS}


def test_a_picture_that_is_not_there_is_told() -> None:
    with pytest.raises(DrawingUnknown):
        picture("../../error")
