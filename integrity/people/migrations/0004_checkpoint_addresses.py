import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_scope'),
    ]

    operations = [
        migrations.AddField(
            model_name='force',
            name='checkpoint_addresses',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), blank=True, default=list, help_text='One to a line. Each morning the newest signed checkpoint of the force’s ledger goes to them: choose people outside, such as the oversight body, who keep it.', size=None, verbose_name='addresses to which checkpoints are mailed'),
        ),
    ]
