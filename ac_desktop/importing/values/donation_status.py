"""What a file's columns say about a donation's status: completed, failed, refunded, abandoned or pending."""

import re
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from ac_desktop.importing.values import consent_words
from ac_desktop.importing.values.cells import amount, any_of, clean_cell, plain
from ac_desktop.model.reasons import ReasonCode


class DonationColumn(Enum):
    """What a column holds about a donation."""

    STATUS = auto()
    """The status of a payment, donation or transaction."""
    ANY_STATUS = auto()
    """A status that may be that of a donation."""
    ACTION = auto()
    """What was done with a charge; anything but a settlement is no donation."""
    REFUNDED = auto()
    """Yes means that the donation was refunded."""
    REFUND_DETAIL = auto()
    """Filled means refunded: the time of a refund, its number."""
    REFUND_AMOUNT = auto()
    AMOUNT = auto()
    """A negative amount is a refund."""


class DonationState(Enum):
    """What a cell says about a donation."""

    SILENT = auto()
    DONE = auto()
    REFUNDED = auto()
    NOT_COMPLETED = auto()
    NOT_A_DONATION = auto()
    UNKNOWN = auto()


REASONS: Final = {
    DonationState.REFUNDED: ReasonCode.REFUNDED,
    DonationState.NOT_COMPLETED: ReasonCode.NOT_COMPLETED,
    DonationState.NOT_A_DONATION: ReasonCode.NOT_A_DONATION,
}
_NUMBERED: Final = re.compile(r" \d+$")
_STATUS: Final = re.compile(r"\b(?:status|state|estado|estatus|statut|etat|zustand|situacao|situacion)\b")
_DONATION: Final = any_of(
    "payment", "donation", "transaction", "gift", "charge", "contribution", "order", "refund", "pago", "donacion",
    "donativo", "transaccion", "paiement", "don", r"transaktion\w*", r"zahlung\w*", r"spende\w*",
    r"\w*zahlungs?status", "spendenstatus", "pagamento", "doacao", "transacao",
)  # fmt: skip
_OF_SOMETHING_ELSE: Final = any_of(
    "recurring", "recurrence", "subscription", "plan", "card", "cvc", "avs", "zip", "dispute", "payout", "receipt",
    "address", "counterparty", "tax", "verification", r"acknowledg\w+", "thank", "address", "billing", "shipping",
    "bank", "method", "type", "email",
)  # fmt: skip
_JOINED_STATUS: Final = re.compile(r"(?:zahlungs|spenden|transaktions)status")
_PLAIN_STATUS: Final = frozenset({
    "status", "state", "estado", "estatus", "statut", "etat", "zustand", "situacao", "situacion",
})  # fmt: skip
_ACTION: Final = frozenset({"charge action type", "charge action"})
_FLAG: Final = frozenset({
    "refunded", "is refunded", "was refunded", "refund", "fully refunded", "chargeback", "charged back",
    "reembolsado", "reembolso", "rembourse", "remboursement", "erstattet", "estornado", "voided", "is voided",
    "void",
})  # fmt: skip
_REFUND_DETAIL: Final = any_of(
    "(?:refund(?:ed)?|reversal|reversed|chargeback|void(?:ed)?) "
    "(?:at|on|date|time|date time|datetime|timestamp|id|reference|transaction|transaction id)",
    "date (?:of )?(?:refund(?:ed)?|chargeback)", "fecha (?:de )?reembolso", "date (?:de )?remboursement",
)  # fmt: skip
_REFUND_AMOUNT: Final = any_of(
    "(?:total |gross )?refund(?:ed)? (?:amount|total|value)", "(?:amount|total|value) (?:refunded|of refund)",
    "(?:importe|monto) (?:reembolsado|de reembolso)", "montant rembourse", "erstattungsbetrag",
    "valor (?:reembolsado|estornado)",
)  # fmt: skip
_AMOUNT: Final = any_of(
    "(?:(?:total|donation|gift|payment|contribution|transaction|charge|charged|gross|donated|paid|order) )*"
    "(?:amount|total)(?: (?:in )?(?:us|usd|cad|eur|gbp|aud|nzd|mxn|brl|dollars|euros|cents|total|charged|paid))?",
    "(?:donation|gift|contribution) value", "gross", "donation", "total amount",
    "total donation to be acknowledged", "(?:importe|monto|cantidad)(?: (?:de la donacion|donado|total|del pago))?",
    "montant(?: (?:du don|total|paye))?", "betrag", "spendenbetrag", "spendenhohe",
    "valor(?: (?:da doacao|total|pago))?",
)  # fmt: skip
TOTALS: Final = ("total amount", "donation amount", "amount", "gross amount", "donation total", "gift amount", "total")
"""Amounts with which that of a refund is compared; the first that a file has."""

_DENIED: Final = re.compile(
    r"\b(?:not|non|no|never|sin|nicht|nao)(?: been| yet| partially| fully)? "
    r"(?:refund|charge ?back|charged back|revers|disput|return|"
    r"reembols|rembours|erstatt|estorn|cancel|void|fail)"
)
_REFUNDED: Final = any_of(
    "refund(?:ed|s|ing)?", "charge ?backs?", "charged back", "revers(?:ed|al)", "disputed", r"reembols\w+",
    "devuelt[oa]", r"rembours\w+", "(?:zu)?r?u?c?k?erstattet", "rucklastschrift", "ruckbuchung", "estornad[oa]",
    "contracargo",
)  # fmt: skip
_NOT_COMPLETED: Final = any_of(
    "fail(?:ed|ure|s)?", "declined?", r"abandon\w*", r"cancel\w*", "pending", "void(?:ed)?", "incomplete", "unpaid",
    "revoked", "rejected", "denied", "unsuccessful",
    "not (?:completed?|paid|successful|processed|captured|settled)", "uncaptured", "insufficient funds", "nsf",
    "fallid[oa]", "fallad[oa]", "rechazad[oa]", "pendiente", "anulad[oa]", "incomplet[oa]",
    "no (?:completad[oa]|pagad[oa])", r"echou\w*", "echec", r"annul\w+", "en attente", "fehlgeschlagen",
    "abgelehnt", "ausstehend", "storniert", "abgebrochen", "unbezahlt", "falhou", "recusad[oa]", "pendente",
)  # fmt: skip
_NOT_COMPLETED_DONATION: Final = any_of(
    "expired?", "error(?:ed)?", "in progress", "in process", "on hold", "draft", r"requires \w+", "blocked",
    "deleted", "trash(?:ed)?", "returned", "bounced", "stopped", "vencid[oa]", r"refus\w+", "expirad[oa]", "no",
)  # fmt: skip
_DONE: Final = frozenset({
    "succeeded", "success", "successful", "successfully", "complete", "completed", "paid", "payed", "settled",
    "settlement", "captured", "processed", "approved", "ok", "received", "cleared", "deposited", "published",
    "publish", "confirmed", "fulfilled", "finalized", "finalised", "posted", "accepted", "done", "verified",
    "completado", "completada", "completa", "exitoso", "exitosa", "exito", "pagado", "pagada", "aprobado",
    "aprobada", "aceptado", "aceptada", "recibido", "recibida", "procesado", "procesada", "liquidado", "reussi",
    "reussie", "termine", "terminee", "paye", "payee", "effectue", "effectuee", "valide", "validee", "accepte",
    "acceptee", "recu", "recue", "erfolgreich", "abgeschlossen", "bezahlt", "ausgefuhrt", "gebucht", "eingegangen",
    "erledigt", "concluido", "concluida", "pago", "paga", "aprovado", "aprovada", "sucesso", "recebido", "recebida",
    "processado", "completo", "paid out", "bem sucedido", "payment received", "payment succeeded",
    "payment complete", "payment completed",
})  # fmt: skip
_SETTLEMENT: Final = re.compile(r"s|settle\w*|settlement")


@lru_cache(maxsize=4_096)
def donation_column(heading: str) -> DonationColumn | None:
    """Return what a column with this heading holds about the donation, None where nothing."""
    plain_text = _NUMBERED.sub("", plain(heading))
    if consent_words.SOMEBODY_ELSE.search(plain_text):
        return None
    if plain_text in _PLAIN_STATUS:
        return DonationColumn.ANY_STATUS
    if plain_text in _ACTION:
        return DonationColumn.ACTION
    if plain_text in _FLAG:
        return DonationColumn.REFUNDED
    if _REFUND_AMOUNT.fullmatch(plain_text):
        return DonationColumn.REFUND_AMOUNT
    if _REFUND_DETAIL.fullmatch(plain_text):
        return DonationColumn.REFUND_DETAIL
    if _AMOUNT.fullmatch(plain_text):
        return DonationColumn.AMOUNT
    of_donation = _JOINED_STATUS.search(plain_text) or (_STATUS.search(plain_text) and _DONATION.search(plain_text))
    return DonationColumn.STATUS if of_donation and not _OF_SOMETHING_ELSE.search(plain_text) else None


@lru_cache(maxsize=16_384)
def read_donation_state(column: DonationColumn, cell: str) -> DonationState:
    """Return what a cell of such a column says; an amount is read by `amount`."""
    text = clean_cell(cell, marked=True)
    plain_text = plain(text)
    if not plain_text or plain_text in consent_words.NOTHING:
        return DonationState.SILENT
    match column:
        case DonationColumn.STATUS | DonationColumn.ANY_STATUS:
            return _read_status(column, plain_text)
        case DonationColumn.ACTION:
            return _read_action(plain_text)
        case DonationColumn.REFUNDED:
            return _read_refund(text, plain_text)
        case DonationColumn.REFUND_DETAIL:
            is_none = plain_text in consent_words.NO or consent_words.ZERO_DATE.fullmatch(text)
            return DonationState.SILENT if is_none else DonationState.REFUNDED
        case DonationColumn.AMOUNT:
            return DonationState.REFUNDED if (amount(text) or 0) < 0 else DonationState.SILENT
        case DonationColumn.REFUND_AMOUNT:
            return DonationState.REFUNDED if amount(text) else DonationState.SILENT


def _read_status(column: DonationColumn, plain_text: str) -> DonationState:
    if plain_text in _DONE or _DENIED.search(plain_text):
        return DonationState.DONE
    if _REFUNDED.search(plain_text):
        return DonationState.REFUNDED
    failed = _NOT_COMPLETED.search(plain_text) or (
        column is DonationColumn.STATUS and _NOT_COMPLETED_DONATION.search(plain_text)
    )
    return DonationState.NOT_COMPLETED if failed else DonationState.UNKNOWN


def _read_action(plain_text: str) -> DonationState:
    if _SETTLEMENT.fullmatch(plain_text):
        return DonationState.DONE
    return DonationState.REFUNDED if _REFUNDED.search(plain_text) else DonationState.NOT_A_DONATION


def _read_refund(text: str, plain_text: str) -> DonationState:
    if plain_text in consent_words.NO or consent_words.ZERO_DATE.fullmatch(text) or _DENIED.search(plain_text):
        return DonationState.DONE
    is_number = amount(text) is not None
    if plain_text in consent_words.YES or is_number or consent_words.DATED.search(text) or _REFUNDED.search(plain_text):
        return DonationState.REFUNDED
    return DonationState.UNKNOWN
