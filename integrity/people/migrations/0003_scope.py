"""Where a person may reach, for row-level security."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_outside_decider"), ("audit", "0001_initial")]

    operations = [migrations.RunSQL((SQL / "scope.sql").read_text())]
