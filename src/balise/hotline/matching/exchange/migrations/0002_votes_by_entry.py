from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hotline_hashes", "0001_initial")]

    operations = [migrations.DeleteModel(name="Matched")]
