from django.db import migrations, models

from newsdesk.annotations.kinds import add_kinds


def fill(apps, schema_editor):
    """Notes that are there already point to them."""
    add_kinds(using=schema_editor.connection.alias, apps=apps)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_visibility")]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("slug", models.SlugField(primary_key=True, serialize=False, verbose_name="slug")),
                ("name_en", models.CharField(max_length=50, verbose_name="name in English")),
                ("name_ru", models.CharField(max_length=50, verbose_name="name in Russian")),
                (
                    "look",
                    models.CharField(
                        choices=[
                            ("blue", "blue, dotted line"),
                            ("green", "green, solid line"),
                            ("red", "red, wavy line"),
                            ("violet", "violet, dashed line"),
                            ("grey", "grey, double line"),
                        ],
                        default="blue",
                        max_length=6,
                        verbose_name="look",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "kind of note",
                "verbose_name_plural": "kinds of notes",
                "ordering": ("position", "slug"),
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
