"""Lines that editors decided on become rows of their own, with the lines that were counted."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from newsdesk.pipeline.cleaning.profile import fold_line


def carry_over(apps, schema_editor):
    SourceLine = apps.get_model("articles", "SourceLine")
    HistoricalSourceLine = apps.get_model("articles", "HistoricalSourceLine")
    for source in apps.get_model("articles", "Source").objects.all():
        decided = {fold_line(text): (text, "always") for text in source.always_cut}
        decided |= {fold_line(text): (text, "never") for text in source.never_cut}  # which always came first
        for line, (text, decision) in decided.items():
            if not line:
                continue
            row = SourceLine.objects.create(source=source, line=line, text=text, decision=decision)
            HistoricalSourceLine.objects.create(
                id=row.pk,
                source=source,
                line=line,
                text=text,
                decision=decision,
                history_date=timezone.now(),
                history_type="+",
                history_change_reason="carried over from the lists of the source",
            )


def carry_back(apps, schema_editor):
    SourceLine = apps.get_model("articles", "SourceLine")
    for source in apps.get_model("articles", "Source").objects.all():
        lines = SourceLine.objects.filter(source=source)
        source.always_cut = list(lines.filter(decision="always").values_list("text", flat=True))
        source.never_cut = list(lines.filter(decision="never").values_list("text", flat=True))
        source.save()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_cut_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='profiled',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='articles when its lines were counted'),
        ),
        migrations.AddField(
            model_name='source',
            name='profiled_different',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='different ones among them'),
        ),
        migrations.CreateModel(
            name='HistoricalSourceLine',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('line', models.CharField(editable=False, max_length=300)),
                ('text', models.TextField(verbose_name='line')),
                ('decision', models.CharField(blank=True, choices=[('', 'by evidence'), ('always', 'always cut'), ('never', 'never cut')], default='', max_length=6, verbose_name='decision')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='articles.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'historical line of a source',
                'verbose_name_plural': 'historical lines of sources',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SourceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(editable=False, max_length=300)),
                ('text', models.TextField(verbose_name='line')),
                ('articles', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='articles that have it')),
                ('decision', models.CharField(blank=True, choices=[('', 'by evidence'), ('always', 'always cut'), ('never', 'never cut')], default='', max_length=6, verbose_name='decision')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='articles.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'line of a source',
                'verbose_name_plural': 'lines of sources',
                'ordering': (models.OrderBy(models.F('articles'), descending=True, nulls_last=True), 'pk'),
                'constraints': [models.UniqueConstraint(fields=('source', 'line'), name='one_row_a_line')],
            },
        ),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField(
            model_name='historicalsource',
            name='always_cut',
        ),
        migrations.RemoveField(
            model_name='historicalsource',
            name='never_cut',
        ),
        migrations.RemoveField(
            model_name='source',
            name='always_cut',
        ),
        migrations.RemoveField(
            model_name='source',
            name='never_cut',
        ),
    ]
