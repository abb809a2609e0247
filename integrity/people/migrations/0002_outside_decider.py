import django.db.models.deletion
from django.db import migrations, models

# Why one may not decide about the other: 'self', 'above' (the subject is above the decider),
# 'report' (below them, unless the decider heads the force), or '' (ASSURANCE, decision 4).
# UNION drops what was met before, so a ring in the data ends the walk.
# It sees everybody's line, whatever rows its caller may see. pg_temp comes last, so that no temporary
# table stands in for a real one.
PEOPLE_CONFLICT = """
CREATE FUNCTION people_conflict(decider bigint, subject bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
SET enable_seqscan = off  -- the plan is kept, and may be made while the table is small
AS $$
BEGIN
  RETURN (WITH RECURSIVE line (person, manager) AS (
      SELECT id, line_manager_id FROM people_user WHERE id IN (decider, subject)
    UNION
      SELECT line.person, above.line_manager_id
      FROM line JOIN people_user AS above ON above.id = line.manager
  )
  SELECT CASE
    WHEN decider = subject THEN 'self'
    WHEN EXISTS (SELECT FROM line WHERE person = decider AND manager = subject) THEN 'above'
    WHEN EXISTS (SELECT FROM line WHERE person = subject AND manager = decider)
      AND NOT EXISTS (
        SELECT FROM people_user JOIN people_grade ON people_grade.id = people_user.grade_id
        WHERE people_user.id = decider AND people_grade.heads_force
      ) THEN 'report'
    ELSE ''
  END);
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='force',
            name='outside_body',
            field=models.ForeignKey(blank=True, help_text='Instead of another force’s PSD.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.oversightbody', verbose_name='outside decider: the oversight body'),
        ),
        migrations.AddField(
            model_name='force',
            name='outside_department',
            field=models.ForeignKey(blank=True, help_text='Decides what nobody inside may: the chief constable’s entries, and those about which everybody in PSD has a conflict of interest.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.standardsdepartment', verbose_name='outside decider: another force’s PSD'),
        ),
        migrations.AddConstraint(
            model_name='force',
            constraint=models.CheckConstraint(condition=models.Q(('outside_department__isnull', True), ('outside_body__isnull', True), _connector='OR'), name='force_has_one_outside_decider'),
        ),
        migrations.AddConstraint(
            model_name='force',
            constraint=models.CheckConstraint(condition=models.Q(('outside_department__isnull', True), models.Q(('outside_department', models.F('department')), _negated=True), _connector='OR'), name='force_outside_decider_is_outside'),
        ),
        migrations.RunSQL(PEOPLE_CONFLICT, "DROP FUNCTION people_conflict(bigint, bigint)"),
    ]
