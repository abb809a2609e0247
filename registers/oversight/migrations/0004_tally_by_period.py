"""The tally is read by period first, from its index alone; decisions count as docs/figures.md says."""

from django.db import migrations, models

from registers.oversight.keeping import sql


class Migration(migrations.Migration):

    dependencies = [("oversight", "0003_naming_rules_and_match_totals")]

    operations = [
        migrations.RemoveConstraint(model_name="tally", name="tally_is_kept_once"),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=(
                    "grain", "band", "starts_on", "force", "oversight_body", "confidential",
                    "measure", "key",
                ),
                include=("n", "pounds"),
                name="tally_is_kept_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["force", "counted_on"],
                include=("unit", "key", "band", "n", "confidential", "oversight_body"),
                condition=models.Q(("measure", "entries")),
                name="fact_of_an_entry",
            ),
        ),
        migrations.RunSQL(sql("facts.sql"), migrations.RunSQL.noop),
        migrations.RunSQL("SELECT oversight_rebuild()", migrations.RunSQL.noop),
    ]
