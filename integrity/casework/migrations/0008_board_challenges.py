"""A challenge may be a board's, and is closed by somebody else than whom it asks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_subject_band"),
        ("people", "0008_rank_band"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="board",
            field=models.ForeignKey(
                help_text="The oversight body in whose name it was made; PSD’s own have none.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="people.oversightbody",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disposed_by__isnull", True),
                    models.Q(("to", models.F("disposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="challenge_is_closed_by_somebody_else",
            ),
        ),
    ]
