"""Files of pages that were public before files were named: everyone may go on having them."""

import re
from urllib.parse import unquote

from django.db import migrations

# As rows had them before they are drawn again; which is then, page by page, what is named for good.
_FILE = re.compile(r'/media/([\w.~/%-]+)', re.ASCII)


def name(apps, schema_editor):
    """Name the files of each public row that names none yet."""
    Published = apps.get_model('awareness_publications', 'Published')
    PublicFile = apps.get_model('awareness_publications', 'PublicFile')
    for row in Published.objects.filter(files=None).iterator():
        told = (row.picture, row.srcset, row.html, row.paper.get('address', ''), row.video.get('film', ''))
        names = sorted({unquote(name) for text in told for name in _FILE.findall(text)})
        PublicFile.objects.bulk_create([PublicFile(page=row, name=each) for each in names], ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('awareness_publications', '0006_public_files'),
    ]

    operations = [
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
