"""The base of commands that work on the registers: one transaction, which reaches every force."""

from typing import Any

from django.core.management.base import BaseCommand

from integrity.audit.scope import everywhere


class RegisterCommand(BaseCommand):
    """An operator's command; what it changes stands whole or not at all."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        with everywhere():
            return super().execute(*args, **options)
