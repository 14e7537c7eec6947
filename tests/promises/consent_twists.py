"""What people do between two requests, and how an account may answer: never a lie, but seldom plain."""

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

from ac_desktop.model.payload import JsonObject
from tests.promises.consent_account import (
    ACTIVE,
    MANY,
    OTHERS,
    OURS,
    Account,
    AccountFault,
    Event,
    Moment,
    Twist,
    membership_rows,
)

PEOPLE: Final = tuple(f"donor{number}@example.org" for number in range(5))
STATUSES: Final = (0, 1, 2, 2, 2, 3, 91, 7)
GONE: Final = object()
DAY: Final = 24 * 3600.0


def stands(email: str, list_id: int, status: int) -> Event:
    """Somebody gets a status on a list, by an act of their own."""

    def event(account: Account) -> None:
        account.stand(account.add(email), list_id, status)

    return event


def leaves(status: int) -> Event:
    """The person who is being relayed leaves just now."""

    def event(account: Account) -> None:
        stands(account.attempt.email, OURS, status)(account)

    return event


def merges(email: str, into: str, *, keeps_address: bool) -> Event:
    """Somebody merges two contacts."""

    def event(account: Account) -> None:
        gone, left = account.person(email), account.add(into)
        if gone is not None and gone is not left:
            account.merge(gone, left, keeps_address=keeps_address)

    return event


def joins_many(email: str) -> Event:
    """Somebody is put onto 150 lists and has left ours, which comes last."""

    def event(account: Account) -> None:
        contact = account.add(email)
        ours = contact.rows.pop(OURS, None)
        for list_id in OTHERS[:MANY]:
            account.stand(contact, list_id, ACTIVE)
        if ours is not None:
            contact.rows[OURS] = ours

    return event


def is_deleted(email: str) -> Event:
    """A contact is deleted."""

    def event(account: Account) -> None:
        gone = account.person(email)
        if gone is not None:
            del account.contacts[gone.number]

    return event


def comes_anew(status: int) -> Event:
    """The contact that is being relayed is deleted, and the person comes by another way and leaves."""

    def event(account: Account) -> None:
        is_deleted(account.attempt.email)(account)
        leaves(status)(account)

    return event


def passes(seconds: float) -> Event:
    """Time passes, as where a computer sleeps."""
    return lambda account: account.clock.advance(seconds)


def nothing(account: Account) -> None:
    """Nothing happens."""


def plain(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
    """Answer as it is."""
    return body


def row_with(name: str, write: Callable[[object], object], at: int) -> Twist:
    """Write one value of a row in another way: that of our list where there is one, or of another."""

    def twist(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
        rows = body.get("contactLists")
        if not isinstance(rows, list) or not rows:
            return body
        ours = next((number for number, row in enumerate(rows) if row["list"] == str(OURS)), at)
        chosen = ours if at % 2 else at % len(rows)
        row = rows[chosen % len(rows)]
        value = write(row[name])
        changed = {**row, name: value} if value is not GONE else {key: row[key] for key in row if key != name}
        return {**body, "contactLists": [*rows[: chosen % len(rows)], changed, *rows[chosen % len(rows) + 1 :]]}

    return twist


def broken_row(put: object) -> Twist:
    """Insert something that is no row among the rows."""

    def twist(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
        rows = body.get("contactLists")
        return {**body, "contactLists": [*rows, put]} if isinstance(rows, list) else body

    return twist


def total(write: Callable[[int], object]) -> Twist:
    """Answer another total, or none."""

    def twist(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
        meta = body.get("meta")
        return {**body, "meta": {"total": write(int(meta["total"]))}} if isinstance(meta, dict) else body

    return twist


def first_page(size: int | None) -> Twist:
    """Return the first page whatever was asked for, of so many rows, or all of them."""

    def twist(account: Account, body: JsonObject) -> JsonObject:
        if "contactLists" not in body:
            return body
        assert account.asked_about is not None
        return {"contactLists": membership_rows(account.asked_about)[:size]}

    return twist


def small_page(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
    """Return 20 rows a page, whatever the limit, and no total."""
    rows = body.get("contactLists")
    return {"contactLists": rows[:20]} if isinstance(rows, list) else body


def as_numbers(account: Account, body: JsonObject) -> JsonObject:  # noqa: ARG001  as every twist
    """Write ids as numbers."""
    rows = body.get("contactLists")
    if isinstance(rows, list):
        return {**body, "contactLists": [{name: int(value) for name, value in row.items()} for row in rows]}
    return {
        name: {**value, "id": int(value["id"])} if isinstance(value, dict) and "id" in value else value
        for name, value in body.items()
    }


def contact_with(changes: JsonObject, *, of_another: bool = False) -> Twist:
    """Name the saved contact in another way, or with another one's number."""

    def twist(account: Account, body: JsonObject) -> JsonObject:
        contact = body.get("contact")
        if not isinstance(contact, dict):
            return body
        expected = {**contact, **changes}
        other = next((one for one in account.contacts.values() if str(one.number) != contact["id"]), None)
        if of_another and other is not None:
            expected["id"] = str(other.number)
            expected["email"] = (
                other.email if changes.get("email") is None and "email" in changes else expected.get("email")
            )
        return {**body, "contact": {name: value for name, value in expected.items() if value is not GONE}}

    return twist


def everybody(account: Account, body: JsonObject) -> JsonObject:
    """Find everybody, as where the filter is not understood."""
    if "contacts" not in body:
        return body
    return {"contacts": [{"email": one.email, "id": one.number} for one in account.contacts.values()]}


def _object(value: object) -> object:
    return {"id": value}


_SPELLINGS: Final[tuple[Callable[[object], object], ...]] = (
    lambda value: float(str(value)),
    lambda value: int(str(value)),
    lambda value: f"{value}.0",
    lambda value: f"0{value}",
    lambda value: f" {value}",
    _object,
)
_JUNK: Final[tuple[Callable[[object], object], ...]] = (
    lambda _: None,
    lambda _: "",
    lambda _: "donors",
    lambda _: True,
    lambda _: GONE,
    lambda _: {},
    lambda _: [],
    lambda value: f"{value}.5",
    lambda value: f"9{value}",
)
_NOT_A_LIE: Final = {
    "list": (*_SPELLINGS, *_JUNK[:-1]),
    "contact": (*_SPELLINGS, *_JUNK),
    "status": (*_SPELLINGS[:-1], *_JUNK[:-1]),
}

PAGES: Final[tuple[Twist, ...]] = (
    total(lambda _: "1"),
    total(lambda _: None),
    total(lambda count: count + 7),
    first_page(100),
    first_page(None),
    first_page(20),
    small_page,
)
NAMES: Final[tuple[Twist, ...]] = (
    contact_with({"email": GONE}),
    contact_with({"email": None}, of_another=True),
    contact_with({"email": GONE}, of_another=True),
)
events: Final = st.one_of(
    st.just(nothing),
    st.just(nothing),
    st.just(nothing),
    st.builds(leaves, st.sampled_from(STATUSES)),
    st.builds(comes_anew, st.sampled_from(STATUSES)),
    st.builds(stands, st.sampled_from(PEOPLE), st.sampled_from((OURS, OURS, 2, 3)), st.sampled_from(STATUSES)),
    st.builds(merges, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), keeps_address=st.booleans()),
    st.builds(is_deleted, st.sampled_from(PEOPLE)),
)
row_twists: Final = st.sampled_from([(name, write) for name, ways in _NOT_A_LIE.items() for write in ways]).flatmap(
    lambda way: st.builds(row_with, st.just(way[0]), st.just(way[1]), st.integers(0, 3))
)
twists: Final = st.one_of(
    st.just(plain),
    st.just(plain),
    st.just(plain),
    row_twists,
    row_twists,
    st.builds(broken_row, st.sampled_from((None, "1", 7, [], {}))),
    st.sampled_from((
        *PAGES,
        as_numbers,
        everybody,
        *NAMES,
        contact_with({"id": "n/a"}),
        contact_with({"id": None}),
    )),
)  # fmt: skip
faults: Final = st.sampled_from((*[AccountFault.NONE] * 20, *AccountFault, AccountFault.ERROR, AccountFault.BUSY_LONG))
sleeps: Final = st.sampled_from((*[0.0] * 12, 59.0, 61.0, DAY))
moments: Final = st.builds(Moment, sleeps, events, faults, twists)
outages: Final = st.sampled_from(
    [
        [Moment(0.0, nothing, fault, plain) for fault in (*[AccountFault.NONE] * fine, *[AccountFault.ERROR] * 3)]
        for fine in range(4)
    ]
)
"""Everything fails from the first, second, … request of an attempt on."""
pages: Final = st.sampled_from((plain, *PAGES)).map(lambda how: [Moment(0.0, nothing, AccountFault.NONE, how)] * 20)
"""An account that tells of memberships in one way all the time."""
names: Final = st.sampled_from(NAMES).map(lambda how: [Moment(0.0, nothing, AccountFault.NONE, how)] * 20)
"""An account that names each saved contact in one way that proves nothing."""
plans: Final = st.lists(moments, max_size=6)
