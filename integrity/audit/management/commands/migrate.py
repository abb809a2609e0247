"""manage.py migrate: Django's, and then the database enforces what the models declare."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from integrity.audit.guard import guard


class Command(migrate.Command):
    """A register's tables are guarded as soon as they exist, whoever wrote its migrations."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            with transaction.atomic(using=options["database"]), connection.cursor() as cursor:
                guard(cursor)
