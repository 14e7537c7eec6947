"""The password of an office comes from the environment or the keyring, and is masked wherever text is shown."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from ac_desktop.model.connection import KeyPlace
from ac_desktop.model.redact import MASK, Redactor
from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.membership import OfficeMembership, save_membership
from ac_desktop.store.office.passwords import forget_password, keep_password, key_name, password_of
from ac_desktop.store.office.roles import Role
from ac_desktop.store.opening import store_in
from tests.store.connections.test_keys import InMemory

ANA = OfficeMembership(
    host="db.example.org", port=5432, database="donors", user="ana", person="ana", role=Role.STAFF, workstation="desk"
)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    monkeypatch.delenv(OFFICE_PASSWORD_VARIABLE, raising=False)
    before = keyring.get_keyring()
    made = InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_password_that_was_kept_is_used_later(tmp_path: Path, ring: InMemory) -> None:
    save_membership(tmp_path, ANA)
    assert keep_password(ANA, "own words").place is KeyPlace.KEYRING
    assert ring.kept == {("AC Desktop", "office:ana@db.example.org:5432/donors"): "own words"}
    found = store_in(tmp_path).office
    assert found is not None
    assert found.password == "own words"


@pytest.mark.usefixtures("ring")
def test_one_that_is_given_goes_before_the_environments_and_that_before_the_keyrings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_password(ANA, "of the keyring")
    monkeypatch.setenv(OFFICE_PASSWORD_VARIABLE, "of the environment")
    assert password_of(ANA, "given") == "given"
    assert password_of(ANA, None) == "of the environment"
    monkeypatch.delenv(OFFICE_PASSWORD_VARIABLE)
    assert password_of(ANA, None) == "of the keyring"


def test_one_that_is_forgotten_is_gone(ring: InMemory) -> None:
    keep_password(ANA, "own words")
    forget_password(ANA)
    assert ring.kept == {}
    with pytest.raises(StoreError, match=OFFICE_PASSWORD_VARIABLE):
        password_of(ANA, None)


@pytest.mark.usefixtures("ring")
def test_a_password_is_masked_once_it_is_known() -> None:
    redactor = Redactor()
    password_of(ANA, "own words", redactor)
    assert redactor("it said own words there") == f"it said {MASK} there"


def test_each_person_of_each_office_has_a_password_of_their_own() -> None:
    others = [("bo", "donors", 5432), ("ana", "other", 5432), ("ana", "donors", 5433)]
    names = {
        key_name(
            OfficeMembership(
                host="db.example.org",
                port=port,
                database=database,
                user=person,
                person=person,
                role=Role.STAFF,
                workstation="desk",
            )
        )
        for person, database, port in others
    }
    assert len(names | {key_name(ANA)}) == 4
