"""What oversight counts: the tables, what each case counts as, and what keeps it so."""

import django.db.models.deletion
from django.db import migrations, models

from registers.oversight.keeping import sql, triggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0007_subject_band'),
        ('people', '0008_rank_band'),
        ('gifts', '0002_known_as'),
        ('business_interests', '0001_initial'),
        ('media_contacts', '0001_initial'),
        ('investigations', '0002_concern_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.CharField(help_text='The group of ranks; empty: not known.', max_length=16)),
                ('confidential', models.BooleanField()),
                ('counted_on', models.DateField(help_text='The day, in London, on which it counts.')),
                ('measure', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=120)),
                ('n', models.BigIntegerField()),
                ('pounds', models.DecimalField(decimal_places=2, max_digits=16)),
                ('force', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.force')),
                ('oversight_body', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.oversightbody')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField()),
                ('case_id', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('transaction', 'case_id'), name='case_is_touched_once_a_transaction')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.CharField(max_length=16)),
                ('confidential', models.BooleanField()),
                ('counted_on', models.DateField()),
                ('measure', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=120)),
                ('n', models.BigIntegerField()),
                ('pounds', models.DecimalField(decimal_places=2, max_digits=16)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='casework.case')),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.force')),
                ('oversight_body', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.oversightbody')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['force', 'measure', 'counted_on'], name='fact_behind_a_figure'), models.Index(fields=['unit', 'measure', 'counted_on'], name='fact_of_a_unit'), models.Index(condition=models.Q(('oversight_body__isnull', False)), fields=['oversight_body', 'measure', 'counted_on'], name='fact_of_a_body')],
                'constraints': [models.UniqueConstraint(fields=('case', 'measure', 'key', 'counted_on'), name='fact_is_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.CharField(choices=[('month', 'Month'), ('year', 'Year from April')], max_length=5)),
                ('starts_on', models.DateField()),
                ('band', models.CharField(default='*', max_length=16)),
                ('confidential', models.BooleanField()),
                ('measure', models.CharField(max_length=30)),
                ('key', models.CharField(max_length=120)),
                ('n', models.BigIntegerField()),
                ('pounds', models.DecimalField(decimal_places=2, max_digits=16)),
                ('force', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.force')),
                ('oversight_body', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.oversightbody')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('force', 'oversight_body', 'grain', 'band', 'starts_on', 'measure', 'key', 'confidential'), name='tally_is_kept_once', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(sql("facts.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(sql("keeping.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
    ]
