"""Reviews, translations, addresses that a page had, and the sizes of its picture."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REVIEW = "Relecture – Review"  # one name for both languages: Wagtail translates none of its own


def begin_review(apps, schema_editor):
    """One review for all pages: a head of awareness approves. Wagtail's own is for its groups."""
    apps.get_model("wagtailcore", "Workflow").objects.update(active=False)
    apps.get_model("wagtailcore", "Task").objects.update(active=False)
    of = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = of.get_or_create(app_label="awareness_publications", model="approval")
    Approval = apps.get_model("awareness_publications", "Approval")
    approval = Approval.objects.create(name=REVIEW, content_type=kind)
    review = apps.get_model("wagtailcore", "Workflow").objects.create(name=REVIEW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=review, task_id=approval.task_ptr_id, sort_order=0
    )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=root, defaults={"workflow": review}
    )


class Migration(migrations.Migration):

    dependencies = [
        ('awareness_publications', '0006_withdrawn'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'approval',
                'verbose_name_plural': 'approvals',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.AddField(
            model_name='article',
            name='review_on',
            field=models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='review_on',
            field=models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review'),
        ),
        migrations.AddField(
            model_name='news',
            name='review_on',
            field=models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review'),
        ),
        migrations.AddField(
            model_name='published',
            name='behind',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='published',
            name='review_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='published',
            name='srcset',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='questions',
            name='review_on',
            field=models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review'),
        ),
        migrations.AddField(
            model_name='resource',
            name='review_on',
            field=models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review'),
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('slug', models.SlugField(max_length=255)),
                ('page_id', models.BigIntegerField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'slug'), name='an_address_of_one_page')],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='made_from', serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('revision', models.BigIntegerField()),
                ('checked_at', models.DateTimeField()),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations_of', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
        ),
        migrations.RunPython(begin_review, migrations.RunPython.noop),
    ]
