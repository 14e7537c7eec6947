"""The SQL of a query of records, composed by peewee: which ones, in which order."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from ac_desktop.model.reasons import ReasonCode, responsible_for, template
from ac_desktop.model.states import Cause, Responsible, Step
from ac_desktop.model.wording import source_name
from ac_desktop.store.history.history import ATTEMPTS_OF
from ac_desktop.store.ports import Fragments
from ac_desktop.store.queries.record_query import UNNAMED_KINDS, RecordFilter, RecordQuery, Sort, SortKey, SourceFilter
from ac_desktop.store.queries.without_drivers import without_drivers
from ac_desktop.store.statements import in_word_table, spellings

with without_drivers():
    from peewee import SQL, Case, NodeList, Select, Table, Value, fn

Composed = Any
"""A query, or a part of one; peewee's own types are not exact enough to name it."""

_RECORD: Final = Table("record").alias("t1")
_BATCH: Final = Table("batch").alias("t2")
_ID: Final = SQL('"t1"."id"')
_EVERY: Final = (1 << 63) - 1
_TEXTS: Final = ("email", "first_name", "last_name", "phone", "page_name", "page", "contact_id")
_OFTEN_EMPTY: Final = ("team", "source")
"""Texts that most records lack: that test costs half of a search for a word in them."""
_STATES: Final = {"sent": 4, "waiting": 0, "skipped": 5, "failed": 3, "held": 2, "sending": 1}
"""Ranks, the most frequent state first: the database compares with one after the other, a million times."""
_LISTED: Final = {"sent": 0, "waiting": 2, "skipped": 5, "failed": 4, "held": 3, "sending": 1}
_STEPS: Final = {step.value: at for at, step in enumerate(Step)}
RISING: Final = {
    SortKey.SOURCE: ("batch_id", "row"),
    SortKey.CONTACT_ID: ("contact_id",),
    SortKey.CHANGED: ("changed_at",),
}
"""Orders in which later records mostly have the higher values, with the columns they read.

Descending, the table is read from its end: from its beginning, each record would replace one of the first ones found,
which takes four times as long.
"""
_RESPONSIBLE_ORDER: Final = (
    Responsible.YOU,
    Responsible.YOU_OR_ADMIN,
    Responsible.ADMIN,
    Responsible.IT,
    Responsible.WAIT,
)


class RecordSql:
    """Composes queries in an engine's own words."""

    def __init__(self, fragments: Fragments, rare: Collection[str] = ()) -> None:
        """`rare` are the words that few records have, where there is a table of words."""
        self._fragments = fragments
        self._rare = rare

    def ids(self, record_query: RecordQuery, staged: Sequence[int], *, by_index: bool, first: int = 0) -> Composed:
        """Return the query for all record IDs in order, or for the `first` ones; `staged` batches are left out.

        Without the index the table itself is scanned: three times as fast where most records match.
        """
        sort = record_query.sort
        found = self._matching(record_query, staged, by_index=by_index)
        if sort.key is SortKey.QUEUED:
            query = found.columns(_ID).order_by(_by_id(sort))
        elif first and self._fragments.joins_laterally and sort.key is SortKey.SOURCE and not record_query.filter:
            query = self._batch_by_batch(record_query, staged, first)
        elif first and sort.descending and sort.key in RISING and not self._fragments.joins_laterally:
            read = [_ID, *(getattr(_RECORD.c, name) for name in RISING[sort.key])]
            newest = found.columns(*read).order_by(_RECORD.c.id.desc()).limit(_EVERY).alias("t1")
            query = self._ordered(Select((newest,), (_ID,)), newest.c, sort)
        else:
            query = self._ordered(found.columns(_ID), _RECORD.c, sort)
        return query.limit(first) if first else query

    def among(self, record_query: RecordQuery, staged: Sequence[int], some: Iterable[int]) -> Composed:
        """Return the query for those of some IDs that match, any number of them and in no order."""
        in_list = SQL(self._fragments.in_list, [self._fragments.list_value(some)])
        return self._matching(record_query, staged, by_index=False).columns(_ID).where(NodeList((_ID, in_list)))

    def _matching(self, record_query: RecordQuery, staged: Sequence[int], *, by_index: bool) -> Composed:
        column = '"t1"."{}"' if by_index else self._fragments.without_index.format('"t1"."{}"')
        query = _RECORD.select().where(SQL(f"{column.format('connection_id')} = ?", [record_query.connection_id]))
        if staged:
            query = query.where(_RECORD.c.batch_id.not_in(staged))
        if record_query.state is not None:
            query = query.where(SQL(f"{column.format('state')} = ?", [record_query.state.value]))
        wanted = self._condition(record_query.filter)
        return query if wanted is None else query.where(wanted)

    def _ordered(self, query: Composed, record: Composed, sort: Sort) -> Composed:
        """Return a query in order; NULL is before every value, and after them where descending."""
        direction = _direction(sort)
        if sort.key is SortKey.SOURCE:
            query = query.join(_BATCH, self._fragments.join_in_order, on=(_BATCH.c.id == record.batch_id))
        return query.order_by(*(NodeList((key, direction)) for key in self._keys(record, sort.key)), _ID)

    def _batch_by_batch(self, record_query: RecordQuery, staged: Sequence[int], first: int) -> Composed:
        """Return the first records of each batch, batch by batch; in a batch the rows rise with the records' IDs.

        The conditions are such that a server expects many records of a batch, whatever it knows of the table: of few
        it would read and sort the whole batch.
        """
        direction = _direction(record_query.sort)
        place = fn.DENSE_RANK().over(order_by=[self._any_case(_BATCH.c.file_name), _BATCH.c.sheet]).alias("place")
        batches = _BATCH.select(_BATCH.c.id, _BATCH.c.first_record, _BATCH.c.last_record, place)
        of_connection = _BATCH.c.connection_id == record_query.connection_id
        batch = batches.where(of_connection & _BATCH.c.id.not_in(staged) if staged else of_connection).alias("t2")
        of_batch = _RECORD.select(_ID, _RECORD.c.row).where(
            fn.COALESCE(_RECORD.c.batch_id == batch.c.id, SQL("FALSE"))
            & _RECORD.c.id.between(batch.c.first_record, batch.c.last_record)
        )
        if record_query.state is not None:
            of_batch = of_batch.where(_RECORD.c.state == record_query.state.value)
        firsts = of_batch.order_by(_by_id(record_query.sort)).limit(first).alias("t1")
        query = Select((batch,), (_ID,)).join(firsts, "CROSS JOIN LATERAL")
        return query.order_by(NodeList((batch.c.place, direction)), NodeList((firsts.c.row, direction)), _ID)

    def _keys(self, record: Composed, key: SortKey) -> tuple[Composed, ...]:
        any_case = self._any_case
        orders: dict[SortKey, tuple[Composed, ...]] = {
            # Addresses are stored in small letters: to make them small again takes a third of the time.
            SortKey.EMAIL: (record.email,),
            SortKey.STATE: (_rank(record.state, _STATES),),
            SortKey.DONOR: (any_case(record.first_name), any_case(record.last_name)),
            SortKey.SOURCE: (any_case(_BATCH.c.file_name), _BATCH.c.sheet, record.row),
            SortKey.PAGE: (any_case(Case(None, [(record.page_name != "", record.page_name)], record.page)),),
            SortKey.CONTACT: (_test(record.contact_id, "IS NULL"), _rank(record.state, _STATES)),
            SortKey.LIST: (_rank(record.state, _LISTED),),
            SortKey.TRIES: (SQL(ATTEMPTS_OF.format(record='"t1"."id"')),),
            SortKey.NEXT_TRY: (record.next_try_at,),
            SortKey.CHANGED: (record.changed_at,),
            SortKey.REASON: (record.reason,),
            SortKey.CODE: (record.reason,),
            SortKey.WHO: (_who_rank(record),),
            SortKey.CONTACT_ID: (Case(record.contact_id, [("", 0)], record.contact_id.cast("BIGINT")),),
            SortKey.STEP: (_rank(record.step, _STEPS),),
            SortKey.CREATED: (record.was_new,),
        }
        return orders.get(key) or (any_case(getattr(record, key.value)),)

    def _any_case(self, column: Composed) -> Composed:
        before, after = self._fragments.without_case.split("{}")
        return NodeList((SQL(before), column, SQL(after)))

    def _condition(self, wanted: RecordFilter) -> Composed | None:
        """Return the condition of a filter; None where it is empty."""
        parts: list[Composed] = [self._any_text(word) for word in wanted.words]
        if wanted.states:
            parts.append(_RECORD.c.state.in_([state.value for state in wanted.states]))
        if wanted.codes:
            parts.append(_of_code(wanted.codes))
        if wanted.sources:
            parts.append(_of_sources(wanted.sources))
        if wanted.named_pages:
            parts.append(_page_named(wanted.named_pages))
        if wanted.changed is not None:
            since, until = wanted.changed.since, wanted.changed.until
            parts.append((_RECORD.c.changed_at >= since) & (_RECORD.c.changed_at < until))
        for values, one in ((wanted.files, self._file), (wanted.pages, self._page), (wanted.causes, self._cause)):
            if values:
                parts.append(_either(map(one, values)))
        return _joined(and_, parts) if parts else None

    def _any_text(self, word: str) -> Composed:
        parts = [*self._texts(word), self._file(word), self._reason_text(word)]
        if self._fragments.word_table is None or word not in self._rare:
            return _either(parts)
        return self._rare_word(Table(self._fragments.word_table).alias("words"), word)

    def _rare_word(self, table: Composed, word: str) -> Composed:
        """Return the condition that a record is one of the few with a word, each part of which an index finds.

        Contact IDs, file names and reasons are not in the table of words, nor are the records of a batch that was
        closed a moment ago.
        """
        has_word = _either(NodeList((table.c.words, SQL("LIKE"), Value(one))) for one in in_word_table(word))
        others = [self._file(word), self._reason_text(word)]
        if word.isascii() and word.isdigit():
            others.append(self._like(_RECORD.c.contact_id, word))
        found = [table.select(table.c.record_id).where(has_word), self._without_words(word)]
        found += [_RECORD.select(_ID).where(one) for one in others]
        parts: list[Composed] = [found[0]]
        for one in found[1:]:
            parts += [SQL("UNION ALL"), one]
        # Of an array a server expects few IDs, and looks each of them up; of IN it would read all records in order.
        return NodeList((_ID, SQL("= ANY (ARRAY ("), *parts, SQL("))")))

    def _without_words(self, word: str) -> Composed:
        """Return the query for the records with a word of batches that are not in the table of words yet.

        They are read batch by batch: there is hardly ever one, and a server would read all records before it looks.
        """
        batches = _BATCH.select(_BATCH.c.id, _BATCH.c.first_record, _BATCH.c.last_record)
        batch = batches.where(_BATCH.c.has_words == 0).alias("t2")
        of_batch = _RECORD.select(_ID).where(
            (_RECORD.c.batch_id == batch.c.id)
            & _RECORD.c.id.between(batch.c.first_record, batch.c.last_record)
            & _either(self._texts(word))
        )
        return Select((batch,), (_ID,)).join(of_batch.offset(0).alias("t1"), "CROSS JOIN LATERAL")

    def _texts(self, word: str) -> list[Composed]:
        texts = [self._like(getattr(_RECORD.c, name), word) for name in _TEXTS]
        for name in _OFTEN_EMPTY:
            column = getattr(_RECORD.c, name)
            texts.append((column != "") & self._like(column, word))
        return texts

    def _file(self, value: str) -> Composed:
        """Return the condition that a file name contains a text; batches are read only where any matches."""
        kinds = [kind for kind in (*UNNAMED_KINDS, "fetch") if value.casefold() in source_name(kind, "").casefold()]
        name_matches = self._like(_BATCH.c.file_name, value)
        matching = _BATCH.select(_BATCH.c.id).where(name_matches | _BATCH.c.kind.in_(kinds) if kinds else name_matches)
        return fn.EXISTS(matching) & _RECORD.c.batch_id.in_(matching)

    def _page(self, value: str) -> Composed:
        return self._like(_RECORD.c.page_name, value) | self._like(_RECORD.c.page, value)

    def _cause(self, value: str) -> Composed:
        wanted = value.lower()
        parts: list[Composed] = [_RECORD.c.cause == cause.value for cause in Cause if cause.value.startswith(wanted)]
        parts += [_of_code([code]) for code in ReasonCode if code.value == wanted]
        return _either([*parts, self._reason_text(value)])

    def _reason_text(self, word: str) -> Composed:
        """Return the condition that a reason contains a word, in the sentence of its code or in one of its values."""
        wanted = word.casefold()
        codes = [code for code in ReasonCode if wanted in template(code).casefold()]
        place = SQL(self._fragments.position.format('"t1"."reason"', "'{'"))
        in_values = self._like(NodeList((SQL("substr("), _RECORD.c.reason, SQL(", "), place, SQL(")"))), word)
        has_reason = NodeList((_RECORD.c.reason, SQL("IS NOT NULL")))
        return has_reason & (_of_code(codes) | in_values if codes else in_values)

    def _like(self, column: Composed, text: str) -> Composed:
        """Return the condition that a column contains a text, literally and without case.

        ESCAPE, which only a wildcard in the text needs, takes a sixth longer.
        """
        escaped = re.sub(r"([\\%_])", r"\\\1", text)
        escape = (SQL("ESCAPE '\\'"),) if "\\" in escaped else ()
        like = SQL(self._fragments.like)
        return _either(NodeList((column, like, Value(f"%{one}%"), *escape)) for one in spellings(escaped))


def _direction(sort: Sort) -> Composed:
    return SQL("DESC NULLS LAST" if sort.descending else "ASC NULLS FIRST")


def _by_id(sort: Sort) -> Composed:
    """Return the order by ID alone; it has no word on NULL, as the index has none."""
    return _RECORD.c.id.desc() if sort.descending else _RECORD.c.id.asc()


def _of_code(codes: Iterable[ReasonCode]) -> Composed:
    return _RECORD.c.reason_code.in_([code.value for code in codes])


def _of_sources(sources: Iterable[SourceFilter]) -> Composed:
    """Return the condition that a record's batch came from one of some sources."""
    matching = _BATCH.select(_BATCH.c.id).where(_either(map(_batch_of, sources)))
    return _RECORD.c.batch_id.in_(matching)


def _batch_of(source: SourceFilter) -> Composed:
    if source.kind in UNNAMED_KINDS:
        return _BATCH.c.kind == source.kind
    return (_BATCH.c.file_name == source.file_name) & _BATCH.c.kind.not_in(UNNAMED_KINDS)


def _page_named(names: Iterable[str]) -> Composed:
    """Return the condition that a record's action page has one of some names, or an ID where it has no name."""
    wanted = list(names)
    return _RECORD.c.page_name.in_(wanted) | ((_RECORD.c.page_name == "") & _RECORD.c.page.in_(wanted))


def _test(part: Composed, test: str) -> Composed:
    return NodeList((SQL("("), part, SQL(f"{test})")))


def _rank(column: Composed, ranks: Mapping[str, int]) -> Composed:
    return Case(column, list(ranks.items()), len(ranks))


def _who_rank(record: Composed) -> Composed:
    """Return the rank of who can resolve a record's reason; most have none, so NULL is tested first."""
    ranks = {
        code.value: _RESPONSIBLE_ORDER.index(responsible_for(code))
        for code in ReasonCode
        if responsible_for(code) in _RESPONSIBLE_ORDER
    }
    return Case(
        None,
        [(_test(record.reason, "IS NULL"), len(_RESPONSIBLE_ORDER))],
        Case(record.reason_code, list(ranks.items()), len(_RESPONSIBLE_ORDER)),
    )


def _either(parts: Iterable[Composed]) -> Composed:
    return _joined(or_, parts)


def _joined(operator: Callable[[Composed, Composed], Composed], parts: Iterable[Composed]) -> Composed:
    """Return the parts joined in pairs, and the pairs in pairs: SQLite takes brackets a hundred deep at most."""
    joined = list(parts)
    while len(joined) > 1:
        joined = [reduce(operator, joined[at : at + 2]) for at in range(0, len(joined), 2)]
    return joined[0]
