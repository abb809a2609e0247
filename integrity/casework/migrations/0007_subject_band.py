"""Cases keep the group of ranks of whom they are about; of those there are now, by grade and kind."""

from django.db import migrations, models

AS_THEY_WERE = """
UPDATE casework_case c SET subject_band = CASE
  WHEN c.subject_is_chief_officer THEN 'chief'
  ELSE coalesce(
    (SELECT nullif(g.band, '') FROM people_grade g
     WHERE g.force_id = c.force_id AND g.name = c.subject_grade),
    CASE c.subject_member_type
      WHEN 'officer' THEN 'officers' WHEN 'special' THEN 'specials' WHEN 'staff' THEN 'staff'
      WHEN 'volunteer' THEN 'others' WHEN 'contractor' THEN 'others' WHEN 'body' THEN 'body'
      ELSE '' END) END;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0006_imports_in_background"),
        ("people", "0008_rank_band"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="subject_band",
            field=models.CharField(blank=True, choices=[('chief', 'Chief officers'), ('superintending', 'Superintending ranks'), ('inspecting', 'Inspecting ranks'), ('constables', 'Constables and sergeants'), ('officers', 'Officers of other ranks'), ('specials', 'Special constables'), ('staff', 'Police staff'), ('others', 'Volunteers and contractors'), ('body', 'Members and officers of oversight bodies')], db_default='', default='', max_length=16),
        ),
        migrations.RunSQL(AS_THEY_WERE, migrations.RunSQL.noop),
    ]
