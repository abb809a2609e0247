"""The ledger's tables and functions, and what row-level security asks."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL((SQL / "scope.sql").read_text()),
        migrations.RunSQL((SQL / "tables.sql").read_text()),
        migrations.RunSQL((SQL / "ledger.sql").read_text()),
    ]
