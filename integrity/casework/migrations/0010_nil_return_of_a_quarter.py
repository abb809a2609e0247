"""The latest quarters' nil returns of a nation are found without reading ten years of the others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("casework", "0009_nil_returns"), ("people", "0009_unit_head")]

    operations = [
        migrations.AddIndex(
            model_name="nilreturn",
            index=models.Index(
                fields=["force", "ends_on"],
                include=("starts_on", "unit", "register"),
                condition=models.Q(("person__isnull", True), ("withdrawn_at__isnull", True)),
                name="nil_return_of_a_quarter",
            ),
        ),
    ]
