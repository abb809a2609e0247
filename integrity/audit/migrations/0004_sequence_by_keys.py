"""Giving places at the commit takes time in proportion to the entries, whatever plan was kept."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_confidential")]

    operations = [migrations.RunSQL((SQL / "sequence.sql").read_text())]
