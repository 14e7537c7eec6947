"""Each service's file, with its header verbatim and made-up donors, is imported without a question."""

from pathlib import Path

import pytest

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import OpenQuestion
from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import table_from_text
from ac_desktop.importing.profiles.columns import Field, parse_map
from ac_desktop.importing.profiles.profiles import built_in_profile_folder, load_profiles
from ac_desktop.model.states import RecordState
from tests.importing.files import Taken, header, open_table, take, text_of, under, write


def take_questions(rows: list[list[str]]) -> tuple[OpenQuestion, ...]:
    return detect(table_from_text(text_of(rows)), load_profiles()).open_questions


ANNIE = {"first_name": "Annie", "last_name": "Dot", "email": "annie@example.com"}


def assert_recognised_as(taken: Taken, label: str) -> None:
    assert taken.recognition.label == label
    assert taken.recognition.open_questions == ()
    assert taken.check.result.balances


def is_annie(taken: Taken, number: int, phone: str = "2252501301") -> None:
    donor = taken.at(number).donor
    assert (donor.email, donor.first_name, donor.last_name) == ("annie@example.com", "Annie", "Dot")
    assert donor.phone == phone
    assert taken.at(number).state is RecordState.WAITING


def test_anedot_transactions(tmp_path: Path) -> None:
    annie = {
        "Type": "Donation", "Status": "completed", "UID": "d1", "Campaign": "online", "First Name": "Annie",
        "Last Name": "Dot", "Phone": "12252501301", "Email": "Annie@Example.com", "Employer": "Acme",
        "Processed Date": "2026-04-09 20:57:08 -0400",
    }  # fmt: skip
    names = header("anedot")
    rows = under(
        names,
        annie,
        annie | {"Type": "Withdrawal", "Email": ""},
        annie | {"Type": "Refund", "Email": "bob@example.com"},
        annie | {"Status": "failed", "Email": "carla@example.com"},
    )
    taken = take(write(tmp_path / "transactions.csv", rows))
    assert_recognised_as(taken, "Anedot transactions")
    is_annie(taken, 2)
    assert taken.at(2).donor.page_name == "online"
    assert (taken.at(2).record_id, taken.at(2).donated_at) == ("d1", "2026-04-09 20:57:08")
    assert [taken.code(number) for number in (3, 4, 5)] == ["not_a_donation", "refunded", "not_completed"]
    assert len(names) == 33
    assert set(taken.recognition.not_relayed) == set(names) - {"Email", "Phone", "First Name", "Last Name"}


def test_anedot_columns_in_another_order_and_with_a_page_id(tmp_path: Path) -> None:
    names = ["Donor Covered Fees", "Action Page ID", "Email", "Last Name", "First Name", "UID"]
    taken = take(
        write(tmp_path / "t.csv", under(names, {"Email": "a@example.com", "Action Page ID": "p-1", "UID": "d9"}))
    )
    assert_recognised_as(taken, "Anedot transactions")
    assert taken.at(2).donor.page == "p-1"


def test_actblue_paid_contributions(tmp_path: Path) -> None:
    names = header("actblue_paid")
    assert len(names) == 101
    annie = {
        "Receipt ID": "AB1", "Date": "2026-05-09 17:33:08", "Fundraising Page": "spring", "Donor First Name": "Annie",
        "Donor Last Name": "Dot", "Donor Email": "annie@example.com", "Donor Phone": "2252501301", "Mobile": "t",
        "Fundraiser Contact Email": "boss@example.net", "Partner Contact Email": "partner@example.net",
        "Recipient": "Committee",
    }  # fmt: skip
    rows = under(names, annie, annie | {"Refund ID": "R1", "Donor Email": "bob@example.com"})
    taken = take(write(tmp_path / "paid.csv", rows))
    assert_recognised_as(taken, "ActBlue paid contributions")
    is_annie(taken, 2)
    assert taken.at(2).donor.page == "spring"
    assert taken.at(2).record_id == "AB1"
    assert taken.code(3) == "refunded"
    assert "Partner Contact Email" in taken.recognition.not_relayed


def test_actblue_cancelled_recurring(tmp_path: Path) -> None:
    names = header("actblue_cancelled")
    assert len(names) == 49
    row = {
        "Receipt ID": "AB2", "Cancelled On": "2026-06-01 01:02:03", "Donor First Name": "Annie",
        "Donor Last Name": "Dot", "Donor Email": "annie@example.com", "Donor Phone": "2252501301",
        "Contribution Form": "spring", "Owner Email": "owner@example.net",
    }  # fmt: skip
    taken = take(write(tmp_path / "cancelled.csv", under(names, row)))
    assert_recognised_as(taken, "ActBlue cancelled recurring")
    is_annie(taken, 2)
    assert taken.at(2).donor.page == "spring"
    assert taken.at(2).donated_at == "2026-06-01 01:02:03"


def test_actblue_settled(tmp_path: Path) -> None:
    names = header("actblue_settled")
    assert len(names) == 48
    row = {
        "Lineitem ID": "L1", "Contribution Datetime": "2026-06-01 01:02:03", "Donor First Name": "Annie",
        "Donor Last Name": "Dot", "Donor Email": "annie@example.com", "Donor Phone": "2252501301",
        "Transaction Type": "Contribution",
    }  # fmt: skip
    rows = under(names, row, row | {"Transaction Type": "Refund", "Donor Email": "bob@example.com"})
    taken = take(write(tmp_path / "settled.csv", rows))
    assert_recognised_as(taken, "ActBlue settled contributions")
    is_annie(taken, 2)
    assert taken.at(2).record_id == "L1"
    assert taken.code(3) == "refunded"


def test_donorbox(tmp_path: Path) -> None:
    names = header("donorbox")
    assert len(names) == 53
    row = {
        "Name": "Annie Dot", "Donor's First Name": "Annie", "Donor's Last Name": "Dot",
        "Donor Email": "annie@example.com", "Phone": "+1 225-250-1301", "Campaign": "Spring", "Receipt Id": "R7",
        "Donated At": "2026-05-01 10:11:12", "Recipient Email": "friend@example.net", "Recipient Name": "Friend",
        "Honoree Name": "Granny", "Fundraiser": "x@example.net",
    }  # fmt: skip
    taken = take(write(tmp_path / "donorbox.csv", under(names, row)))
    assert_recognised_as(taken, "Donorbox donations")
    is_annie(taken, 2, phone="+12252501301")
    assert taken.at(2).donor.page_name == "Spring"
    assert taken.at(2).record_id == "R7"


def test_stripe_payments(tmp_path: Path) -> None:
    names = [*header("stripe_payments"), "campaign (metadata)"]
    row = {
        "id": "ch_1", "Created (UTC)": "2026-05-01 10:11", "Customer Email": "annie@example.com", "Mode": "Live",
        "Card Name": "Annie Dot", "Status": "Paid", "Amount Refunded": "0.00",
    }  # fmt: skip
    rows = under(
        names,
        row,
        row | {"Mode": "Test", "Customer Email": "t@example.com"},
        row | {"Status": "Failed", "Customer Email": "f@example.com"},
        row | {"Amount Refunded": "12.00", "Customer Email": "r@example.com"},
        row | {"Card Name": "bob@example.com", "Customer Email": "bob@example.com"},
    )
    taken = take(write(tmp_path / "payments.csv", rows))
    assert_recognised_as(taken, "Stripe payments")
    is_annie(taken, 2, phone="")
    assert [taken.code(number) for number in (3, 4, 5)] == ["test_mode", "not_completed", "refunded"]
    assert taken.at(6).donor.first_name == ""
    assert taken.at(6).warnings[0].code.value == "name_is_email"


def test_stripe_customers(tmp_path: Path) -> None:
    row = {"id": "cus_1", "Email": "annie@example.com", "Name": "Annie Dot", "Status": "canceled"}
    taken = take(write(tmp_path / "customers.csv", under(header("stripe_customers"), row)))
    assert_recognised_as(taken, "Stripe customers")
    is_annie(taken, 2, phone="")


def test_nationbuilder(tmp_path: Path) -> None:
    names = [
        *("nationbuilder_id", "first_name", "last_name", "email", "email1", "email1_is_bad", "email2"),
        *("email2_is_bad", "phone_number", "email_opt_in", "do_not_contact", "tag_list"),
    ]
    row = {
        "nationbuilder_id": "'17", "first_name": "'Annie", "last_name": "'Dot", "email1": "'old@example.com",
        "email1_is_bad": "true", "email2": "'annie@example.com", "email2_is_bad": "false",
        "phone_number": "'2252501301", "do_not_contact": "true",
    }  # fmt: skip
    rows = under(names, row, row | {"email1_is_bad": "", "do_not_contact": "false"})
    taken = take(write(tmp_path / "nationbuilder-people-export-1.csv", rows))
    assert_recognised_as(taken, "NationBuilder people")
    assert (taken.code(2), taken.at(2).donor.email) == ("file_forbids", "annie@example.com")
    assert taken.at(3).donor.email == "old@example.com"
    assert taken.at(3).state is RecordState.WAITING
    assert taken.at(3).warnings == ()


def test_raisely(tmp_path: Path) -> None:
    names = ["UUID", "Id", "Created At", "Mode", "Processing", "Status", "Type", "Email", "First Name", "Last Name"]
    row = {
        "UUID": "u-1", "Created At": "2026-05-01 10:11 UTC", "Mode": "LIVE", "Status": "OK", "Processing": "ONCE",
        "Email": "annie@example.com", "First Name": "Annie", "Last Name": "Dot", "Type": "ONLINE",
    }  # fmt: skip
    rows = under(
        names,
        row,
        row | {"Mode": "TEST", "Email": "t@example.com"},
        row | {"Status": "FAILED", "Email": "f@example.com"},
    )
    taken = take(write(tmp_path / "raisely.csv", rows))
    assert_recognised_as(taken, "Raisely donations")
    is_annie(taken, 2, phone="")
    assert [taken.code(3), taken.code(4)] == ["test_mode", "not_completed"]


def test_paypal(tmp_path: Path) -> None:
    row = {
        "Date": "04/23/2026", "Name": "Annie Dot", "Type": "Donation Payment", "Status": "Completed",
        "From Email Address": "annie@example.com", "To Email Address": "us@example.org", "Balance Impact": "Credit",
        "Transaction ID": "T1", "Contact Phone Number": "225-250-1301",
    }  # fmt: skip
    rows = under(
        header("paypal"),
        row,
        row | {"Balance Impact": "Memo", "From Email Address": "m@example.com"},
        row | {"Balance Impact": "Debit", "Type": "General Withdrawal", "From Email Address": "us@example.org"},
        row | {"Type": "Payment Refund", "From Email Address": "r@example.com"},
        row | {"Status": "Pending", "From Email Address": "p@example.com"},
        row | {"Type": "Subscription Payment", "From Email Address": "s@example.com"},
    )
    taken = take(write(tmp_path / "paypal.csv", rows))
    assert_recognised_as(taken, "PayPal activity")
    is_annie(taken, 2)
    assert taken.waiting == ["annie@example.com", "s@example.com"]
    assert taken.at(2).donated_at == "2026-04-23 00:00:00"


def test_canadahelps(tmp_path: Path) -> None:
    names = [
        *("DONOR FIRST NAME", "DONOR LAST NAME", "DONOR EMAIL ADDRESS", "DONOR COMPANY NAME", "AMOUNT"),
        *("DONATION DATE", "DONATION TIME", "TRANSACTION NUMBER"),
    ]
    row = {
        "DONOR FIRST NAME": "Annie", "DONOR LAST NAME": "Dot", "DONOR EMAIL ADDRESS": "annie@example.com",
        "DONATION DATE": "2026/05/01", "TRANSACTION NUMBER": "9",
    }  # fmt: skip
    anonymous = dict.fromkeys(names, "ANON") | {"DONATION DATE": "2026/05/02"}
    taken = take(write(tmp_path / "canadahelps.csv", under(names, row, anonymous)))
    assert_recognised_as(taken, "CanadaHelps donations")
    is_annie(taken, 2, phone="")
    assert taken.code(3) == "no_email"
    assert taken.at(3).donor.last_name == ""


def test_benevity_with_its_preamble_and_sums(tmp_path: Path) -> None:
    names = header("benevity")
    row = {
        "Company": "Totals Unlimited", "Project": "Spring", "Donation Date": "2026-05-01T00:00:00Z",
        "Donor First Name": "Annie", "Donor Last Name": "Dot", "Email": "annie@example.com", "Transaction ID": "B1",
        "Total Donation to be Acknowledged": "10,000.00",
    }  # fmt: skip
    blank = "Not shared by donor"
    rows = [
        ["#-------------------------------------------"],
        ["Charity Name", "Sample Charity"],
        ["Currency", "USD"],
        ["#-------------------------------------------"],
        [],
        *under(
            names,
            row,
            row | {"Email": blank, "Donor First Name": blank.upper()},
            row | {"Total Donation to be Acknowledged": "-5.00", "Email": "bob@example.com"},
        ),
        ["Totals", "", "10,000.00"],
        ["Total Donations (Gross)", "10,000.00"],
        ["Check Fee", "1.00"],
        ["Net Total Payment", "9,999.00"],
    ]
    taken = take(write(tmp_path / "benevity.csv", rows))
    assert_recognised_as(taken, "Benevity donations")
    assert taken.table.header_row == 6
    is_annie(taken, 7, phone="")
    assert taken.code(8) == "no_email"
    assert taken.at(8).donor.first_name == ""
    assert taken.code(9) == "refunded"
    assert taken.table.trailer_rows == (10, 11, 12, 13)
    assert [row.number for row in taken.table.preamble] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "names",
    [
        ("Email", "First Name", "Last Name", "Phone"),
        ("E-mail", "first_name", "last_name", "phone_number"),
        ("Donor Email Address", "First", "Surname", "Cell Phone"),
        ("customers.email", "customers.given_name", "customers.family_name", "Mobile"),
        ("Email 1", "First\u00a0 Name", "'Last Name", "Phone 1 Full Number (F)"),
    ],
)
def test_plain_headings(tmp_path: Path, names: tuple[str, ...]) -> None:
    rows = [names, ("annie@example.com", "Annie", "Dot", "(225) 250-1301")]
    taken = take(write(tmp_path / "list.csv", rows))
    assert_recognised_as(taken, "Donor list")
    is_annie(taken, 2)


def test_plain_lists_leave_out_what_no_donation_has(tmp_path: Path) -> None:
    names = ["Email", "Type", "Status", "Mode"]
    rows = [
        names,
        ["a@example.com", "", "active", "live"],
        ["b@example.com", "Refund", "", ""],
        ["c@example.com", "", "Pending", ""],
        ["d@example.com", "", "", "TEST"],
    ]
    taken = take(write(tmp_path / "list.csv", rows))
    assert taken.waiting == ["a@example.com"]
    assert [taken.code(number) for number in (3, 4, 5)] == ["refunded", "not_completed", "test_mode"]


@pytest.mark.parametrize("word", ["Recipient", "Partner", "Fundraiser", "Owner", "Employer", "Honoree", "To"])
def test_somebody_elses_email_is_never_the_donors(word: str) -> None:
    table = table_from_text(text_of([[f"{word} Email", "First Name"], ["x@example.com", "Annie"]]))
    recognition = detect(table, load_profiles())
    assert Field.EMAIL not in recognition.columns
    assert [question.kind.value for question in recognition.open_questions] == ["email column"]
    assert recognition.open_questions[0].candidates == ()


def test_an_unknown_email_heading_is_offered_not_taken() -> None:
    table = table_from_text(text_of([["Reach me", "First Name"], ["x@example.com", "Annie"]]))
    (question,) = detect(table, load_profiles()).open_questions
    assert question.candidates == ("Reach me",)
    assert question.proposed == "Reach me"


@pytest.mark.parametrize(
    ("cells", "proposed"),
    [
        (["a@example.org"] * 19 + ["by phone"], "Reach me"),
        (["a@example.org"] * 8 + ["by phone"] * 2, ""),
        (["ask a@example.org"] * 20, ""),
    ],
)
def test_a_column_is_proposed_where_nearly_every_value_is_an_address(cells: list[str], proposed: str) -> None:
    (question,) = take_questions([["Reach me", "Colour"], *([cell, "red"] for cell in cells)])
    assert question.proposed == proposed


def test_neither_two_columns_nor_somebody_elses_are_proposed() -> None:
    rows = [["Reach me", "Or at"], ["a@example.org", "b@example.org"]]
    assert [one.proposed for one in take_questions(rows)] == [""]
    for heading in ("Dedication contact", "Correo del destinatario", "E-Mail Empfänger", "Spouse mail"):
        assert [one.candidates for one in take_questions([[heading, "Colour"], ["a@example.org", "red"]])] == [()]


def test_mobile_is_a_phone_only_where_its_values_are() -> None:
    rows = [["Email", "Mobile"], ["x@example.com", "t"], ["y@example.com", "f"]]
    assert Field.PHONE not in detect(table_from_text(text_of(rows)), load_profiles()).columns


def test_two_columns_for_one_field_keep_the_first_and_say_so() -> None:
    rows = [["Email", "Phone", "Phone"], ["x@example.com", "2252501301", "2252501302"]]
    recognition = detect(table_from_text(text_of(rows)), load_profiles())
    assert recognition.columns[Field.PHONE] == 1
    assert any("“Phone (2)”" in line for line in recognition.evidence)


def test_a_whole_name_is_asked_about_and_parted() -> None:
    taken = take('Name,Email\nMary Ann Dot,a@example.com\n"Dot, Annie",b@example.com\nCher,c@example.com\n')
    assert [question.kind.value for question in taken.recognition.open_questions] == ["name split"]
    names = [(row.donor.first_name, row.donor.last_name) for row in taken.rows]
    assert names == [("Mary Ann", "Dot"), ("Annie", "Dot"), ("Cher", "")]


def test_overrides_win_over_what_was_found() -> None:
    text = "Email,Other,Name\nwrong@example.com,right@example.com,Annie Dot\n"
    taken = take(text, overrides=parse_map(["email=other", "name=Column 3", "last-name="]))
    assert taken.waiting == ["right@example.com"]
    assert taken.recognition.open_questions == ()


@pytest.mark.parametrize("entries", [["email=A", "email=B"], ["e-mail"], ["shoe=B"]])
def test_a_map_that_cannot_be_is_refused(entries: list[str]) -> None:
    with pytest.raises(ImportFileError):
        parse_map(entries)


def test_an_override_of_a_missing_column_names_the_columns() -> None:
    table = table_from_text("Email\na@example.com\n")
    with pytest.raises(ImportFileError, match=r"Nope.*Email"):
        detect(table, load_profiles(), {Field.EMAIL: "Nope"})


def test_the_fingerprint_does_not_mind_case_and_blanks() -> None:
    marks = {
        detect(table_from_text(f"{line}\na@example.com,A\n"), load_profiles()).fingerprint
        for line in ("Email,First Name", "email,  FIRST\u00a0name ", "\ufeffEmail,first name")
    }
    assert len(marks) == 1


def test_a_users_recogniser_comes_first(tmp_path: Path) -> None:
    (tmp_path / "club.toml").write_text(
        'name = "club"\nlabel = "The club"\nsignature = ["Mitglied"]\n'
        '[columns]\nemail = "Post"\nlast_name = ["Mitglied"]\n'
        '[[leave_out]]\ncolumns = "Stand"\nkeep = ["bezahlt"]\nreason = "not_completed"\n',
        encoding="utf-8",
    )
    path = write(tmp_path / "club.csv", [["Mitglied", "Post", "Stand"], ["Dot", "a@example.com", "offen"]])
    recognisers = load_profiles(tmp_path)
    recognition = detect(open_table(path), recognisers)
    assert recognition.label == "The club"
    assert recognition.columns == {Field.EMAIL: 1, Field.LAST_NAME: 0}


@pytest.mark.parametrize(
    "toml",
    [
        "name =",
        'name = "x"',
        'name = "x"\nlabel = "X"\nshoe = 1',
        'name = "x"\nlabel = "X"\norder = "first"',
        'name = "x"\nlabel = "X"\nsignature = 3',
        'name = "x"\nlabel = "X"\nsynonyms = "yes"',
        'name = "x"\nlabel = "X"\ncolumns = 1',
        'name = "x"\nlabel = "X"\n[columns]\nshoe = "A"',
        'name = "x"\nlabel = "X"\n[columns]\nemail = "Partner Email"',
        'name = "x"\nlabel = "X"\nleave_out = 1',
        'name = "x"\nlabel = "X"\nleave_out = [1]',
        'name = "x"\nlabel = "X"\n[[leave_out]]\ncolumns = "A"\nreason = "dunno"',
    ],
)
def test_a_recogniser_that_cannot_be_used_is_named(tmp_path: Path, toml: str) -> None:
    (tmp_path / "mine.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ImportFileError, match=r"mine\.toml"):
        load_profiles(tmp_path)


def test_every_recogniser_of_ours_is_read() -> None:
    assert len(load_profiles()) == len(list(built_in_profile_folder().glob("*.toml"))) >= 15


def test_built_in_profiles_are_read_once_and_those_of_people_whenever_they_are_asked_for(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\nlabel = "Mine"\nsignature = ["My mail"]\n[columns]\nemail = ["My mail"]\n')
    first = {profile.name: profile for profile in load_profiles(tmp_path)}
    own.write_text(own.read_text().replace("Mine", "Ours"))

    again = {profile.name: profile for profile in load_profiles(tmp_path)}

    assert again["own"].label == "Ours"
    assert again["anedot"] is first["anedot"]
