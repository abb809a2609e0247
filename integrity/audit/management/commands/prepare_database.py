"""manage.py prepare_database: the database's roles, the database and its extensions."""

import os
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from integrity.database_roles import ROLES, prepare
from integrity.launch import connect, parameters

HELP = """Make the roles owner, app, public_ro and auditor_ro, the database and its extensions.

DATABASE_ADMIN_URL names a superuser, who is asked for this alone. DATABASE_OWNER_URL and DATABASE_URL
name the database and hold the passwords of owner and app; DATABASE_PUBLIC_URL and
DATABASE_AUDITOR_URL, where they are set, those of public_ro and auditor_ro, who otherwise cannot
sign in. Doing it again changes nothing but passwords. Next: manage.py migrate.
"""

NEEDED = ("owner", "app")


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        admin = self._url("DATABASE_ADMIN_URL")
        given = {
            role: parameters(self._url(setting), setting)
            for role, setting in ROLES.items()
            if role in NEEDED or os.environ.get(setting)
        }
        for role, found in given.items():
            if found.get("user") != role:
                raise CommandError(f"{ROLES[role]} must name the role {role}.")
        (database, *others) = {found["dbname"] for found in given.values()}
        if others:
            raise CommandError("The URLs name different databases; let them name one.")
        with closing(connect(admin, "DATABASE_ADMIN_URL")) as connection:
            if connection.info.parameter_status("is_superuser") != "on":
                raise CommandError(
                    f"DATABASE_ADMIN_URL must name a superuser; “{connection.info.user}” is none."
                )
        prepare(
            parameters(admin, "DATABASE_ADMIN_URL"),
            database=database,
            passwords={role: found.get("password") for role, found in given.items()},
        )
        self.stdout.write(f"The database {database} and its roles are ready: {', '.join(ROLES)}.")

    def _url(self, setting: str) -> str:
        url = os.environ.get(setting)
        if not url:
            raise CommandError(f"Set {setting}; --help says what it is.")
        parameters(url, setting)
        if urlsplit(url).password == "":
            raise CommandError(
                f"The password in {setting} is empty; fill it in (under Compose: in .env). For a "
                "server that asks for none, leave out its colon too."
            )
        return url
