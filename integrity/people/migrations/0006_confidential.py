"""Who may know of confidential cases, for row-level security."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_post_and_hours'),
    ]

    operations = [
        migrations.RunSQL((SQL / "confidential.sql").read_text()),
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('psd_reviewer', 'PSD reviewer'), ('psd_head', 'Head of PSD (appropriate officer)'), ('register_owner', 'Register owner'), ('integrity_lead', 'Senior lead for integrity'), ('governance_member', 'Governance member'), ('inspector', 'Inspector or auditor'), ('force_administrator', 'Force administrator'), ('hr', 'HR'), ('vetting', 'Vetting'), ('acting_chief_officer', 'Acting head of the force, for appeals'), ('press_office', 'Press office'), ('investigation_inspector', 'Inspector of investigations')], max_length=24),
        ),
    ]
