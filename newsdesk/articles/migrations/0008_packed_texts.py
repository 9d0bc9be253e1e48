"""Raw texts are compressed, as earlier versions of them already were: a third of the bytes."""

from django.db import migrations, models
from django.utils.translation import gettext_lazy as _

from newsdesk.articles.fields import PackedTextField

BATCH = 500


def convert(apps, old, new):
    """Row by row from one column to the other."""
    ArticleText = apps.get_model("articles", "ArticleText")
    last = 0
    while rows := list(ArticleText.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in rows:
            setattr(row, new, getattr(row, old))
        ArticleText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=[new])
        last = rows[-1].pk


def pack(apps, schema_editor):
    convert(apps, "raw_text", "packed")


def unpack(apps, schema_editor):
    convert(apps, "packed", "raw_text")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_markup'),
    ]

    operations = [
        migrations.AddField(
            model_name='articletext',
            name='packed',
            field=PackedTextField(default=""),
            preserve_default=False,
        ),
        migrations.AlterField(  # backwards it needs a default
            model_name='articletext',
            name='raw_text',
            field=models.TextField(default=""),
        ),
        migrations.RunPython(pack, unpack),
        migrations.RemoveField(
            model_name='articletext',
            name='raw_text',
        ),
        migrations.RenameField(
            model_name='articletext',
            old_name='packed',
            new_name='raw_text',
        ),
        migrations.AlterField(
            model_name='articletext',
            name='raw_text',
            field=PackedTextField(_('raw text')),
        ),
        migrations.AlterField(
            model_name='articleversion',
            name='raw_text',
            field=PackedTextField(),
        ),
    ]
