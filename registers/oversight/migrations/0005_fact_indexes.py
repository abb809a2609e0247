"""Providers, and what waits, are counted from an index alone."""

from django.db import migrations, models

WAITING = (
    "waiting.gifts",
    "waiting.business_interests",
    "waiting.media_contacts",
    "waiting.investigations",
    "waiting.owners",
    "waiting.clocks",
    "waiting.challenges",
    "waiting.reviews",
    "waiting.checks",
    "waiting.follow_ups",
    "waiting.restrictions",
)


class Migration(migrations.Migration):

    dependencies = [("oversight", "0004_tally_by_period")]

    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["force", "counted_on"],
                include=("key", "band", "n", "pounds", "confidential", "oversight_body"),
                condition=models.Q(("measure", "gifts.providers")),
                name="fact_of_a_provider",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["force", "measure", "counted_on"],
                include=("key", "band", "n", "case", "unit", "confidential", "oversight_body"),
                condition=models.Q(("measure__in", WAITING)),
                name="fact_that_waits",
            ),
        ),
    ]
