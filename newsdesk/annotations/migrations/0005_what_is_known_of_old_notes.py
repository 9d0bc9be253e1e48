from django.db import migrations
from django.db.models import Q

from newsdesk.annotations.models import stems_of


def fill(apps, schema_editor):
    """Where their passages stand was found when they were read; from now on it is stored."""
    notes = apps.get_model("annotations", "Annotation").objects.using(schema_editor.connection.alias)
    notes.filter(start__isnull=False).update(anchored="exact", score=1.0)
    notes.filter(Q(start=None) & ~Q(exact="")).update(anchored="orphaned")
    for note in notes.iterator():
        note.stems = stems_of(f"{note.exact}\n{note.body}")
        note.save(update_fields=["stems"])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0004_passages_replies_review")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
