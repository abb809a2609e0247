from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crosschecks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='cursor',
            name='shared_entry',
            field=models.BigIntegerField(default=0, help_text="The same of the installation's own: organisations and their merges."),
        ),
    ]
