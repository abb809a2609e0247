"""Confidential cases, and referrals that need no case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was referred before keeps its case's force and person; its source becomes a word of the list.
REFERRED_BEFORE = """
UPDATE casework_referral r
SET force_id = c.force_id, oversight_body_id = c.oversight_body_id, person_id = c.subject_id,
    about = r.source || ' (' || c.reference || ')',
    source = CASE r.source WHEN 'Check of a condition' THEN 'condition_check' ELSE 'follow_up' END
FROM casework_case c WHERE c.id = r.case_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_referral'),
        ('people', '0006_confidential'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE casework_confidential_reference",
            "DROP SEQUENCE casework_confidential_reference",
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_declared_has_subject_and_author',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='taken_at',
        ),
        migrations.AddField(
            model_name='case',
            name='confidential',
            field=models.BooleanField(default=False, help_text='Only PSD may know that it exists: an investigation.'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='audience',
            field=models.CharField(choices=[('case', 'Everyone who may read the case'), ('psd', 'PSD alone')], default='case', help_text='Who may read it.', max_length=8),
        ),
        migrations.AddField(
            model_name='draft',
            name='opened_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts_opened', to='casework.case'),
        ),
        migrations.AddField(
            model_name='referral',
            name='about',
            field=models.CharField(default='', help_text='What it is about, in a line.', max_length=200),
        ),
        migrations.AddField(
            model_name='referral',
            name='force',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='people.force'),
        ),
        migrations.AddField(
            model_name='referral',
            name='oversight_body',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='people.oversightbody'),
        ),
        migrations.AddField(
            model_name='referral',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='suggests',
            field=models.CharField(blank=True, help_text='The sort of breach, as whoever refers it takes it.', max_length=40),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('decide', 'Decide'), ('answer_question', 'Answer a question'), ('answer_challenge', 'Answer a challenge'), ('dispose_challenge', 'Close a challenge'), ('peer_review', 'Give a peer review'), ('confirm', 'Confirm an entry made for you'), ('record_outcome', 'Say what happened'), ('act', 'Do what PSD asked'), ('assess', 'Give a view before the decision'), ('papers', 'Send papers for an appeal'), ('hear_appeal', 'Decide an appeal'), ('check_condition', 'Check a condition'), ('follow_up', 'Follow a refusal up'), ('review', 'Review'), ('answer_review', 'Answer a review'), ('assess_review', 'Give a view on a review'), ('acknowledge', 'Acknowledge'), ('declare_offer', 'Declare what was offered'), ('recheck', 'Look again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='referral',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='casework.case'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(REFERRED_BEFORE),
        migrations.AlterField(
            model_name='referral',
            name='about',
            field=models.CharField(help_text='What it is about, in a line.', max_length=200),
        ),
        migrations.AlterField(
            model_name='referral',
            name='source',
            field=models.CharField(choices=[('leak_flag', 'Possible leak flagged'), ('challenge', 'Challenge'), ('condition_check', 'Check of a condition'), ('follow_up', 'Follow-up of a refusal'), ('decision', 'Decision on an entry'), ('cross_check', 'Cross-check'), ('person', 'Referral by a person'), ('anonymous', 'Anonymous report')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'imported'), ('confidential', True), models.Q(('author__isnull', False), ('subject__isnull', False)), _connector='OR'), name='case_declared_has_subject_and_author'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('confidential', False), ('author__isnull', True), _connector='OR'), name='case_confidential_is_nobodys_entry'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('force__isnull', False), ('oversight_body__isnull', False), _connector='XOR'), name='referral_belongs_to_force_or_oversight_body'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='referral_says_what'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('made_by__isnull', False), ('source', 'anonymous'), _connector='XOR'), name='referral_is_by_somebody_or_anonymous'),
        ),
    ]
