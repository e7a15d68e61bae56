"""The people of the centre. One account has one role, and no role spans two lines."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from balise.foundation import clock


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


class Account(AbstractBaseUser):
    """A person of the centre. What they may do follows from the role alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    last_seen_on = models.DateField(null=True, editable=False)
    last_login = None  # a day is enough: last_seen_on

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="account_email_is_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.name
