"""Fingerprints are compressed, and claims keep their letters as they are: half the bytes of both."""

from django.db import migrations, models

from newsdesk.articles.fields import PackedJSONField, PlainEncoder

BATCH = 500


def convert(apps, old, new):
    """Row by row from one column to the other; the claims are written anew by the way."""
    Claims = apps.get_model("articles", "Claims")
    last = 0
    while rows := list(Claims.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in rows:
            setattr(row, new, getattr(row, old))
        Claims.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=["claims", new])
        last = rows[-1].pk


def pack(apps, schema_editor):
    convert(apps, "fingerprint", "packed")


def unpack(apps, schema_editor):
    convert(apps, "packed", "fingerprint")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_collected_at_import'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='claims',
                    name='claims',
                    field=models.JSONField(default=dict, encoder=PlainEncoder),
                ),
            ],
        ),
        migrations.AddField(
            model_name='claims',
            name='packed',
            field=PackedJSONField(null=True),
        ),
        migrations.RunPython(pack, unpack),
        migrations.RemoveField(
            model_name='claims',
            name='fingerprint',
        ),
        migrations.RenameField(
            model_name='claims',
            old_name='packed',
            new_name='fingerprint',
        ),
        migrations.AlterField(
            model_name='claims',
            name='fingerprint',
            field=PackedJSONField(default=dict),
        ),
    ]
