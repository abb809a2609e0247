"""Whatever was declared before oversight counted is counted now."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("oversight", "0001_initial")]

    operations = [migrations.RunSQL("SELECT oversight_rebuild()", migrations.RunSQL.noop)]
