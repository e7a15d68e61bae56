"""Kits, films and series; reviews, translations, earlier addresses; what was withdrawn and harvested."""

import balise.awareness.publications.models.captions
import balise.awareness.publications.models.codes
import django.db.models.deletion
import uuid
import wagtail.fields
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
        ('awareness_publications', '0003_kinds_of_pages'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('slug', models.SlugField(max_length=255)),
                ('page_id', models.BigIntegerField(db_index=True)),
            ],
        ),
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
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_id', models.BigIntegerField()),
                ('key', models.UUIDField(db_index=True)),
                ('language', models.CharField(max_length=10)),
                ('number', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('folder', models.CharField(max_length=120)),
                ('zip_name', models.CharField(max_length=100)),
                ('zip_bytes', models.PositiveBigIntegerField()),
                ('zip_sha256', models.CharField(max_length=64)),
                ('manifest', models.JSONField()),
                ('told', models.JSONField()),
            ],
            options={
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kit', models.UUIDField(db_index=True)),
                ('language', models.CharField(max_length=10)),
                ('known_by', models.BinaryField(db_index=True, max_length=16)),
                ('sealed', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Harvested',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=500)),
                ('identifier', models.CharField(max_length=500)),
                ('changed', models.CharField(max_length=20)),
                ('page', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Kit',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(verbose_name='text')),
                ('keywords', models.CharField(blank=True, help_text='Other words that people type. They are not shown.', max_length=300, verbose_name='search words')),
                ('audience', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='audience', verbose_name='for whom')),
                ('age', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='age', verbose_name='age of the child')),
                ('topic', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='topic', verbose_name='topics')),
                ('access', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='access', verbose_name='accessibility')),
                ('minutes', models.PositiveSmallIntegerField(default=0, help_text='How long it takes; 0 where it is not said.', verbose_name='minutes')),
                ('publisher', balise.awareness.publications.models.codes.CodeField(default='awareness', facet='publisher', max_length=40, verbose_name='published by')),
                ('licence', balise.awareness.publications.models.codes.CodeField(default='CC-BY-4.0', facet='licence', max_length=40, verbose_name='licence')),
                ('produced_by', models.CharField(blank=True, max_length=200, verbose_name='produced by')),
                ('made_with', models.CharField(blank=True, max_length=200, verbose_name='made with')),
                ('supported_by', models.CharField(blank=True, max_length=200, verbose_name='with the support of')),
                ('reviewed_on', models.DateField(blank=True, help_text='The day someone checked its facts.', null=True, verbose_name='last review')),
                ('review_on', models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review')),
                ('parts', wagtail.fields.StreamField([('page', 4), ('file', 6)], block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('workshop', 'Workshop'), ('guide', 'Guide for the adult'), ('sheet', 'Sheet'), ('family', 'For the family'), ('memo', 'Memo for pupils'), ('evaluation', 'Evaluation')], 'label': 'what it is'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty for the title of the page or file.', 'label': 'title', 'max_length': 120, 'required': False}), 2: ('wagtail.blocks.IntegerBlock', (), {'default': 0, 'label': 'minutes', 'max_value': 600, 'min_value': 0, 'required': False}), 3: ('wagtail.blocks.PageChooserBlock', (), {'label': 'page'}), 4: ('wagtail.blocks.StructBlock', [[('what', 0), ('title', 1), ('minutes', 2), ('page', 3)]], {}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'file'}), 6: ('wagtail.blocks.StructBlock', [[('what', 0), ('title', 1), ('minutes', 2), ('file', 5)]], {})}, verbose_name='parts')),
                ('version', models.PositiveSmallIntegerField(default=1, help_text='A version that is published does not change: raise it to make new files.', verbose_name='version')),
                ('changes', models.TextField(blank=True, help_text='Since the version before. One change a line.', verbose_name='what changed')),
                ('after', models.TextField(help_text='What the adult says and does. One step a line; the numbers are added.', verbose_name='after this lesson a child may talk')),
                ('level', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='level', verbose_name='school level')),
                ('competence', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='competence', verbose_name='competences')),
            ],
            options={
                'verbose_name': 'kit',
                'verbose_name_plural': 'kits',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(verbose_name='text')),
                ('keywords', models.CharField(blank=True, help_text='Other words that people type. They are not shown.', max_length=300, verbose_name='search words')),
                ('audience', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='audience', verbose_name='for whom')),
                ('age', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='age', verbose_name='age of the child')),
                ('topic', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='topic', verbose_name='topics')),
                ('access', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='access', verbose_name='accessibility')),
                ('minutes', models.PositiveSmallIntegerField(default=0, help_text='How long it takes; 0 where it is not said.', verbose_name='minutes')),
                ('publisher', balise.awareness.publications.models.codes.CodeField(default='awareness', facet='publisher', max_length=40, verbose_name='published by')),
                ('licence', balise.awareness.publications.models.codes.CodeField(default='CC-BY-4.0', facet='licence', max_length=40, verbose_name='licence')),
                ('produced_by', models.CharField(blank=True, max_length=200, verbose_name='produced by')),
                ('made_with', models.CharField(blank=True, max_length=200, verbose_name='made with')),
                ('supported_by', models.CharField(blank=True, max_length=200, verbose_name='with the support of')),
                ('reviewed_on', models.DateField(blank=True, help_text='The day someone checked its facts.', null=True, verbose_name='last review')),
                ('review_on', models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='made_from', serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('revision', models.BigIntegerField()),
                ('checked_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Video',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(verbose_name='text')),
                ('keywords', models.CharField(blank=True, help_text='Other words that people type. They are not shown.', max_length=300, verbose_name='search words')),
                ('audience', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='audience', verbose_name='for whom')),
                ('age', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='age', verbose_name='age of the child')),
                ('topic', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='topic', verbose_name='topics')),
                ('access', balise.awareness.publications.models.codes.CodesField(blank=True, default=list, facet='access', verbose_name='accessibility')),
                ('minutes', models.PositiveSmallIntegerField(default=0, help_text='How long it takes; 0 where it is not said.', verbose_name='minutes')),
                ('publisher', balise.awareness.publications.models.codes.CodeField(default='awareness', facet='publisher', max_length=40, verbose_name='published by')),
                ('licence', balise.awareness.publications.models.codes.CodeField(default='CC-BY-4.0', facet='licence', max_length=40, verbose_name='licence')),
                ('produced_by', models.CharField(blank=True, max_length=200, verbose_name='produced by')),
                ('made_with', models.CharField(blank=True, max_length=200, verbose_name='made with')),
                ('supported_by', models.CharField(blank=True, max_length=200, verbose_name='with the support of')),
                ('reviewed_on', models.DateField(blank=True, help_text='The day someone checked its facts.', null=True, verbose_name='last review')),
                ('review_on', models.DateField(blank=True, help_text='Left empty: a year after the last review.', null=True, verbose_name='next review')),
                ('outside', models.URLField(blank=True, help_text='The address of its page. Readers go there after a press, never before.', verbose_name='film at another site')),
                ('captions', balise.awareness.publications.models.captions.CaptionsField(blank=True, default=dict, help_text='WebVTT. What is said, who says it, and sounds that matter.', verbose_name='captions')),
                ('described', models.BooleanField(default=False, help_text='Then no transcript is needed.', verbose_name='captions also say what is seen')),
                ('transcript', models.TextField(blank=True, help_text='All that is said and seen, as a text to read.', verbose_name='transcript')),
                ('chapters', models.TextField(blank=True, help_text='A line each: “0:42 The garden”. Or WebVTT.', verbose_name='chapters')),
                ('episode', models.PositiveSmallIntegerField(default=0, verbose_name='episode')),
            ],
            options={
                'verbose_name': 'video',
                'verbose_name_plural': 'videos',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Withdrawn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('language', models.CharField(max_length=10)),
                ('slug', models.SlugField(max_length=255)),
                ('sets', models.JSONField(default=list)),
                ('gone_at', models.DateTimeField(db_index=True)),
            ],
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
            name='episode',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='published',
            name='part_of',
            field=models.SlugField(blank=True, max_length=255),
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
            model_name='published',
            name='video',
            field=models.JSONField(default=dict),
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
        migrations.AddIndex(
            model_name='published',
            index=models.Index(condition=models.Q(('part_of', ''), _negated=True), fields=['language', 'part_of'], name='episodes_of_a_series'),
        ),
        migrations.AddConstraint(
            model_name='address',
            constraint=models.UniqueConstraint(fields=('language', 'slug'), name='an_address_of_one_page'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('page_id', 'number'), name='one_edition_of_a_version'),
        ),
        migrations.AddConstraint(
            model_name='harvested',
            constraint=models.UniqueConstraint(fields=('source', 'identifier'), name='a_record_is_harvested_once'),
        ),
        migrations.AddField(
            model_name='kit',
            name='easy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='easy-to-read page'),
        ),
        migrations.AddField(
            model_name='kit',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awareness_publications.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='series',
            name='easy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='easy-to-read page'),
        ),
        migrations.AddField(
            model_name='series',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awareness_publications.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='translation',
            name='original',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations_of', to=settings.WAGTAIL_PAGE_MODEL),
        ),
        migrations.AddField(
            model_name='video',
            name='easy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='easy-to-read page'),
        ),
        migrations.AddField(
            model_name='video',
            name='film',
            field=models.ForeignKey(blank=True, help_text='A WebM or MP4 file of at most 200 MB.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awareness_publications.paper', verbose_name='film'),
        ),
        migrations.AddField(
            model_name='video',
            name='part_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='awareness_publications.series', verbose_name='series'),
        ),
        migrations.AddField(
            model_name='video',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awareness_publications.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='video',
            name='sheet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awareness_publications.paper', verbose_name='family sheet to print'),
        ),
        migrations.AddConstraint(
            model_name='withdrawn',
            constraint=models.UniqueConstraint(fields=('key', 'language'), name='a_page_is_withdrawn_once_a_language'),
        ),
        migrations.RunPython(begin_review, migrations.RunPython.noop),
    ]
