"""The floor: Django with no middleware, over the same database and index. See views.py."""

from pathlib import Path

from newsdesk.settings import *  # noqa: F403  (all else is as the site has it)

MIDDLEWARE = []
ROOT_URLCONF = "bench.bare.views"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent], "OPTIONS": {}}
]
