"""Passwords: Argon2id with the centre's own cost, and never more than one hash at a time."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class GatedArgon2Hasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
