"""Messages about an address that was read, or refused, for the person who wrote it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What `Address.changed` may say, in words for the person who wrote the address.
CHANGES: dict[str, Promise] = {
    "text-removed": _("The address was extracted from the text around it."),
    "defanged": _("A disabled address (hxxp, [.]) was restored."),
    "scheme-added": _("“https://” was added in front."),
    "credentials-removed": _("A user name or password in the address was removed."),
    "fragment-removed": _("The part after “#” was removed: it points to a place on the page."),
    "dot-removed": _("The dot after the domain name was removed."),
    "idn": _("The name has letters other than a–z: check that it is the right site."),
    "onion": _("The page is on the Tor network."),
    "spaces-encoded": _("Spaces or tabs in the address were encoded as part of it."),
    "tail-kept": _(
        "The address ends with a punctuation mark, which was kept. If it is not part of the "
        "address, enter the address without it."
    ),
    "split": _("Several addresses on one line were read one by one."),
}

# What the public form asks about: every other door keeps what was written, and says so.
ASKED = frozenset({"spaces-encoded", "tail-kept", "split"})

REFUSALS: dict[str, Promise] = {
    "empty": _("Enter the address of the page."),
    "not-an-address": _(
        "This is not the address of a web page. Open the page, select the address at the top of "
        "the browser, copy it, and paste it here. It looks like https://www.site.example/page."
    ),
    "several": _("Several addresses found. Enter one per line."),
    "words-after": _(
        "There are words after the address, or spaces in it. Enter only the address, from "
        "“https://” to its end."
    ),
    "handle": _("This is the name of an account. Also give the app or site it is on."),
    "phone": _("This is a phone number. Report it as a number, not as an address."),
    "script": _(
        "This is a piece of program, not a page. Open the page that it comes from and copy that "
        "page’s address."
    ),
    "local-file": _(
        "This file is on your own device: nobody else can open it. Give the address of the page "
        "where you found it. Never send us the file itself."
    ),
    "e-mail": _(
        "This is an e-mail address. Give the address of a web page, or describe the message in "
        "your own words."
    ),
    "not-web": _(
        "Only web pages (http or https) can be examined from here. If it is an app, a message or "
        "a download, describe in your own words where it is."
    ),
    "private-host": _(
        "This address only works inside a home or an office: nobody else can open it. Give the "
        "address as the public sees it."
    ),
    "host-too-long": _("The name of the site is too long: copy it again."),
    "too-long": _("This address is too long (64 KB at most): copy it again."),
    "unreadable": _("This text has unreadable characters: copy the address again."),
}
