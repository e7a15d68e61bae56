"""What a conversation asks of the removal desk."""

from collections.abc import Callable
from uuid import UUID

from balise.foundation.ports import Port

# Whether something that came up in a conversation is being removed, so that its page leads there.
has_removal = Port[Callable[[UUID], bool]]("helpline.conversations.has_removal")
