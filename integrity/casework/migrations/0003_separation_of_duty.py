from django.db import migrations, models

# The second lock of ASSURANCE, decision 4; casework/policies.py and permissions.py are the first.
# Which constraint a decision about somebody at a stage would break; '' where none.
DECISION_CONFLICT = """
CREATE FUNCTION casework_decision_conflict(stage text, decider bigint, subject bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
DECLARE
  found text := people_conflict(decider, subject);
  manager bigint;
BEGIN
  SELECT line_manager_id INTO manager FROM people_user WHERE id = subject;
  RETURN CASE
    WHEN found = 'self' THEN 'decision_is_not_by_its_subject'
    WHEN stage = 'appeal' THEN ''
    WHEN stage = 'supervisor' THEN CASE
      WHEN found = 'above' OR decider IS DISTINCT FROM manager
        THEN 'decision_of_supervisor_is_by_line_manager'
      ELSE ''
    END
    WHEN found <> '' THEN 'decision_is_not_within_the_line'
    ELSE ''
  END;
END
$$
"""

# An imported case may have no subject or author: then nobody is in conflict, and no supervisor decides.
CHECK_DECISION = """
CREATE FUNCTION casework_check_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
DECLARE
  decided casework_case%ROWTYPE;
  broken text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    broken := 'decision_is_never_changed';
  ELSE
    SELECT * INTO decided FROM casework_case WHERE id = NEW.case_id;
    broken := CASE
      WHEN NEW.subject_id IS DISTINCT FROM decided.subject_id
        THEN 'decision_is_about_the_subject_of_its_case'
      WHEN NEW.round IS DISTINCT FROM decided.round
        THEN 'decision_is_of_the_round_of_its_case'
      WHEN NEW.decided_by_id = decided.author_id AND NEW.decided_by_id IS DISTINCT FROM NEW.subject_id
        THEN 'decision_is_not_by_its_author'
      WHEN NEW.stage = 'appeal' AND EXISTS (
        SELECT FROM casework_decision
        WHERE case_id = NEW.case_id AND decided_by_id = NEW.decided_by_id
      ) THEN 'decision_on_appeal_is_by_somebody_new'
      ELSE casework_decision_conflict(NEW.stage, NEW.decided_by_id, NEW.subject_id)
    END;
  END IF;
  IF broken <> '' THEN
    RAISE EXCEPTION USING
      ERRCODE = 'check_violation',
      CONSTRAINT = broken,
      TABLE = TG_TABLE_NAME,
      SCHEMA = TG_TABLE_SCHEMA,
      MESSAGE = CASE broken
        WHEN 'decision_is_never_changed'
          THEN 'A decision is never changed; reopen the case to decide again.'
        WHEN 'decision_is_about_the_subject_of_its_case'
          THEN 'A decision is about the subject of its case.'
        WHEN 'decision_is_of_the_round_of_its_case'
          THEN 'A decision belongs to the round in which its case stands.'
        WHEN 'decision_is_not_by_its_author'
          THEN 'Whoever typed an entry does not decide it.'
        WHEN 'decision_on_appeal_is_by_somebody_new'
          THEN 'An appeal is heard by somebody who has not decided the case before.'
        WHEN 'decision_of_supervisor_is_by_line_manager'
          THEN 'Only the subject''s line manager decides as their supervisor.'
        WHEN 'decision_is_not_by_its_subject'
          THEN 'Nobody decides about themselves.'
        ELSE 'Nobody decides about somebody above or below them in their line of management.'
      END;
  END IF;
  RETURN NEW;
END
$$
"""

TRIGGER = """
CREATE TRIGGER decision_keeps_duties_apart BEFORE INSERT OR UPDATE ON casework_decision
FOR EACH ROW EXECUTE FUNCTION casework_check_decision()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_imports_previewed'),
        ('people', '0003_scope'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='with_outside_decider',
            field=models.BooleanField(default=False, help_text='Nobody inside may decide it; judged when it was opened and at each new round.'),
        ),
        migrations.RunSQL(
            DECISION_CONFLICT, "DROP FUNCTION casework_decision_conflict(text, bigint, bigint)"
        ),
        migrations.RunSQL(CHECK_DECISION, "DROP FUNCTION casework_check_decision()"),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER decision_keeps_duties_apart ON casework_decision"
        ),
    ]
