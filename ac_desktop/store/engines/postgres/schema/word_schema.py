"""The texts of each record that a search looks for words in, as one text a record, found by its letters.

The index is filled a while after a batch is closed, as it takes longer than the batch's rows. What deletes records, or
changes their texts, waits for a chunk that is being filled, and the other way about: a text that is stored after its
record was deleted would never be erased.
"""

from typing import Final

from psycopg import errors
from psycopg.sql import SQL, Identifier

from ac_desktop.store.engines.postgres.session import SCHEMA, Connection

FILLING: Final = 0x61632D64_776F7264
"""The key of the lock that is held alone while texts are filled in, and shared by what changes them."""
_COLUMNS: Final = ("email", "first_name", "last_name", "page_name", "phone", "page", "team", "source")
_TEXTS: Final = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _COLUMNS)


def words_of(record: str) -> str:
    """Return the text of a record, as part of a statement: a word never goes across a line's end."""
    columns = " || chr(10) || ".join(f"{record}.{name}" for name in _COLUMNS)
    return f'lower(({columns}) COLLATE "C")'


WORDS: Final = f"""
CREATE TABLE record_words (
    record_id BIGINT PRIMARY KEY,
    words TEXT COLLATE "C" NOT NULL
);

CREATE INDEX batch_without_words ON batch (id) WHERE has_words = 0;

CREATE FUNCTION forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({FILLING});
    DELETE FROM record_words USING old_rows WHERE record_words.record_id = old_rows.id;
    RETURN NULL;
END $$;
CREATE TRIGGER words_go AFTER DELETE ON record REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION forget_words();

CREATE FUNCTION change_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({FILLING});
    UPDATE record_words SET words = {words_of("NEW")} WHERE record_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER words_change AFTER UPDATE ON record FOR EACH ROW WHEN ({_TEXTS}) EXECUTE FUNCTION change_words();
"""


def index_words(connection: Connection) -> None:
    """Index the texts by their letters where the server has what that needs; without it they are read one by one."""
    try:
        with connection.transaction():
            connection.execute(SQL("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA {}").format(Identifier(SCHEMA)))
    except (errors.InsufficientPrivilege, errors.FeatureNotSupported, errors.UndefinedFile):
        return
    found = connection.execute(
        "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'pg_trgm'"
    ).fetchone()
    if found is not None:
        connection.execute(
            SQL("CREATE INDEX IF NOT EXISTS record_words_by_letters ON record_words USING gin (words {})").format(
                Identifier(found[0], "gin_trgm_ops")
            )
        )
