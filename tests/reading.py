"""A reader in a process of their own: python -m tests.reading FILE. Asks for pages until FILE is there, and prints how
many were answered with which status."""

import json
import sys
from collections import Counter
from pathlib import Path

import django

PAGES = ("/articles/", "/articles/?q=con&language=en", "/articles/?fold=1", "/articles/1/")


def main(done: Path) -> None:
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("reader"))
    answers = Counter(client.get(url).status_code for url in PAGES)
    print("reading", flush=True)
    while not done.exists():
        answers.update(client.get(url).status_code for url in PAGES)
    print(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
