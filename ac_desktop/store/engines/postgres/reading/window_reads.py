"""What a window reads: in one round trip where it was asked before, and never for longer than a person waits."""

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from ac_desktop.store.engines.postgres.errors import translated_errors
from ac_desktop.store.engines.postgres.session import Connection
from ac_desktop.store.engines.postgres.sql import ids_in, ids_statement, named_cursor, ready
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.ports import Composed, ReadAnswers, Row, Values

PATIENCE: Final = 3.0
"""Seconds until a window takes the server for away."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A query in PostgreSQL's own form with its values, for rows or for IDs."""

    statement: str
    values: tuple[object, ...]
    is_for_ids: bool


class PostgresWindowReads:
    """Answers what is asked between two changes of a window, without waiting for the server for longer than PATIENCE.

    `run` does some work on a connection. Raise StoreError where there is no answer.
    """

    def __init__(self, address: OfficeAddress, run: Callable[[Callable[[Connection], Any]], Any]) -> None:
        self._address = address
        self._run = run
        self._local = threading.local()
        self._late: _TimedRead | None = None

    @property
    def are_here(self) -> bool:
        """Whether what this thread reads goes by these."""
        return getattr(self._local, "is_window", False) or self._answers_here is not None

    @property
    def _answers_here(self) -> ReadAnswers | None:
        answers: ReadAnswers | None = getattr(self._local, "answers", None)
        return answers

    def again(self, earlier: ReadAnswers) -> ReadAnswers:
        """Ask again what was read of earlier answers, in one round trip."""
        questions = [one for one in earlier.used if isinstance(one, _Question)]
        if not questions:
            return ReadAnswers()
        return ReadAnswers(dict(zip(questions, self._ask(questions), strict=True)))

    @contextmanager
    def answering(self, answers: ReadAnswers) -> Iterator[None]:
        """Answer on this thread from what is known, and ask each other question once."""
        self._local.answers = answers
        try:
            yield
        finally:
            self._local.answers = None

    def stay_responsive(self) -> None:
        """Read by these on this thread from now on, also outside of `answering`."""
        self._local.is_window = True

    def rows(self, query: Composed | str, values: Values) -> list[Row]:
        """Return a query's rows."""
        rows: list[Row] = self._read(query, values, is_for_ids=False)
        return rows

    def ids(self, query: Composed | str, values: Values) -> "array[int]":
        """Return the column `id` of a query, in its order."""
        ids: array[int] = self._read(query, values, is_for_ids=True)
        return ids

    def _read(self, query: Composed | str, values: Values, *, is_for_ids: bool) -> Any:  # noqa: ANN401
        statement, given = ready(query, values)
        question = _Question(statement, tuple(given), is_for_ids)
        answers = self._answers_here
        if answers is None:
            return self._ask([question])[0]
        answers.used[question] = None
        if question not in answers.known:
            answers.known[question] = self._ask([question])[0]
        return answers.known[question][:]

    def _ask(self, questions: Sequence[_Question]) -> list[Any]:
        def work() -> list[Any]:
            found: list[Any] = self._run(lambda connection: _ask_together(connection, questions))
            return found

        with translated_errors(self._address):
            if self._late is not None and not self._late.has_ended.is_set():
                raise psycopg.OperationalError("an earlier question has no answer yet")
            task = _TimedRead(work)
            if not task.has_ended.wait(PATIENCE):
                self._late = task
                raise psycopg.OperationalError(f"no answer within {PATIENCE:.0f} s")
            return task.result()


def _ask_together(connection: Connection, questions: Sequence[_Question]) -> list[Any]:
    with connection.pipeline() if len(questions) > 1 else nullcontext():
        asked = [_asked(connection, question) for question in questions]
    return [
        ids_in(cursor.fetchone()) if question.is_for_ids else list(cursor.fetchall()) if cursor.description else []
        for cursor, question in zip(asked, questions, strict=True)
    ]


def _asked(connection: Connection, question: _Question) -> "psycopg.Cursor[Any]":
    if question.is_for_ids:
        return connection.cursor(binary=True).execute(ids_statement(question.statement), question.values)
    return named_cursor(connection).execute(question.statement, question.values)


class _TimedRead:
    """Some work on a thread of its own."""

    def __init__(self, work: Callable[[], list[Any]]) -> None:
        self.has_ended = threading.Event()
        self._work = work
        self._result: list[Any] = []
        self._error: BaseException | None = None
        threading.Thread(target=self._do, name="window-read", daemon=True).start()

    def result(self) -> list[Any]:
        if self._error is not None:
            raise self._error
        return self._result

    def _do(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001  raised again where it is waited for
            self._error = error
        self.has_ended.set()
