"""Makes an office of a database: groups of logins with what each may do, and functions by which people are invited.

PostgreSQL's logins and groups belong to the whole server, so the names of the groups hold the database's.
"""

import hashlib
from typing import Final, LiteralString

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.engines.postgres.people.rights import grant
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.roles import Role

INVITATION_DAYS: Final = 7
_LONGEST_NAME: Final = 63
"""Bytes of a name on PostgreSQL."""
_ONE_AT_A_TIME: Final = 0x61632D64_70656F70
"""The key of the lock under which groups and rights are changed."""

_INVITE: Final = SQL("""
CREATE OR REPLACE FUNCTION ac_desktop.invite_person(invited text, as_role text, verifier text)
RETURNS TABLE (person_login text, until bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $body$
DECLARE
    known person%ROWTYPE;
    free_login text := invited;
    number integer := 1;
    expiry timestamptz := date_trunc('second', clock_timestamp()) + make_interval(days => {days});
    group_name text := CASE as_role
        WHEN 'staff' THEN {staff} WHEN 'admin' THEN {admin} WHEN 'relay' THEN {relay} END;
    other_group text;
BEGIN
    PERFORM require_role('admin');
    IF group_name IS NULL OR verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
        RAISE EXCEPTION 'not an invitation';
    END IF;
    SELECT * INTO known FROM person WHERE name = invited FOR UPDATE;
    IF known.joined_at IS NOT NULL AND known.withdrawn_at IS NULL THEN
        RETURN;
    END IF;
    IF known.name IS NULL THEN
        WHILE EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = free_login) LOOP
            number := number + 1;
            free_login := invited || '_' || number;
        END LOOP;
        EXECUTE format('CREATE ROLE %I LOGIN', free_login);
        INSERT INTO person (name, login, role, invited_by, invited_at)
        VALUES (invited, free_login, as_role, coalesce(person_here(), session_user),
            extract(epoch FROM clock_timestamp()));
    ELSE
        free_login := known.login;
        UPDATE person SET role = as_role, invited_by = coalesce(person_here(), session_user),
            invited_at = extract(epoch FROM clock_timestamp()), joined_at = NULL, withdrawn_by = NULL,
            withdrawn_at = NULL
        WHERE name = invited;
        FOREACH other_group IN ARRAY ARRAY[{staff}, {admin}, {relay}] LOOP
            IF other_group <> group_name THEN
                EXECUTE format('REVOKE %I FROM %I', other_group, free_login);
            END IF;
        END LOOP;
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', free_login, verifier, expiry);
    EXECUTE format('GRANT %I TO %I', group_name, free_login);
    RETURN QUERY SELECT free_login, extract(epoch FROM expiry)::bigint;
END
$body$
""")
"""Runs with the rights of the office's owner, as an admin may make no login otherwise.

Where a login of the server has the person's name already, the new one has a number behind it. Returns no row for a
person who has joined."""
_JOIN: Final = SQL("""
CREATE OR REPLACE FUNCTION ac_desktop.join_office(verifier text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $body$
BEGIN
    IF verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
        RAISE EXCEPTION 'not a password';
    END IF;
    UPDATE person SET joined_at = extract(epoch FROM clock_timestamp())
    WHERE login = session_user AND joined_at IS NULL AND withdrawn_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', session_user, verifier, 'infinity');
    RETURN true;
END
$body$
""")
"""Runs with the rights of the office's owner, as nobody may lift the end of their own password otherwise."""
_WITHDRAW: Final = SQL("""
CREATE OR REPLACE FUNCTION ac_desktop.withdraw_person(withdrawn text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $body$
DECLARE
    known person%ROWTYPE;
    any_group text;
BEGIN
    PERFORM require_role('admin');
    SELECT * INTO known FROM person WHERE name = withdrawn FOR UPDATE;
    IF known.name IS NULL THEN
        RETURN 'unknown';
    ELSIF is_owner_here(known.login::name) THEN
        RETURN 'owner';
    ELSIF known.login = session_user THEN
        RETURN 'self';
    END IF;
    UPDATE person SET withdrawn_at = coalesce(withdrawn_at, extract(epoch FROM clock_timestamp())),
        withdrawn_by = coalesce(withdrawn_by, person_here(), session_user)
    WHERE name = withdrawn;
    FOREACH any_group IN ARRAY ARRAY[{staff}, {admin}, {relay}] LOOP
        EXECUTE format('REVOKE %I FROM %I', any_group, known.login);
    END LOOP;
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', known.login);
    RETURN 'withdrawn';
END
$body$
""")
"""Takes every right and the login; `end_sessions` then ends what is connected, as nobody can connect anew."""
_END_SESSIONS: Final = SQL("""
CREATE OR REPLACE FUNCTION ac_desktop.end_sessions(withdrawn text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $body$
DECLARE
    gone text;
BEGIN
    PERFORM require_role('admin');
    SELECT login INTO gone FROM person WHERE name = withdrawn AND withdrawn_at IS NOT NULL;
    IF gone IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('GRANT %I TO %I', gone, current_user);
    PERFORM pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = gone;
    EXECUTE format('REVOKE %I FROM %I', gone, current_user);
END
$body$
""")
"""Only who is a member of a login may end its sessions, so the owner is one for that moment."""


def group_name(database: str, role: Role) -> str:
    """Return the name of the group of an office's people with a role."""
    name = f"ac_desktop_{role.value}_{database}"
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    return f"ac_desktop_{role.value}_{hashlib.sha256(database.encode()).hexdigest()[:16]}"


def check_owner(connection: psycopg.Connection) -> None:
    """Raise StoreError where the login may not make other logins, or a schema in the database."""
    values = {"owner": connection.info.user, "database": connection.info.dbname}
    if not _answer(connection, "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"):
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OWNER_CANNOT_INVITE, **values)
    if not _answer(connection, "SELECT has_database_privilege(current_database(), 'CREATE')"):
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OWNER_CANNOT_CREATE, **values)


def _answer(connection: psycopg.Connection, question: LiteralString) -> bool:
    found = connection.execute(question).fetchone()
    return found is not None and bool(found[0])


def provision(connection: psycopg.Connection) -> None:
    """Make groups, rights and functions, or make them as they should be; the login becomes an admin.

    The schema must be there; to be run in one transaction.
    """
    connection.execute("SELECT pg_advisory_xact_lock($1)", (_ONE_AT_A_TIME,))
    database = connection.info.dbname
    groups = {role: group_name(database, role) for role in Role}
    for group in groups.values():
        if connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = $1", (group,)).fetchone() is None:
            connection.execute(SQL("CREATE ROLE {} NOLOGIN").format(Identifier(group)))
    _expel_strangers(connection, groups)
    connection.execute(_with_groups(_INVITE, groups))
    for statement in (_JOIN, _WITHDRAW, _END_SESSIONS):
        connection.execute(_with_groups(statement, groups))
    grant(connection, groups)
    everyone = SQL(", ").join(map(Identifier, groups.values()))
    for statement in (
        SQL("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {everyone}"),
        SQL(
            "REVOKE ALL ON FUNCTION ac_desktop.invite_person, ac_desktop.join_office, ac_desktop.withdraw_person,"
            " ac_desktop.end_sessions FROM PUBLIC"
        ),
        SQL(
            "GRANT EXECUTE ON FUNCTION ac_desktop.invite_person, ac_desktop.withdraw_person, ac_desktop.end_sessions"
            " TO {admins}"
        ),
        SQL("GRANT EXECUTE ON FUNCTION ac_desktop.join_office TO {everyone}"),
    ):
        connection.execute(
            statement.format(
                database=Identifier(database),
                everyone=everyone,
                admins=Identifier(groups[Role.ADMIN]),
            )
        )
    connection.execute(
        "INSERT INTO ac_desktop.person (name, login, role, invited_by, invited_at, joined_at)"
        " SELECT session_user, session_user, $1, session_user, at, at FROM extract(epoch FROM clock_timestamp()) AS at"
        " ON CONFLICT (name) DO UPDATE SET role = excluded.role",
        (Role.ADMIN.value,),
    )


def name_office(connection: psycopg.Connection, name: str) -> None:
    """Set the office's own name; open windows read it again."""
    changed = connection.execute("UPDATE ac_desktop.office SET name = $1 WHERE name <> $1", (name,))
    if changed.rowcount:
        connection.execute(
            "INSERT INTO ac_desktop.news (connection, at) VALUES (NULL, extract(epoch FROM clock_timestamp()))"
        )


def _expel_strangers(connection: psycopg.Connection, groups: dict[Role, str]) -> None:
    """Take people of an earlier office, whose database had the same name, out of the groups."""
    strangers = connection.execute(
        "SELECT of_all.rolname, member.rolname FROM pg_auth_members"
        " JOIN pg_roles of_all ON of_all.oid = roleid JOIN pg_roles member ON member.oid = pg_auth_members.member"
        " WHERE of_all.rolname = ANY($1) AND member.rolname <> current_user"
        " AND member.rolname NOT IN (SELECT login FROM ac_desktop.person)",
        (list(groups.values()),),
    ).fetchall()
    for group, stranger in strangers:
        connection.execute(SQL("REVOKE {} FROM {}").format(Identifier(group), Identifier(stranger)))


def _with_groups(statement: SQL, groups: dict[Role, str]) -> Composed:
    names = {role.value: Literal(group) for role, group in groups.items()}
    return statement.format(days=Literal(INVITATION_DAYS), **names)
