"""Settings for the tests: plain static files, a quick password hasher, PostgreSQL where TEST_DATABASE_URL says so."""

import os

os.environ.setdefault("SECRET_KEY", "for-the-tests-only-" + "x" * 40)
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("ANONYMOUS_READING", "true")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url

from newsdesk.settings import *  # noqa: F403  (the environment comes first)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
