"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.modules import Module, Mount

MODULE = Module(
    public=(
        Mount(namespace="app"),
        Mount(listed="plain", plain=True),
    ),
)
