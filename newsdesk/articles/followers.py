"""What points into a body follows it when it changes, in the same transaction.

The store knows nothing of what is built on articles, so what must follow says so here: the only place where it calls back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

Followed = Counter[str]
Follower = Callable[[Sequence[int]], Followed]

FOLLOWERS: list[Follower] = []  # each is given ids of articles, and counts what became of what points into them


def follow(ids: Sequence[int]) -> Followed:
    followed = Followed()
    for follower in FOLLOWERS:
        followed.update(follower(ids))
    return followed
