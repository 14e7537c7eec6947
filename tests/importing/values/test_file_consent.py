"""Whom a file's own columns call unsubscribed, cleaned, bounced, opted out or not to be contacted is held (rule 8)."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import RecordState
from tests.importing.books import write_xlsx
from tests.importing.files import Taken, header, take, text_of, under, write

FORBIDS = [
    ("UNSUB_TIME", "2026-03-01 10:11:12"),
    ("UNSUB_REASON", "No longer interested"),
    ("UNSUB_CAMPAIGN_TITLE", "Spring letter"),
    ("CLEAN_TIME", "2026-03-01 10:11:12"),
    ("UNSUB", "yes"),
    ("BOUNCE", "Yes"),
    ("STATUS", "unsubscribed"),
    ("STATUS", "cleaned"),
    ("STATUS", "nonsubscribed"),
    ("STATUS", "transactional"),
    ("Status", "Opted Out"),
    ("Member Status", "Hard bounced"),
    ("Contact Status", "Do not contact"),
    ("Unsubscribed", "true"),
    ("Unsubscribed?", "1"),
    ("Unsubscribed", "x"),
    ("Unsubscribed", "\u2713"),
    ("Unsubscribed on", "3/14/2026"),
    ("Unsubscribe Date", "2026-03-14"),
    ("Opted out", "t"),
    ("OPTED OUT", "T"),
    ("opted_out_at", "2026-03-14T10:11:12Z"),
    ("HasOptedOutOfEmail", "TRUE"),
    ("Email Opt-Out", "Y"),
    ("E-mail opt out", "yes, please remove me"),
    ("Do Not Contact", "yes"),
    ("do_not_contact", "'true"),
    ("DoNotEmail", "1.0"),
    ("Do not mail", "Yes"),
    ("No emails", "Yes"),
    ("Bounced", "2"),
    ("Bounce count", "3"),
    ("Email bounced", "hard bounce"),
    ("Invalid email", "yes"),
    ("Suppressed", "yes"),
    ("Email Opt In", "No"),
    ("email_opt_in", "false"),
    ("communication_opt_in", "false"),
    ("communications_consent_email", "no"),
    ("Opted in", "0"),
    ("OPTIN", "N"),
    ("Opt-in", "\u2717"),
    ("Subscribed", "No"),
    ("Subscribed", "unsubscribed"),
    ("Newsletter", "No thanks"),
    ("Newsletter", "None"),
    ("Join Mailing List", "No"),
    ("Accepts Email Marketing", "no"),
    ("Marketing Consent", "Not given"),
    ("GDPR consent", "withdrawn"),
    ("Not subscribed", "yes"),
    ("I do not want to receive emails", "true"),
    ("Would you like to receive occasional updates from us? You can unsubscribe at any time.", "No"),
    ("DoNotBulkEMail", "1"),
    ("Contact by email", "no"),
    ("eNews", "No"),
    ("Complaints", "1"),
    ("Email Status", "bounced"),
    ("Email Status", "Pending"),
    ("Email status", "invalid"),
    ("Email Marketing Status", "Unsubscribed"),
    ("Mailing Preferences", "Do not email"),
    ("State", "Unsubscribed"),
    # Spanish
    ("Dado de baja", "sí"),
    ("Fecha de baja", "14/03/2026"),
    ("No contactar", "Verdadero"),
    ("No desea recibir correos", "Sí"),
    ("Acepta recibir correos", "No"),
    ("Suscrito", "no"),
    ("Estado", "Dado de baja"),
    ("Consentimiento", "Falso"),
    # French
    ("Désabonné", "oui"),
    ("Ne pas contacter", "Vrai"),
    ("Abonné", "non"),
    ("Consentement", "refusé"),
    ("Statut", "Désinscrit"),
    ("Souhaite recevoir la newsletter", "Non"),
    # German
    ("Abgemeldet", "ja"),
    ("Abgemeldet am", "14.03.2026"),
    ("Nicht kontaktieren", "Wahr"),
    ("Kein Newsletter", "Ja"),
    ("Einwilligung", "nein"),
    ("Werbesperre", "x"),
    # Portuguese
    ("Descadastrado", "sim"),
    ("Não contatar", "Verdadeiro"),
    ("Inscrito", "não"),
    ("Aceita receber e-mails", "Não"),
    ("Situação", "Descadastrado"),
]
ALLOWS = [
    ("UNSUB_TIME", ""),
    ("UNSUB_TIME", "0000-00-00 00:00:00"),
    ("UNSUB", "no"),
    ("BOUNCE", "0"),
    ("STATUS", "subscribed"),
    ("Status", "Active"),
    ("Status", "gold member"),
    ("OPTIN_TIME", "2026-01-01 00:00:00"),
    ("OPTIN_IP", "192.0.2.7"),
    ("subscribed_at", "1767225600"),
    ("Unsubscribed", "No"),
    ("Unsubscribed", "0"),
    ("Unsubscribed", ""),
    ("Unsubscribed", "n/a"),
    ("Unsubscribed on", "Never"),
    ("Unsubscribed", "FALSE"),
    ("Opted out", "false"),
    ("Do Not Contact", "no"),
    ("Bounce count", "0"),
    ("Bounced", "\u2610"),
    ("Email Opt In", "Yes"),
    ("Email Opt In", ""),
    ("Email Opt In", "yes, I would like news"),
    ("communication_opt_in", "true"),
    ("Subscribed", "1"),
    ("Subscribed", "2026-01-02"),
    ("Newsletter", "I agree"),
    ("Would you like to receive occasional updates from us? You can unsubscribe at any time.", "Yes"),
    ("Email Status", "active"),
    ("Email Status", "Subscribed"),
    ("Unsubscribe link", "https://example.org/u/7"),
    ("SMS Opt Out", "yes"),
    ("Text Message Opt In", "unknown"),
    ("do_not_call", "yes"),
    ("Fundraiser Email Opt In", "no"),
    ("Photo consent", "no"),
    ("New Express Signup", "f"),
    ("State", "CA"),
    ("State", "Texas"),
    ("State", "OK"),
    ("No contactar", "no"),
    ("Abonné", "oui"),
    ("Abgemeldet", "nein"),
    ("Suscrito", "Sí"),
    ("Descadastrado", "Não"),
]
UNCLEAR = [
    ("Unsubscribed", "?"),
    ("Unsubscribed", "maybe"),
    ("Unsubscribed", "#REF!"),
    ("Unsubscribed", "#N/A"),
    ("Do Not Contact", "see notes"),
    ("Email Opt In", "unknown"),
    ("Email Opt In", "3"),
    ("Newsletter", "\u043d\u0435\u0442"),
    ("Email Status", "limbo"),
    ("Subscribed / unsubscribed", "yes"),
    ("Consent", "ask her"),
]
CODES = {ReasonCode.FILE_FORBIDS.value, ReasonCode.FILE_UNCLEAR.value}


def take_two_rows(heading: str, value: str) -> Taken:
    return take(
        text_of([["Email", heading], ["ann@example.org", value], ["bea@example.org", ""]], quoting=csv.QUOTE_ALL)
    )


@pytest.mark.parametrize(("heading", "value"), FORBIDS)
def test_a_row_that_forbids_is_held_with_its_column_and_value(heading: str, value: str) -> None:
    taken = take_two_rows(heading, value)
    row = taken.at(2)
    assert row.state is RecordState.HELD
    assert row.reason is not None
    assert row.reason.code is ReasonCode.FILE_FORBIDS
    assert (row.reason.values["column"], row.reason.values["value"]) == (heading, value.removeprefix("'"))
    assert heading in row.reason.text
    assert taken.waiting == ["bea@example.org"]


@pytest.mark.parametrize(("heading", "value"), ALLOWS)
def test_a_row_that_allows_or_says_nothing_goes(heading: str, value: str) -> None:
    assert "ann@example.org" in take_two_rows(heading, value).waiting


@pytest.mark.parametrize(("heading", "value"), UNCLEAR)
def test_what_cannot_be_understood_about_consent_is_held(heading: str, value: str) -> None:
    row = take_two_rows(heading, value).at(2)
    assert row.state is RecordState.HELD
    assert row.reason is not None
    assert row.reason.code is ReasonCode.FILE_UNCLEAR


@given(
    st.lists(st.sampled_from(FORBIDS), min_size=1, max_size=3, unique_by=lambda pair: pair[0].casefold()),
    st.lists(st.sampled_from(ALLOWS), max_size=3, unique_by=lambda pair: pair[0].casefold()),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.randoms(use_true_random=False),
)
def test_nobody_who_opted_out_waits_whatever_the_order_case_and_company_of_columns(
    forbids: list[tuple[str, str]], allows: list[tuple[str, str]], case: object, chance: object
) -> None:
    assert callable(case)
    taken_names = {heading.casefold() for heading, _ in forbids}
    allows = [pair for pair in allows if pair[0].casefold() not in taken_names]
    columns = [("Email", "ann@example.org"), ("First Name", "Ann"), *forbids, *allows]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    names, cells = zip(
        *((heading if heading == "Email" else case(heading), case(value)) for heading, value in columns), strict=True
    )
    other = ["bea@example.org" if name == "Email" else "" for name in names]
    taken = take(text_of([names, cells, other], quoting=csv.QUOTE_ALL))
    assert "ann@example.org" not in taken.waiting
    assert taken.code(2) in CODES


@given(
    st.lists(st.tuples(st.sampled_from(FORBIDS), st.sampled_from(["ann", "bea", "cy"])), min_size=1, max_size=8),
    st.data(),
)
def test_nobody_who_opted_out_in_one_row_waits_by_another(
    rows: list[tuple[tuple[str, str], str]], data: st.DataObject
) -> None:
    heading = rows[0][0][0]
    said = [(who, value if kind == heading else "") for (kind, value), who in rows]
    said += [(who, "") for who in ("ann", "bea", "cy")]
    said = data.draw(st.permutations(said))
    cells = [[f"{who}@example.org", value, f"2026-01-{day:02d}"] for day, (who, value) in enumerate(said, 1)]
    taken = take(text_of([["Email", heading, "Date"], *cells], quoting=csv.QUOTE_ALL))
    gone = {f"{who}@example.org" for who, value in said if value}
    assert not gone & set(taken.waiting)
    assert {row.donor.email for row in taken.rows if row.state is RecordState.HELD} == gone
    assert taken.check.result.balances


MAILCHIMP = {
    "Email Address": "ann@example.org", "First Name": "Ann", "Last Name": "Dot", "Phone Number": "2252501301",
    "MEMBER_RATING": "2", "OPTIN_TIME": "2025-01-01 00:00:00", "LEID": "1", "EUID": "e1",
    "LAST_CHANGED": "2026-01-01 00:00:00",
}  # fmt: skip


def mailchimp(kind: str) -> list[dict[str, str]]:
    """Return the members of an audience's export of one kind, and one beside them who stays."""
    left = {
        "subscribed": {},
        "unsubscribed": {"UNSUB_TIME": "2026-02-03 04:05:06", "UNSUB_REASON": "NORMAL"},
        "cleaned": {"CLEAN_TIME": "2026-02-03 04:05:06"},
    }[kind]
    return [MAILCHIMP | left, MAILCHIMP | {"Email Address": "bea@example.org", "LEID": "2", "EUID": "e2"}]


def saved(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    if path.suffix == ".csv":
        return write(path, rows)
    write_xlsx(path, {"Members": rows})
    return path


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", ["subscribed", "unsubscribed", "cleaned"])
def test_mailchimp_audiences(tmp_path: Path, kind: str, ending: str) -> None:
    taken = take(saved(tmp_path / f"{kind}_members{ending}", under(header(f"mailchimp_{kind}"), *mailchimp(kind))))
    assert taken.recognition.label == "Mailchimp audience"
    assert taken.recognition.open_questions == ()
    assert taken.rows[0].donor.first_name == "Ann"
    assert taken.rows[0].donor.phone == "2252501301"
    assert taken.waiting == (["ann@example.org"] if kind == "subscribed" else []) + ["bea@example.org"]
    assert taken.check.unread_columns == ()


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_mailchimp_members_under_the_names_of_merge_fields(tmp_path: Path, ending: str) -> None:
    names = header("mailchimp_fields")
    rows = [
        {"UNSUB": "no", "BOUNCE": "no", "STATUS": "subscribed"},
        {"UNSUB": "YES", "BOUNCE": "no", "STATUS": "subscribed"},
        {"UNSUB": "no", "BOUNCE": "Yes", "STATUS": "subscribed"},
        *(
            {"STATUS": status}
            for status in ("Unsubscribed", "cleaned", "nonsubscribed", "transactional", "archived", "pending")
        ),
        {"STATUS": "limbo"},
        {"STATUS": "Subscribed"},
    ]
    people = [row | {"EMAIL": f"donor{number}@example.org", "FNAME": "Ann"} for number, row in enumerate(rows)]
    taken = take(saved(tmp_path / f"members{ending}", under(names, *people)))
    assert taken.recognition.label == "Mailchimp audience (merge fields)"
    assert taken.waiting == ["donor0@example.org", "donor10@example.org"]
    assert taken.check.result.held == 9


def test_webhook_bodies_that_say_no_are_held() -> None:
    said = [("a@example.org", "no"), ("b@example.org", ""), ("c@example.org", "yes")]
    payloads = [{"email": who, "first_name": "A", "communications_consent_email": word} for who, word in said]
    text = "\n".join(json.dumps({"event": "donation_completed", "payload": payload}) for payload in payloads)
    assert take(text).waiting == ["b@example.org", "c@example.org"]


def test_a_row_without_an_address_or_of_another_page_is_held_for_what_its_file_says() -> None:
    text = "Email,Do Not Contact,Status\nbad@,yes,\n,yes,\nann@example.org,yes,failed\n"
    assert [take(text).code(row) for row in (2, 3, 4)] == ["file_forbids"] * 3


def test_a_plain_no_wins_over_columns_that_may_have_moved() -> None:
    text = "Email,Unsubscribed,First Name,Note\nann@example.org,yes,Ann,x,more\nbea@example.org,no,Bea,x,more\n"
    taken = take(text)
    assert [taken.code(2), taken.code(3)] == ["file_forbids", "ragged_row"]


def test_a_persons_word_names_a_column_whose_heading_says_nothing() -> None:
    from ac_desktop.importing.profiles.columns import parse_map

    text = "Email,Q7\nann@example.org,yes\nbea@example.org,no\n"
    assert take(text).waiting == ["ann@example.org", "bea@example.org"]
    assert take(text, overrides=parse_map(["do_not_contact=Q7"])).waiting == ["bea@example.org"]
    assert take(text, overrides=parse_map(["consent=Q7"])).waiting == ["ann@example.org"]


def test_a_column_whose_cells_say_it_counts_whatever_its_heading() -> None:
    rows = [["Email", "Subscription", "Group"], ["a@example.org", "Unsubscribed", "x"],
            ["b@example.org", "weekly", "x"], ["c@example.org", "", "Do not contact"]]  # fmt: skip
    assert take(text_of(rows)).waiting == ["b@example.org"]


@pytest.mark.parametrize("word", ["unsubscribed", "Cleaned", "opted out"])
def test_rows_without_a_header_are_held_too(word: str) -> None:
    rows = [["ann@example.org", "Ann", word], ["bea@example.org", "Bea", "subscribed"], ["cy@example.org", "Cy", word]]
    assert take(text_of(rows)).waiting == ["bea@example.org"]


def test_our_own_report_still_says_what_its_original_columns_say() -> None:
    from ac_desktop.importing.profiles.report_columns import ReportColumn

    own: dict[str, str] = {
        ReportColumn.EMAIL: "ann@example.org",
        ReportColumn.STATE: "held",
        ReportColumn.STATUS: "200",
        ReportColumn.ROW: "2",
    }
    names = [*ReportColumn, "Original email", "UNSUB_TIME"]
    rows = under(
        names,
        {**own, "UNSUB_TIME": "2026-02-03 04:05:06"},
        {**own, ReportColumn.EMAIL: "bea@example.org", ReportColumn.ROW: "3"},
    )
    taken = take(text_of(rows))
    assert taken.recognition.name == "report"
    assert taken.waiting == ["bea@example.org"]
    assert taken.check.unread_columns == ()
