"""A shelf for each language: Wagtail's own first page becomes the French one."""

from uuid import UUID

from django.db import migrations

TITLES = {"fr": "Ressources", "en": "Resources"}
KEY = UUID("b1f5b0f0-8c5e-4a8e-9d43-0d6b2a7c9e11")  # both are one page in two languages


def make(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    Shelf = apps.get_model("awareness_publications", "Shelf")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _ = ContentType.objects.get_or_create(app_label="awareness_publications", model="shelf")
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=1).update(locale=Locale.objects.get_or_create(language_code="fr")[0])
    first = Page.objects.get(depth=2)
    for place, (language, title) in enumerate(TITLES.items(), start=1):
        told = {
            "path": f"{root.path}{place:04d}",
            "depth": 2,
            "numchild": 0,
            "title": title,
            "draft_title": title,
            "slug": language,
            "url_path": f"/{language}/",
            "content_type": kind,
            "locale": Locale.objects.get_or_create(language_code=language)[0],
            "translation_key": KEY,
            "live": True,
            "has_unpublished_changes": False,
        }
        if first is not None:
            Page.objects.filter(pk=first.pk).update(**told)
            Shelf(page_ptr_id=first.pk).save_base(raw=True)
            first = None
        else:
            page = Page.objects.create(**told)
            Shelf(page_ptr_id=page.pk).save_base(raw=True)
    Page.objects.filter(depth=1).update(numchild=len(TITLES))
    # Wagtail warns of pages beside its site: both shelves are in it.
    apps.get_model("wagtailcore", "Site").objects.update(root_page=root)


class Migration(migrations.Migration):
    dependencies = [
        ("awareness_publications", "0001_publications"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
