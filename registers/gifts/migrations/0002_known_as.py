"""What the force’s records said a provider was, when its offer was declared; of those there are, nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_imports_in_background'),
        ('gifts', '0001_initial'),
        ('organisations', '0004_suggested_by_a_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='known_as',
            field=models.CharField(blank=True, choices=[('public', 'Member of the public'), ('local_business', 'Local business'), ('contractor', 'Current contractor'), ('prospective_supplier', 'Prospective supplier'), ('media', 'Media'), ('partner', 'Partner agency'), ('police', 'Other police force'), ('foreign', 'Foreign government'), ('union', 'Trade union or staff association'), ('charity', 'Charity'), ('unknown', 'Not known')], db_default='', default='', help_text='What the force’s records said the provider was, whatever was ticked.', max_length=20),
        ),
        migrations.AddField(
            model_name='offer',
            name='known_because',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('known_as', ''), ('known_because', '')), models.Q(models.Q(('known_as', ''), _negated=True), models.Q(('known_because', ''), _negated=True)), _connector='OR'), name='offer_known_as_says_why'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('known_as', ''), models.Q(('known_as__in', ('contractor', 'prospective_supplier')), ('provider_organisation__isnull', False)), _connector='OR'), name='offer_known_as_is_of_an_organisation_that_supplies'),
        ),
    ]
