"""Which bidders a published notice named: of an imported tender, all but those typed at the desk."""

from django.db import migrations, models

from integrity.audit.actions import acting
from integrity.audit.scope import everywhere

# The ledger says who was typed in: each with its tender and the name as it was written.
NAMED_BY_A_NOTICE = """
UPDATE procurement_bidder SET published = true
FROM procurement_tender tender
WHERE tender.id = procurement_bidder.tender_id AND tender.batch_id IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM audit_event event
    WHERE event.name = 'bidder added' AND event.about = 'tender' AND event.about_id = tender.id
      AND event.facts ->> 'bidder' = procurement_bidder.as_written
  )
"""


def say_who_is_published(apps, schema_editor):
    with everywhere(), acting("bidder published", by=None):
        schema_editor.execute(NAMED_BY_A_NOTICE)


class Migration(migrations.Migration):

    dependencies = [
        ('procurement', '0001_initial'),
        ('audit', '0004_sequence_by_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='bidder',
            name='published',
            field=models.BooleanField(db_default=False, default=False, help_text='Whether a published notice names them; whom procurement typed, nobody else knows.'),
        ),
        migrations.RunPython(say_who_is_published, migrations.RunPython.noop),
    ]
