"""The tags every template may use; they are built in, so no page loads them.

Pages extend `web/public.html` (anyone), `web/youth.html` (children and teenagers) or
`web/staff.html`. Every page has one h1, which the base draws from the block `heading`.

Blocks of all three   title (neutral on public pages: “Formulaire”, never what it is about),
                      line (hotline | helpline | awareness | steering | house), heading (the title
                      unless it says another thing), lead,
                      breadcrumb, content, scripts (after ours; `<script type="module" src=…>`)
Of public and youth   aside (a second column), help (the numbers at the foot; empty it to hide),
                      density (plain | young; staff pages are dense: `tokens.css`)
Of staff              tabs (`{% staff_tabs "staff:…" %}` on a page below a tab), panes,
                      actions (buttons beside the heading), keys (rows `<tr><td>{% key "a" %}</td>
                      <td>what it does</td></tr>` added to the shortcut help)

Forms (write `<form method="post" novalidate>` and `{% csrf_token %}` yourself)
    {% error_summary form %}           first thing in the form; takes the focus; many forms allowed
    {% field form.url width="short" inputmode="url" %}   label, hint, error, control
    {% fields form %}                  all of them
    {% post_form form "Save" action=url %}  all of it: the form, its summary, its fields, its button
    {% button "Send" icon="send" kind="primary|quiet|plain|danger" name="…" value="…" %}
    {% link_button "Open" url kind="quiet" icon="arrow-right" %}
    {% link_to "Open" to "staff:inbox" kind="quiet" %}   the same, by the name of an address
    <form data-autosave>               posts itself to its action with `X-Autosave: 1` on change;
                                       `<p role="status" data-saved="Saved" data-unsaved="…">` in it

Words and marks
    {% tag "Waiting" "good|warn|danger|note|plain" icon="clock" %}
    {% line_tag "hotline" %}   {% line_name "hotline" %}   {% line_mark "hotline" %}
    {% icon "name" %} {% icon "name" "spoken label" %}   {% picture "calm" %}
    {% key "Shift" "?" %}   {% copy text "Copy the code" %}
    {% moment at %} {% moment at only="date" %}   {{ code|country_name }}

Pieces
    {% alert "note|good|warn|danger" "Title" live=True %}…{% endalert %}
    {% card "Title" url icon="inbox" line="hotline" level=3 %}…{% endcard %}
    {% table "Caption" keys=True quiet=True %}<thead>…<tbody>…{% endtable %}
                                       rows fold on a phone: write <td data-label="Country">
    {% table_of one in some "Caption" keys=True %}       the same, where rows are alike: each column
        {% column "Name" row %}{{ one.name }}            is named once, for its head and its cells,
        {% column "Items" context "kits" number %}{{ one.items }}      as `translate` names it;
    {% else %}…{% endtable_of %}       what is said where there is none
    {% fact "Name" %}…{% endfact %}    one of `<dl class="facts">`; `if it` where it may be missing
    {% facts pairs %}                  (label, value) pairs
    {% said pairs %}                   (label, what someone wrote) pairs
    {% disclosure "Summary" %}…{% enddisclosure %}
    {% dialog "id" "Title" %}…{% enddialog %}   {% dialog_button "Open" "id" %}
    {% empty "Nothing waits" "calm" %}<p>…</p>{% endempty %}
    {% figure "1 240" "reports in October" change="+4 %" %}chart and table{% endfigure %}
    {% priority_points points %}       (reason, points) pairs

Ways
    {% steps 2 3 "What happened" %}   {% tabs entries "Label" %} (label, url, is_current)
    {% pager newer=url older=url says="…" %}   {% crumbs "Inbox" url "Report" %}
    {% trail "Inbox" to "staff:inbox" %}   the same by names of addresses, to the title of the page;
                                       `then` a step more; the last may have no `to`
    {% pager %} and {% crumbs %} take label="…" where a page has two of them
    {% while_fresh %}…{% endwhile_fresh %}   what is true for seconds, left out of an old copy
    {% numbers "danger" whom="young" %}   {% number_links "home" %}   which pages and for whom is
    pack data (`config/centre.py`)        {% number "helpline" as telephone %}

Classes without a tag   `ways` (a row of buttons), `cards` (a grid), `columns` (two sections on a
                        desk), `filters` (a search form), `lead`, `hint`, `sr` (for ears only),
                        `address` and `code` (never broken in reading), `dialogue` of `message`s
htmx answers            2xx and 422 are put in place; any other 4xx or 5xx is told in a toast

On staff pages a list `<table data-keys>` or `<ul data-keys>` is walked with j, k and Enter (Enter
follows the first link of the row); an element with `data-key="a"` is pressed by that key
(`data-key="z b"`: by either), one within `[data-keys-first]` before the others.
Every component stands on `/staff/design/`.
"""

from django import template

from balise.foundation.web.components import aging, drawings, forms, page, pieces, registers

register = template.Library()
for part in (aging, drawings, forms, page, pieces, registers):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
