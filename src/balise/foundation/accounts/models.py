"""The people of the centre, what they ask of one another, their sessions; partners and tokens.

One account has one role, and no role spans two lines.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from balise.foundation import clock
from balise.foundation.accounts.rules import DEMONSTRATION_DOMAIN, ProposalKind
from balise.foundation.locking import Identified, Lockable
from balise.foundation.ports import Port


class LibraryPermission(Protocol):
    """Answered by who draws a library: whether a role may enter it."""

    def __call__(self, *, role: str, permission: str) -> bool: ...


library_permission = Port[LibraryPermission]("accounts.library_permission")


class Accounts(BaseUserManager["Account"]):
    """Accounts, found by an address however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())

    def create_user(
        self, *, email: str, name: str, role: str, password: str | None = None
    ) -> "Account":
        """Return a new account; without a password nobody can sign in with it yet."""
        account = Account(email=email.lower(), name=name, role=role)
        account.set_password(password)
        account.save(using=self._db)
        return account


# Pictures and documents name who brought them, by managers without types.
class Account(Lockable, AbstractBaseUser):  # type: ignore[django-manager-missing]
    """A person of the centre. What they may do follows from the role alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=40, blank=True)  # empty until a second person agrees
    # Whose person this is, for someone of a partner; empty for the centre's own.
    partner = models.ForeignKey(
        "PartnerOrganisation", on_delete=models.PROTECT, null=True, related_name="members"
    )
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    last_seen_on = models.DateField(null=True, editable=False)
    last_login = None  # a day is enough: last_seen_on
    is_superuser = False  # a library asks; nobody is above all roles

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="account_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        """Return whether a library that asks in its own words may let this person in."""
        return self.may_be_used and library_permission.ask(role=self.role, permission=perm)

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    @property
    def may_be_used(self) -> bool:
        """Return whether the account is open: a demonstration's is so in a demonstration alone."""
        return self.is_active and (settings.DEMONSTRATION or not self.is_demonstration)

    @property
    def enters_by_click(self) -> bool:
        """Return whether this is one of the demonstration's own people, who have no password."""
        return self.is_demonstration and self.email.endswith(f"@{DEMONSTRATION_DOMAIN}")


class Proposal(Lockable):
    """What one person asks for an account, which takes effect when a second person agrees."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind)
    role = models.CharField(max_length=40, blank=True)
    asked_by = models.CharField(max_length=40)  # an actor's key: it outlives the account
    asked_at = models.DateTimeField(default=clock.now)
    decision = models.CharField(max_length=20, blank=True)  # a Decision; empty while it waits
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(decision=""),
                name="one_proposal_waits_for_an_account",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="confirmed")
                | ~models.Q(decided_by=models.F("asked_by")),
                name="whoever_asks_does_not_confirm",
            ),
        ]


class Invitation(Identified):
    """A link that was sent: it sets a password once, for some hours."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    undelivered_at = models.DateTimeField(null=True)  # the mail server will never take it


class Session(AbstractBaseSession):
    """A signed-in browser. The key stored is a hash: a stolen table opens nothing."""

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE)
    # Changed in an update of its own: a request that began before it saves the rest of the row.
    locked_at = models.DateTimeField(null=True, editable=False)

    def save(self, *, force_update: bool = False, **kwargs: Any) -> None:
        if force_update:
            kwargs["update_fields"] = ("session_data", "expire_date", "account")
        super().save(force_update=force_update, **kwargs)


class Attempts(models.Model):
    """How much is left to try, for a name, a device or a network; none of them can be read here."""

    id = models.UUIDField(primary_key=True, editable=False)  # a blind index of what is counted
    whole_at = models.BigIntegerField()  # milliseconds since 1970

    class Meta:
        indexes = [models.Index(fields=["whole_at"], name="attempts_by_end")]


class PartnerOrganisation(Lockable):
    """An organisation that talks to this centre: through the API, or by its own people."""

    name = models.CharField(max_length=120, unique=True)
    webhook_address = models.URLField(max_length=500, blank=True)
    webhook_secret = models.BinaryField(blank=True)  # sealed to the accounts' key
    # How often in a row, and since when, its server took nothing; then sending stops.
    webhook_failures = models.PositiveIntegerField(default=0, editable=False)
    webhook_failing_since = models.DateTimeField(null=True, editable=False)
    webhook_stopped_at = models.DateTimeField(null=True, editable=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.name


class ApiToken(Lockable):
    """A partner's token: its digest and its first characters; itself it was shown once."""

    partner = models.ForeignKey(
        PartnerOrganisation, on_delete=models.CASCADE, related_name="tokens"
    )
    prefix = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField()
    created_by = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()
