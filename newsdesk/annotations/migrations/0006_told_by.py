from django.db import migrations, models


def carry_over(apps, schema_editor):
    """What tells those that stood several times from each other is counted when they are next found surely."""
    notes = apps.get_model("annotations", "Annotation").objects.using(schema_editor.connection.alias)
    notes.filter(alone=True).update(told_by=0)


def carry_back(apps, schema_editor):
    notes = apps.get_model("annotations", "Annotation").objects.using(schema_editor.connection.alias)
    notes.filter(told_by=0).update(alone=True)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_what_is_known_of_old_notes")]

    operations = [
        migrations.AddField(
            model_name="annotation", name="told_by", field=models.PositiveSmallIntegerField(editable=False, null=True)
        ),
        migrations.RunPython(carry_over, carry_back),
        migrations.RemoveField(model_name="annotation", name="alone"),
    ]
