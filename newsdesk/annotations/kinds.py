"""The kinds of notes that a desk comes with. They are rows: the admin changes them, and adds others."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

KINDS = (
    ("quote", "quote", "цитата", "green"),
    ("claim", "claim", "утверждение", "violet"),
    ("doubt", "doubt", "сомнение", "red"),
    ("context", "context", "контекст", "grey"),
    ("note", "note", "заметка", "blue"),
)


def add_kinds(using: str = "default", apps: Any = installed, **_: Any) -> None:
    """After a migration, where there are none: a desk that was emptied has them again."""
    try:
        kinds = apps.get_model("annotations", "Kind").objects.using(using)
    except LookupError:  # another app was migrated alone
        return
    if not kinds.exists():
        kinds.bulk_create(
            kinds.model(slug=slug, name_en=name_en, name_ru=name_ru, look=look, position=position)
            for position, (slug, name_en, name_ru, look) in enumerate(KINDS, 1)
        )
