"""Styles and scripts as `collectstatic` leaves them: our scripts in one file, comments and idle space out, hashed, compressed.

In development and in tests the files in static/ are served as they are, and the browser follows the imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDERS = ("css", "js")  # of static/; what packages bring stays as it came
MINIFIERS: dict[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}
IMPORT = re.compile(r'^import "\./([\w-]+\.js)";$', re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        ours = [] if dry_run else [name for name in paths if name.split("/")[0] in FOLDERS]
        made = {name: _minify(name, bundle(name, paths)) for name in ours}
        for name, content in made.items():
            served = Path(self.path(name))
            served.unlink()  # with `--link` it is our own file in static/
            served.write_bytes(content.encode())
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def bundle(name: str, paths: Paths) -> str:
    """The file, with each script that it imports in the place of the import, as a block: what a script declares stays its
    own, as in a module. Our scripts export nothing."""
    storage, path = paths[name]
    with storage.open(path) as file:
        content = file.read().decode()
    folder = PurePosixPath(name).parent
    return IMPORT.sub(lambda match: f"{{\n{bundle(str(folder / match[1]), paths)}}}", content)


def _minify(name: str, content: str) -> str:
    minify = MINIFIERS.get(PurePosixPath(name).suffix)
    return minify(content) if minify else content
