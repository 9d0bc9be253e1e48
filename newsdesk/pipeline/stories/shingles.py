"""Which articles have a shingle, in arrays: a tenth of the memory of a dictionary of lists."""

from __future__ import annotations

from array import array

SMALLEST = 1 << 12


class Shingles:
    """Chains of entries by the lower bits of a shingle (a hash of 32 bits), an entry being 16 bytes.

    A shingle takes in no more articles than ``most``: those that more have tell nothing apart.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._shingles, self._articles, self._next = array("I", [0]), array("I", [0]), array("I", [0])
        self._heads = array("I", bytes(4 * SMALLEST))

    def add(self, shingle: int, article: int) -> None:
        if len(self.find(shingle)) >= self.most:
            return
        if len(self._shingles) > len(self._heads):
            self._widen()
        slot = shingle & (len(self._heads) - 1)
        self._shingles.append(shingle)
        self._articles.append(article)
        self._next.append(self._heads[slot])
        self._heads[slot] = len(self._shingles) - 1

    def find(self, shingle: int) -> list[int]:
        found = []
        at = self._heads[shingle & (len(self._heads) - 1)]
        while at:
            if self._shingles[at] == shingle:
                found.append(self._articles[at])
            at = self._next[at]
        return found

    def _widen(self) -> None:
        self._heads = array("I", bytes(8 * len(self._heads)))
        mask = len(self._heads) - 1
        for at in range(1, len(self._shingles)):
            slot = self._shingles[at] & mask
            self._next[at] = self._heads[slot]
            self._heads[slot] = at
