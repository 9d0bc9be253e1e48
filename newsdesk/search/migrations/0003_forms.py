"""The words of the corpus, from the texts that are indexed already."""

from django.db import migrations, models

from newsdesk.search import vocabulary, words


def learn(apps, schema_editor):
    rows = apps.get_model("search", "Words").objects.order_by("pk").values_list("words", flat=True)
    batch = []
    for packed in rows.iterator(chunk_size=300):
        batch.append(words.unpack(bytes(packed)))
        if len(batch) == 300:
            vocabulary.learn(batch)
            batch = []
    vocabulary.learn(batch)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_fulltext")]

    operations = [
        migrations.CreateModel(
            name="Form",
            fields=[
                ("form", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("start", models.CharField(max_length=2)),
            ],
            options={"indexes": [models.Index(fields=["start", "form"], name="forms_by_start")]},
        ),
        migrations.RunPython(learn, migrations.RunPython.noop),
    ]
