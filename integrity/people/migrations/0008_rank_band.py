"""Grades say in which group of ranks figures count them; those there are now, by their names."""

from django.db import migrations, models

BY_NAME = """
UPDATE people_grade SET band = CASE
  WHEN is_chief_officer THEN 'chief'
  WHEN name ILIKE '%superintendent%' THEN 'superintending'
  WHEN name ILIKE '%special%' OR name ILIKE '%community%' THEN ''
  WHEN name ILIKE '%inspector%' THEN 'inspecting'
  WHEN name ILIKE '%constable%' OR name ILIKE '%sergeant%' THEN 'constables'
  ELSE '' END;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [("people", "0007_procurement_role")]

    operations = [
        migrations.AddField(
            model_name="grade",
            name="band",
            field=models.CharField(blank=True, choices=[('chief', 'Chief officers'), ('superintending', 'Superintending ranks'), ('inspecting', 'Inspecting ranks'), ('constables', 'Constables and sergeants'), ('officers', 'Officers of other ranks'), ('specials', 'Special constables'), ('staff', 'Police staff'), ('others', 'Volunteers and contractors'), ('body', 'Members and officers of oversight bodies')], db_default='', default='', help_text='Figures are told apart by it. Empty: by the kind of member.', max_length=16, verbose_name='group of ranks'),
        ),
        migrations.RunSQL(BY_NAME, migrations.RunSQL.noop),
    ]
