"""The loop over one document, and the executor over many."""

from __future__ import annotations

import itertools
import logging
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from newsdesk.language.tokens import forget_long_text
from newsdesk.pipeline.document import Document, RawDocument
from newsdesk.pipeline.stages import make_stages
from newsdesk.pipeline.vocabulary import Vocabulary

logger = logging.getLogger(__name__)
T = TypeVar("T")

BATCH = 32  # documents in one task: large enough to hide the cost of sending it, small enough to share the work out
AHEAD = 3  # batches in flight for each worker: what bounds the memory


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that a stage could not take: it is counted and named, and does not stop the run."""

    raw: RawDocument
    stage: str
    error: str


class Pipeline:
    """All stages in their order, built once from a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.stages = make_stages(vocabulary)

    def __call__(self, raw: RawDocument) -> Document | Failure:
        document = Document(raw)
        for name, stage in self.stages:
            try:
                document = stage(document)
            except Exception as error:  # whatever it is, the next document must not suffer
                logger.exception("stage %s failed on %s", name, raw.source_path or raw.id)
                return Failure(raw, name, f"{type(error).__name__}: {error}")
        forget_long_text()
        return document


def run(
    raws: Iterable[RawDocument],
    vocabulary: Vocabulary,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Iterator[Document | Failure]:
    """Every document through every stage, in the order given, lazily."""
    return run_to(_as_it_is, raws, vocabulary, workers=workers, executor=executor)


def run_to(
    finish: Callable[[Document], T],
    raws: Iterable[RawDocument],
    vocabulary: Vocabulary,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Iterator[T | Failure]:
    """Like `run`, with what ``finish`` makes of each document, in the process that ran the stages. So it must be a
    function that can be sent there.

    ``workers``: processes; 1 works in this process, None takes one a processor. ``executor``: any other
    `concurrent.futures.Executor`, such as a Dask cluster's. Few documents are not worth a pool.
    """
    workers = workers or os.cpu_count() or 1
    raws = iter(raws)
    first = list(itertools.islice(raws, BATCH))
    raws = itertools.chain(first, raws)
    if executor is None and (workers == 1 or len(first) < BATCH):
        pipeline = _pipeline(pickle.dumps(vocabulary))
        yield from (_finish(finish, pipeline(raw)) for raw in raws)
        return
    data = pickle.dumps(vocabulary)
    if executor is None:
        _pipeline(data)  # built before the processes fork, so that they share it
    with nullcontext(executor) if executor else ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future[list[T | Failure]]] = deque()
        for batch in _batches(raws, BATCH):
            waiting.append(pool.submit(_run_batch, data, batch, finish))
            if len(waiting) >= workers * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@lru_cache(maxsize=1)
def _pipeline(vocabulary: bytes) -> Pipeline:
    """A vocabulary travels as bytes, so that any executor's worker can tell whether it has it already."""
    return Pipeline(pickle.loads(vocabulary))  # noqa: S301  (our own bytes, made in `run`)


def _run_batch(vocabulary: bytes, batch: list[RawDocument], finish: Callable[[Document], T]) -> list[T | Failure]:
    return [_finish(finish, _pipeline(vocabulary)(raw)) for raw in batch]


def _finish(finish: Callable[[Document], T], result: Document | Failure) -> T | Failure:
    return result if isinstance(result, Failure) else finish(result)


def _as_it_is(document: Document) -> Document:
    return document


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(itertools.islice(items, size)):
        yield batch
