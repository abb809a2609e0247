from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_confidential'),
    ]

    operations = [
        migrations.AddField(
            model_name='importupload',
            name='queued_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='importupload',
            name='heard_at',
            field=models.DateTimeField(help_text='When the worker last said how far it is.', null=True),
        ),
        migrations.AddField(
            model_name='importupload',
            name='rows_done',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='importupload',
            name='rows_in_all',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='importupload',
            name='problem',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='importupload',
            constraint=models.CheckConstraint(condition=models.Q(('queued_at__isnull', True), ('heard_at__isnull', False), _connector='OR'), name='import_upload_in_the_queue_was_heard_of'),
        ),
    ]
