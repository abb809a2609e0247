from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_compared'),
    ]

    operations = [
        migrations.AddField(
            model_name='mergesuggestion',
            name='named',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
    ]
