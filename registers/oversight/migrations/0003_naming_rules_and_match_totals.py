"""Whether chief officers are named, and how many matches boards may know of."""

import django.db.models.deletion
from django.db import migrations, models

from registers.oversight.keeping import sql


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0002_counted'),
        ('people', '0009_unit_head'),
        ('crosschecks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(help_text='It holds for entries about this day and later ones.')),
                ('to_the_board', models.BooleanField(default=True, verbose_name='chief officers are named to the board')),
                ('in_public', models.BooleanField(default=True, verbose_name='chief officers are named in public')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='naming_rules', to='people.force')),
            ],
            options={
                'ordering': ['force', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('force', 'effective_from'), name='naming_rule_takes_effect_once_a_day'), models.CheckConstraint(condition=models.Q(('in_public', False), ('to_the_board', True), _connector='OR'), name='naming_rule_tells_the_board_what_the_public_is_told')],
            },
        ),
        migrations.RunSQL(
            sql('matches.sql'),
            'DROP FUNCTION oversight_match_totals; DROP FUNCTION oversight_matches_of',
        ),
    ]
