"""Entries of confidential cases, for row-level security."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_models")]

    operations = [migrations.RunSQL((SQL / "confidential.sql").read_text())]
