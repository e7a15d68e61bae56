"""Where a CyberTip may be sent: to NCMEC's test service; to production only if set up so."""

from balise.foundation.url import split_url

PRODUCTION = "report.cybertip.org"


def is_for_good(address: str) -> bool:
    """Return whether an address is NCMEC's production service: what arrives there is a report."""
    return split_url(address).hostname == PRODUCTION


def may_send(address: str, *, production: bool) -> bool:
    """Return whether a centre may send there: to the production service only where switched on.

    Only a registered electronic service provider may send (18 U.S.C. 2258A); a hotline is none.
    """
    return split_url(address).scheme == "https" and (production or not is_for_good(address))
