"""Common headings in five languages are known, and nothing is recognised as a service that it is not of."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.formats.table import table_from_text
from ac_desktop.importing.profiles.columns import Field, normalised, without_accents
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.platform.paths import sample_export
from tests.importing.files import HEADERS, header, open_table, take, text_of

PROFILES = load_profiles()
PLAIN = next(profile for profile in PROFILES if profile.is_fallback)
EMAILS = (
    "Donor's Email", "Billing Email Address", "Preferred Email", "E-mail", "Correo electrónico", "Correo",
    "Dirección de correo electrónico", "Courriel", "Adresse e-mail", "Adresse électronique", "E-Mail-Adresse",
    "E-Mail Adresse", "Endereço de e-mail", "Correio eletrónico", "email_address", "Mail",
)  # fmt: skip
NAMES: Sequence[tuple[str, str]] = (
    ("First Name", "Last Name"), ("FNAME", "LNAME"), ("Forename", "Surname"), ("Nombre", "Apellidos"),
    ("Nombres", "Apellido paterno"), ("Prénom", "Nom"), ("Prénom", "Nom de famille"), ("Vorname", "Nachname"),
    ("Vorname", "Name"), ("Nome", "Sobrenome"), ("Nome", "Apelido"), ("Primeiro nome", "Último nome"),
)  # fmt: skip
PHONES = ("Pref. Phone", "Billing Phone Number", "Teléfono", "Celular", "Téléphone", "Telefonnummer", "Handy",
          "Telemóvel", "Telefone")  # fmt: skip
WHOLE_NAMES = ("Supporter Name", "Nombre completo", "Nombre", "Nom", "Nome", "Vollständiger Name", "Nom complet")
SERVICES = {
    "actblue_cancelled": "actblue-cancelled", "actblue_paid": "actblue-paid", "actblue_settled": "actblue-settled",
    "activecampaign": "activecampaign", "anedot": "anedot", "benevity": "benevity", "classy": "classy",
    "donorbox": "donorbox", "facebook": "facebook", "givebutter": "givebutter", "givewp": "givewp",
    "little_green_light": "little-green-light", "mailchimp_cleaned": "mailchimp",
    "mailchimp_fields": "mailchimp-fields", "mailchimp_subscribed": "mailchimp",
    "mailchimp_unsubscribed": "mailchimp", "paypal": "paypal", "salsa": "salsa",
    "stripe_customers": "stripe-customers", "stripe_payments": "stripe-payments", "zeffy": "zeffy",
}  # fmt: skip
SPELLINGS = (str, str.upper, str.lower, str.title, without_accents, lambda text: f"  {text}\u00a0")


@settings(max_examples=60)
@given(
    st.sampled_from(EMAILS), st.sampled_from(NAMES), st.sampled_from(PHONES), st.sampled_from(SPELLINGS),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_headings_of_five_languages(
    email: str, names: tuple[str, str], phone: str, spelling: object, random: Random
) -> None:
    assert callable(spelling)
    cells = {email: "ann@example.org", names[0]: "Ann", names[1]: "Dot", phone: "(225) 250-1301"}
    order = [*cells, "Notes"]
    random.shuffle(order)
    taken = take(text_of([[spelling(name) for name in order], [cells.get(name, "hello") for name in order]]))
    donor = taken.rows[0].donor
    assert (donor.email, donor.first_name, donor.last_name) == ("ann@example.org", "Ann", "Dot")
    assert donor.phone == "2252501301"
    assert taken.recognition.open_questions == ()


@pytest.mark.parametrize("heading", WHOLE_NAMES)
def test_a_heading_of_the_whole_name_is_asked_about(heading: str) -> None:
    taken = take(text_of([["Email", heading], ["ann@example.org", "Ann Dot"]]))
    assert [one.kind.value for one in taken.recognition.open_questions] == ["name split"]
    assert (taken.rows[0].donor.first_name, taken.rows[0].donor.last_name) == ("Ann", "Dot")


def test_the_name_beside_a_first_name_in_english_is_not_half_of_it() -> None:
    taken = take(text_of([["Email", "Name", "First Name"], ["ann@example.org", "Ann Dot", "Ann"]]))
    assert (taken.rows[0].donor.first_name, taken.rows[0].donor.last_name) == ("Ann", "")


@pytest.mark.parametrize(("heading", "cell"), [("Mail", "yes"), ("Correo", "no"), ("Handy", "t"), ("Portable", "oui")])
def test_a_word_of_many_meanings_is_taken_only_where_its_values_fit(heading: str, cell: str) -> None:
    table = table_from_text(text_of([["Reach me", heading], ["ann@example.org", cell]]))
    assert not {Field.EMAIL, Field.PHONE} & detect(table, PROFILES).columns.keys()


@pytest.mark.parametrize(("file", "name"), SERVICES.items())
def test_each_header_is_recognised_as_its_service(file: str, name: str) -> None:
    names = header(file)
    table = table_from_text(text_of([names, ["x"] * len(names)]))
    assert detect(table, PROFILES).name == name


def test_every_header_that_is_kept_is_among_them() -> None:
    assert {path.stem for path in HEADERS.glob("*.csv")} == set(SERVICES)
    assert detect(open_table(sample_export()), PROFILES).name == "anedot"


@given(st.lists(st.sampled_from(sorted({word for names in PLAIN.columns.values() for word in names})), min_size=2))
def test_common_headings_alone_prove_no_service(names: list[str]) -> None:
    known = frozenset(names)
    matching = [one.name for one in PROFILES if one.signature and one.matches(known)]
    assert set(matching) <= {"mailchimp-fields"}
    assert not matching or {"email", "fname", "lname"} <= known


@given(st.frozensets(st.text(min_size=1, max_size=12).map(normalised), max_size=8))
def test_headings_by_chance_are_of_no_service(known: frozenset[str]) -> None:
    assert [one.name for one in PROFILES if one.signature and one.matches(known, is_json=True)] == []


def test_one_column_less_than_the_signature_is_another_file() -> None:
    for profile in PROFILES:
        for left_out in profile.signature:
            known = frozenset(profile.signature) - {left_out} | frozenset(profile.any_of)
            assert not profile.matches(known, is_json=True), profile.name


def test_the_names_of_the_profiles_are_their_own() -> None:
    assert len({profile.name for profile in PROFILES}) == len(PROFILES)
    assert len({profile.label for profile in PROFILES}) == len(PROFILES)
