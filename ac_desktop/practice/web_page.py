"""The pages for people: the account's contacts and lists as ActiveCampaign shows them, and the switches for faults."""

import hmac
import secrets
from collections.abc import Iterable
from enum import StrEnum
from html import escape
from typing import Final
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from ac_desktop.model.wording import language_in_use, tr
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.faults import SWITCHES, Faults, Switch, from_form
from ac_desktop.practice.records import Contact, PracticeList, status_word
from ac_desktop.practice.serializers import stamp

HOME: Final = "/"
FAULTS: Final = "/practice/faults"
ROWS: Final = 100
REFRESH: Final = 3

_STYLE: Final = """
:root{color-scheme:light dark;--line:#8885;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;margin:0}
main,header,nav{padding:.8rem 1.5rem}
header{background:repeating-linear-gradient(45deg,#b45309,#b45309 14px,#92400e 14px,#92400e 28px);color:#fff}
header strong{font-size:1.15rem}
nav{border-bottom:1px solid var(--line)}
nav a{margin-right:1.2rem}
nav a[aria-current]{font-weight:700;color:inherit;text-decoration:none}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .7rem;border-bottom:1px solid var(--line);vertical-align:top}
th{background:var(--soft)}
td.n,th.n{text-align:right}
label{display:block;margin:.5rem 0}
select,input[type=number]{font:inherit;margin-left:.5rem}
button{font:inherit;padding:.4rem 1.2rem}
"""
_SAFE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class WebPage:
    """Shows the account at `/` and its switches at `/practice/faults`."""

    def __init__(self, account: PracticeAccount, base: str) -> None:
        self._account = account
        self._hosts = _hosts(base)
        self._token = secrets.token_urlsafe(24)

    def has(self, path: str) -> bool:
        """Whether a path is one of the pages."""
        return path in {HOME, FAULTS}

    def respond(self, request: Request) -> Response:
        """Return the response to a browser."""
        # A web site whose name resolves to this computer (DNS rebinding) must not read the practice data.
        if request.headers.get("Host", "") not in self._hosts:
            return _page(tr("Wrong address for the practice account"), "", status=421)
        if request.path == FAULTS:
            return self._switch(request) if request.method == "POST" else self._faults_page()
        with self._account.locked():
            return self._contacts_page(request) if request.args.get("tab") != "lists" else self._lists_page()

    def _contacts_page(self, request: Request) -> Response:
        contacts = self._account.contacts()[::-1]
        last = max(1, -(-len(contacts) // ROWS))
        number = min(max(1, request.args.get("page", 1, type=int)), last)
        names = {one.id: one.name for one in self._account.lists()}
        head = _row("th", [tr("Name"), tr("Email"), tr("Phone"), tr("Lists"), tr("Updated")])
        rows = "".join(self._contact_row(contact, names) for contact in contacts[(number - 1) * ROWS : number * ROWS])
        empty = "" if contacts else f"<p>{escape(tr('No contacts yet. Donors you relay appear here.'))}</p>"
        body = f"<table>{head}{rows}</table>{empty}{_pager(number, last)}"
        return _page(tr("Contacts ({count})", count=len(contacts)), body, tab="contacts", refresh=True)

    def _contact_row(self, contact: Contact, names: dict[str, str]) -> str:
        lists = ", ".join(
            f"{names.get(row.list_id, row.list_id)}: {status_word(row.status)}"
            for row in self._account.memberships(contact.id)
        )
        name = f"{contact.first_name} {contact.last_name}".strip()
        return _row("td", [name, contact.email, contact.phone, lists, stamp(contact.updated_at)])

    def _lists_page(self) -> Response:
        head = _row("th", [tr("List ID"), tr("Name"), tr("Channel"), tr("Active"), tr("All")])
        rows = "".join(self._list_row(one) for one in self._account.lists())
        return _page(tr("Lists"), f"<table>{head}{rows}</table>", tab="lists", refresh=True)

    def _list_row(self, one: PracticeList) -> str:
        counts = self._account.list_counts(one.id)
        name = tr("{name} (deleted)", name=one.name) if one.is_deleted else one.name
        return _row("td", [one.id, name, one.channel, str(counts.active), str(counts.members)])

    def _faults_page(self, message: str = "", status: int = 200) -> Response:
        fields = "".join(_field(switch, self._account.faults) for switch in SWITCHES)
        form = (
            f'<form method="post" action="{FAULTS}"><input type="hidden" name="token" value="{escape(self._token)}">'
            f"{fields}<p><button>{escape(tr('Apply'))}</button></p></form>"
        )
        note = f'<p role="alert">{escape(message)}</p>' if message else ""
        return _page(tr("Simulate problems"), note + form, tab="faults", status=status)

    def _switch(self, request: Request) -> Response:
        if not hmac.compare_digest(request.form.get("token", "").encode(), self._token.encode()):
            return self._faults_page(
                tr("The practice account was restarted, so this form is out of date. Reload the page and try again."),
                403,
            )
        try:
            self._account.faults = from_form(request.form)
        except ValueError as problem:
            return self._faults_page(str(problem), 400)
        return Response(status=303, headers={"Location": FAULTS, **_SAFE})


def _hosts(base: str) -> frozenset[str]:
    address = urlsplit(base).netloc
    return frozenset({address, address.replace("127.0.0.1", "localhost")})


def _field(switch: Switch, faults: Faults) -> str:
    name, label, value = escape(switch.field), escape(switch.text), getattr(faults, switch.field)
    if switch.kind is bool:
        ticked = " checked" if value else ""
        return f'<label><input type="checkbox" name="{name}"{ticked}> {label}</label>'
    if issubclass(switch.kind, StrEnum):
        options = "".join(
            f'<option value="{escape(choice)}"{" selected" if choice == value else ""}>{escape(text)}</option>'
            for choice, text in switch.choice_texts.items()
        )
        return f'<label>{label} <select name="{name}">{options}</select></label>'
    step = "1" if switch.kind is int else "any"
    return f'<label>{label} <input type="number" min="0" step="{step}" name="{name}" value="{value:g}"></label>'


def _row(cell: str, texts: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in texts) + "</tr>"


def _pager(number: int, last: int) -> str:
    if last == 1:
        return ""
    newer = f'<a href="/?page={number - 1}">{escape(tr("Newer"))}</a> ' if number > 1 else ""
    older = f' <a href="/?page={number + 1}">{escape(tr("Older"))}</a>' if number < last else ""
    where = escape(tr("Page {number} of {last}", number=number, last=last))
    return f"<p>{newer}{where}{older}</p>"


def _page(title: str, body: str, *, tab: str = "", refresh: bool = False, status: int = 200) -> Response:
    tabs = (
        ("contacts", "/?tab=contacts", tr("Contacts")),
        ("lists", "/?tab=lists", tr("Lists")),
        ("faults", FAULTS, tr("Simulate problems")),
    )
    links = "".join(
        f'<a href="{href}"{" aria-current=page" if name == tab else ""}>{escape(text)}</a>' for name, href, text in tabs
    )
    again = f'<meta http-equiv="refresh" content="{REFRESH}">' if refresh else ""
    html = (
        f'<!DOCTYPE html><html lang="{language_in_use()}"><head><meta charset="utf-8">{again}'
        f"<title>{escape(title)}</title>"
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<header><strong>{escape(tr('Practice account: nothing leaves this computer'))}</strong></header>"
        f"<nav>{links}</nav><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return Response(html, status=status, content_type="text/html; charset=utf-8", headers=_SAFE)
