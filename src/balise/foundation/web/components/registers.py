"""Registers: a table, facts and forms in which each thing is said once.

A column is named once: its name heads it, and stands before its cells on a phone, where rows fold.
`scripts/messages` gathers the names, which are in the template as `translate` has them.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.forms import BaseForm
from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Parser,
    TextNode,
    Token,
    TokenType,
    VariableNode,
    token_kwargs,
)
from django.template.defaulttags import ForNode, TemplateIfParser, url
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.i18n import do_translate
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from balise.foundation.web.components.page import crumbs
from balise.foundation.web.components.pieces import button, link_button, table

register = Library()

_FLAGS: Final = frozenset({"number", "row", "bare", "sr"})


class Column(Node):
    """A column: what heads it and, for each row, its cell."""

    child_nodelists = ("cell",)

    def __init__(self, name: NodeList, cell: NodeList, flags: frozenset[str]) -> None:
        self.name, self.cell, self.flags = name, cell, flags
        self.number = format_html(' class="{}"', "number") if "number" in flags else ""

    def head(self, context: Context) -> SafeString:
        """Return the head of the column."""
        name = self.name.render(context)
        if "sr" in self.flags:
            name = format_html('<span class="sr">{}</span>', name)
        return format_html('<th scope="col"{}>{}</th>', self.number, name)

    def render(self, context: Context) -> SafeString:
        """Return the cell of the row that the context holds."""
        said = ""
        if not self.flags & {"bare", "sr"}:
            said = format_html(' data-label="{}"', self.name.render(context))
        way = '<th scope="row"{}{}>{}</th>' if "row" in self.flags else "<td{}{}>{}</td>"
        return format_html(way, self.number, said, self.cell.render(context))


class TableOf(Node):
    """A table with a row for each thing, or what is said where there is none."""

    child_nodelists = ("rows", "otherwise")

    def __init__(
        self,
        rows: ForNode,
        columns: Sequence[Column],
        caption: NodeList,
        options: dict[str, FilterExpression],
        otherwise: NodeList | None,
    ) -> None:
        self.rows, self.columns, self.otherwise = rows, columns, otherwise
        self.caption, self.options = caption, options

    def render(self, context: Context) -> SafeString:
        """Return the table."""
        body = self.rows.render(context)
        if not body and self.otherwise is not None:
            return self.otherwise.render(context)
        heads = format_html_join("", "{}", ((each.head(context),) for each in self.columns))
        content = format_html("<thead><tr>{}</tr></thead><tbody>{}</tbody>", heads, body)
        given = {name: value.resolve(context) for name, value in self.options.items()}
        return table(content, self.caption.render(context), **given)


@register.tag
def table_of(parser: Parser, token: Token) -> TableOf:
    """Return a table of some things, with the options of `table`.

    `{% table_of row in rows "Caption" keys=True %}`, then a `{% column "Name" %}` before each
    cell and, where there may be no row, `{% else %}`; a column is `number` for figures, `row` where
    it names the row, `bare` without its name on a phone, `sr` where its name is for ears alone.
    """
    _name, *bits = token.split_contents()
    if "in" not in bits or len(bits) < bits.index("in") + 3:
        raise TemplateSyntaxError("table_of: one in some, and a caption")
    at = bits.index("in")
    parser.parse(("column",))
    token = parser.next_token()
    columns: list[Column] = []
    while token.contents.startswith("column "):
        words = token.split_contents()[1:]
        cell = parser.parse(("column", "else", "endtable_of"))
        flags = frozenset(words) & _FLAGS
        name = _named(parser, [word for word in words if word not in flags])
        columns.append(Column(name, cell, flags))
        columns[-1].token = token
        token = parser.next_token()
    otherwise = None
    if token.contents == "else":
        otherwise = parser.parse(("endtable_of",))
        parser.delete_first_token()
    row = NodeList([TextNode("<tr>"), *columns, TextNode("</tr>")])
    names = "".join(bits[:at]).split(",")
    rows = ForNode(names, parser.compile_filter(bits[at + 1]), is_reversed=False, nodelist_loop=row)
    told = 5 if bits[at + 3 : at + 4] == ["context"] else 3
    options = token_kwargs(bits[at + told :], parser)
    return TableOf(rows, columns, _named(parser, bits[at + 2 : at + told]), options, otherwise)


class Fact(Node):
    """One fact of a `<dl class="facts">`; its name is said once, and it only where it is there."""

    child_nodelists = ("value",)

    def __init__(self, name: NodeList, value: NodeList, condition: Any) -> None:
        self.name, self.value, self.condition = name, value, condition

    def render(self, context: Context) -> str:
        """Return the fact, or nothing."""
        if self.condition is not None and not self.condition.eval(context):
            return ""
        name, value = self.name.render(context), self.value.render(context)
        return format_html("<div><dt>{}</dt><dd>{}</dd></div>", name, value)


@register.tag
def fact(parser: Parser, token: Token) -> Fact:
    """Return `{% fact "Name" %}…{% endfact %}`, or `{% fact "Name" if row.it %}…{% endfact %}`."""
    _name, *words = token.split_contents()
    at = words.index("if") if "if" in words else len(words)
    condition = TemplateIfParser(parser, words[at + 1 :]).parse() if words[at:] else None
    value = parser.parse(("endfact",))
    parser.delete_first_token()
    return Fact(_named(parser, words[:at]), value, condition)


@register.simple_tag(takes_context=True)
def post_form(
    context: Context, form: BaseForm, label: str, *, action: str = "", **of_button: Any
) -> SafeString:
    """Return a whole form to send: what is wrong in it, its fields, and a button as `button`."""
    given = {
        "form": form,
        "action": action,
        "button": button(label, **of_button),
        "csrf_token": context.get("csrf_token"),
    }
    return render_to_string("web/components.html#post_form", given)


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """Return the block `title` of the page, for its heading where that says the same."""
    title: SafeString = context.render_context[BLOCK_CONTEXT_KEY].get_block("title").render(context)
    return title


class Trail(Node):
    """The way here: each step is a name and its address; the last is the page itself."""

    def __init__(self, steps: Sequence[tuple[NodeList, Node | None]]) -> None:
        self.steps = steps

    def render(self, context: Context) -> SafeString:
        """Return the trail; it ends at the title of the page where its last step has an address."""
        parts: list[str] = []
        for name, address in self.steps:
            to = address.render(context) if address else ""
            parts += [name.render(context), to]
        ends = bool(parts) and not parts[-1]
        return crumbs(*parts[:-1]) if ends else crumbs(*parts, page_title(context))


@register.tag
def trail(parser: Parser, token: Token) -> Trail:
    """Return the way to a page, as `crumbs`; each step is a name `to` the name of an address.

    `{% trail "Press" to "staff:press:list" then row.title to "staff:press:item" row.id %}`
    """
    _name, *words = token.split_contents()
    steps: list[tuple[NodeList, Node | None]] = []
    while words:
        end = words.index("then") if "then" in words else len(words)
        step, words = words[:end], words[end + 1 :]
        steps.append(_step(parser, step))
    return Trail(steps)


class LinkTo(Node):
    """A link that looks like a button."""

    def __init__(
        self, name: NodeList, address: Node | None, options: dict[str, FilterExpression]
    ) -> None:
        self.name, self.address, self.options = name, address, options

    def render(self, context: Context) -> SafeString:
        """Return the link."""
        address = self.address.render(context) if self.address else ""
        given = {name: value.resolve(context) for name, value in self.options.items()}
        return link_button(self.name.render(context), address, **given)


@register.tag
def link_to(parser: Parser, token: Token) -> LinkTo:
    """Return `{% link_to "Correct" to "staff:press:change" id icon="edit" %}`, as `link_button`."""
    _name, *words = token.split_contents()
    options = [word for word in words if word.partition("=")[0].isidentifier() and "=" in word]
    name, address = _step(parser, [word for word in words if word not in options])
    return LinkTo(name, address, token_kwargs(options, parser))


def _step(parser: Parser, words: list[str]) -> tuple[NodeList, Node | None]:
    """Return what says a name and, after `to`, what says the address of a name of addresses."""
    if "to" not in words:
        return _named(parser, words), None
    at = words.index("to")
    address = url(parser, Token(TokenType.BLOCK, f"url {' '.join(words[at + 1 :])}"))
    return _named(parser, words[:at]), address


def _named(parser: Parser, words: list[str]) -> NodeList:
    """Return what says a name: words in quotes are translated, with their context."""
    if words[0][0] not in "\"'":
        return NodeList([VariableNode(parser.compile_filter(words[0]))])
    return NodeList([do_translate(parser, Token(TokenType.BLOCK, f"translate {' '.join(words)}"))])
