"""The words in files for who may be mailed, in English, Spanish, French, German and Portuguese.

All patterns are matched against plain words (see `plain`).
"""

import re
from typing import Final

from ac_desktop.importing.values.cells import any_of

YES: Final = frozenset({
    "yes", "y", "true", "t", "1", "1 0", "1 00", "x", "on", "checked", "si", "s", "oui", "o", "ja", "j", "sim",
    "verdadero", "vrai", "wahr", "verdadeiro",
})  # fmt: skip
NO: Final = frozenset({
    "no", "n", "false", "f", "0", "0 0", "0 00", "off", "non", "nein", "nao", "falso", "faux", "falsch", "never",
    "none", "not", "unchecked",
})  # fmt: skip
NOTHING: Final = frozenset({
    "", "n a", "na", "null", "nil", "nan",
})  # fmt: skip
DETAIL_NO: Final = frozenset({
    "no", "n", "false", "f", "non", "nein", "nao", "falso", "faux", "falsch", "never",
})  # fmt: skip

HEADING_OUT: Final = any_of(
    r"unsub\w*", r"un subscri\w+", "opt(?:ed|s|ing)? out",
    r"do not(?: \w+){0,2} (?:contact|email|mail|solicit|send|market|disturb)\w*", "emails? inactive",
    "^(?:spam|complaints?)$",
    r"do not (?:\w+ )?(?:subscribe|newsletter|want)\w*",
    "no (?:more )?(?:emails?|contact|mail|mailings?|newsletters?|solicitations?|marketing)",
    "(?:never|stop) (?:contact|emails?|mailings?)", "(?:hard |soft )?bounce[ds]?", "^(?:is )?cleaned$",
    "clean(?:ed)? (?:at|on|time|date|campaign)", "suppress(?:ed|ion)?", "black ?list(?:ed)?", "block ?list(?:ed)?",
    "(?:spam|abuse) (?:complaints?|reports?)", "complained", "blocked",
    "(?:bad|invalid|undeliverable) (?:emails?|address)",
    "emails?(?: address)?(?: is)? (?:bad|invalid|undeliverable)", "undeliverable",
    "exclude from (?:emails?|mailings?|marketing)", "dnc", "dne",
    r"no (?:contactar|enviar|escribir|molestar|desea|quiere|recibir)\w*", "(?:dad[oa] |fecha )?de baja", "^baja$",
    r"desuscri\w+", "rebot(?:e|es|ado|ada)", r"cancel\w+ (?:la )?suscripcion", r"desabonn\w+", r"desinscri\w+",
    r"ne (?:pas|plus) (?:contacter|envoyer|solliciter|ecrire|recevoir)\w*", "rebonds?",
    "opposition (?:emails?|courriels?|marketing)", "ne (?:souhaite|veut) (?:pas|plus)", "abgemeldet", "abmeldung",
    "abmeldedatum", r"abbestell\w+", "nicht (?:kontaktieren|anschreiben|mailen|anmailen|senden)",
    r"keine? (?:emails?|mails?|newsletter|werbung|kontakt\w*|post)", r"widerspr\w+", r"widerruf\w*", r"\w*sperre",
    "gesperrt", "unzustellbar", r"descadastr\w+",
    r"nao (?:contatar|contactar|enviar|perturbe|deseja|quer|receber)\w*", r"cancel\w+ (?:a )?inscricao",
)  # fmt: skip
HEADING_IN: Final = any_of(
    "opt(?:ed|s|ing)? in", "subscribed?", "^marketing$", "^emails? marketing$", "contact by emails?", "e ?news",
    "(?:werbung|kontakt) erlaubt", "consent(?:s|ed|ing)?", "gdpr",
    r"accepts? (?:\w+ )?(?:marketing|emails?)", "marketing (?:permission|allowed|ok|emails?)",
    "(?:emails?|contact|mailing|communications?) (?:permissions?|allowed|ok|consent)", r"permission to \w+",
    "(?:ok|okay) to (?:emails?|contact|mail)", r"(?:can|may) (?:we |be )?(?:emails?|contact|mail)\w*",
    r"(?:receives?|get|wants?|send)(?: \w+){0,4} "
    r"(?:emails?|newsletters?|updates?|news|mailings?|communications?|information)",
    r"(?:join|add)(?: \w+){0,4} (?:mailing|list|newsletter)",
    r"sign(?:ed)? ?up(?: \w+){0,4} (?:emails?|newsletters?|updates?|list|mailings?)", "newsletters?",
    "mailing list", "email list", "contactable", "emailable", "mailable", r"allow\w* (?:emails?|contact)",
    r"keep me \w+", "stay in touch", "email updates?", "hear from us", "would like to hear",
    r"acepta\w*(?: \w+){0,3} (?:recibir|correos?|comunicaciones|publicidad|marketing|emails?|boletin)",
    "suscrit[oa]s?", "consentimiento", r"(?:desea|quiere)(?: \w+){0,2} recibir",
    r"autoriza\w*(?: \w+){0,3} (?:recibir|envio|emails?|correos?|comunicaciones|contacto|publicidad|marketing)",
    "boletin(?:es)?", "lista de correo", "abonnee?s?", "consentement", "infolettre",
    r"souhaite(?: \w+){0,2} recevoir",
    r"accepte\w*(?: \w+){0,3} (?:recevoir|emails?|courriels?|newsletter|communications?)", "inscrite?",
    r"einwilligung\w*", r"einverstand\w*", r"zustimmung\w*", "angemeldet", "abonniert", "werbeerlaubnis",
    "emails? erlaubt", "darf kontaktiert", "inscrit[oa]s?", "consentimento",
    r"aceita(?: \w+){0,3} (?:receber|emails?|comunicacoes|newsletter)", r"deseja(?: \w+){0,2} receber", "boletim",
    "assinante",
)  # fmt: skip
HEADING_NOT: Final = any_of(
    "do not", "not", "no longer", "no", "non", "never", "without", "stop", "nicht", "keine?[mnrs]?", "ohne", "ne",
    "pas", "sans", "nao", "sem", "sin",
)  # fmt: skip
HEADING_NOT_OUT: Final = re.compile(r"\b(?:not|never)(?: been)? (?:unsub\w*|opted out|bounced|suppressed|blocked)\b")
BOILERPLATE: Final = re.compile(
    r"(?:you (?:can|may) |i (?:can|may) )?(?:always )?(?:un ?subscri\w+|opt out|withdraw\w*)(?: \w+){0,5} "
    r"(?:any ?time|moment)\b"
)
STATUS: Final = any_of(
    "status", "state", "preferences?", "estado", "estatus", "statut", "etat", "zustand", "situacao", "situacion",
    "preferencias?",
)  # fmt: skip
PREFERENCE: Final = any_of("preferences?", "preferencias?")
MAILING: Final = any_of(
    "emails?", "mailings?", "newsletters?", "marketing", "subscribers?", "deliverability", "permission", "opt in",
    "correo", "courriel", "boletin", "infolettre", "boletim",
)  # fmt: skip
OTHER_STATUS: Final = any_of(
    "receipt", "sent", "delivery", "thank", "payment", "verification", "tax", "job", "work",
)  # fmt: skip
OTHER_CHANNEL: Final = any_of(
    "sms", "mms", "texts?", "txt", "phones?", "mobile", "cell", "calls?", "telephone", "telefono", "telefon",
    "telefone", "llamadas?", "postal", "letters?", "direct mail", "post", "whatsapp", "push", "fax", "print",
    "brief", "courrier",
)  # fmt: skip
EMAIL: Final = any_of("emails?", "correos? electronicos?", "courriels?")
SOMEBODY_ELSE: Final = any_of(
    "fundraisers?", "partners?", "owner", "recipient", "honou?ree", "employer", "committee", "seller", "dedication",
    "tribute", "memorial",
)  # fmt: skip
DETAIL: Final = any_of(
    "time", "times", "timestamp", "date", "datetime", "at", "on", "reason", "campaign", "title", "by", "comments?",
    "notes?", "count", "type", "source", "other", "since", "fecha", "motivo", "hora", "date heure", "raison",
    "datum", "grund", "data", "abmeldedatum",
)  # fmt: skip
IN_DETAIL: Final = any_of(
    "(?:at|on|since)$", "time", "timestamp", "date", "datetime", "ip", "source", "method", "form",
    "url", "link", "id", "version",
    "notes?", "campaign", "language", "lang", "fecha", "datum",
)  # fmt: skip
OTHER_CONSENT: Final = any_of(
    "photos?", "images?", "videos?", r"publish\w*", "publicity", "recognition", "medical", "cookies?", "terms",
    "receipts?", r"acknowledg\w+", "statements?", "invoices?", r"anonymous\w*", "share",
)  # fmt: skip
NOT_OUT: Final = re.compile(r"\b(?:link|url|token|hash|key|page|code)$")
"""Every row has an unsubscribe link."""

FORBIDS: Final = any_of(
    r"unsub\w*", r"un subscri\w+", "cleaned", r"non ?subscri\w+", r"not(?: \w+)? subscribed", "opt(?:ed)? out",
    "(?:hard |soft )?bounce[ds]?",
    r"do not(?: \w+){0,2} (?:contact|emails?|mail|send|market|solicit|subscribe|add)\w*", "dnc", "dne",
    "transactional(?: only)?", "suppress(?:ed|ion)", "black ?list(?:ed)?", "block ?list(?:ed)?", "complained",
    "complaint", "(?:reported|marked)(?: as)? spam", "spam complaint",
    "no (?:contact|emails?|mailings?|marketing|newsletters?)", "never (?:contact|email|subscribed)", "remove me",
    "opt out", "no longer wish", r"desuscri\w+", "(?:dad[oa] )?de baja", "no (?:suscrit[oa]|contactar|enviar)",
    "rebotad[oa]", r"desabonn\w+", r"desinscri\w+", r"non (?:abonne|inscrit)\w*",
    "ne (?:pas|plus) (?:contacter|envoyer|solliciter|ecrire)", "abgemeldet", "abbestellt",
    "nicht (?:abonniert|angemeldet|kontaktieren|anschreiben)", "unzustellbar", "werbesperre", "kontaktsperre",
    "descadastrad[oa]", r"nao (?:inscrit\w+|contatar|contactar|enviar|assinante)",
)  # fmt: skip
"""Values that forbid in any status column."""
CONSENT_VALUES: Final = frozenset({
    "unsubscribed", "unsubscribe", "unsub", "cleaned", "nonsubscribed", "non-subscribed", "not subscribed",
    "bounced", "hard bounce", "hard bounced", "opted out", "opt-out", "opt out", "opted-out", "do not contact",
    "do not email", "do not mail", "dado de baja", "dada de baja", "désabonné", "désabonnée", "désinscrit",
    "abgemeldet", "abbestellt", "descadastrado", "descadastrada",
})  # fmt: skip
"""Cells that show that their column is about consent, whatever its heading."""
FORBIDS_MAILING: Final = any_of(
    "inactive", "pending", "unconfirmed",
    r"not(?: \w+)? (?:confirmed|opted|consented|given|granted|allowed|permitted|active|valid|verified|deliverable|"
    r"mailable|interested|in)",
    "awaiting", "archived", "deleted", "removed", "invalid", "undeliverable", "temporary hold", "on hold",
    "no permission", "denied", "declined", r"refus\w+", "revoked", "withdrawn", "no consent", "disabled", "blocked",
    "expired", "rejected", "unverified", "no thanks?", "spam", "abuse", "baja", "inactiv[oa]", "pendiente",
    "no confirmad[oa]", "bloquead[oa]", "rechazad[oa]", "inactif", "inactive", "en attente", r"non confirme\w*",
    r"bloque\w*", "invalide", r"rejete\w*", "inaktiv", "ausstehend", "unbestatigt", "nicht bestatigt", "gesperrt",
    "abgelehnt", r"widerspr\w+", "widerrufen", "inativo", "pendente", r"nao confirmad\w+", r"recusad\w+",
)  # fmt: skip
"""Values that forbid only in a column about mailing: elsewhere a donation is pending, or a file archived."""
ALLOWS: Final = frozenset({
    "subscribed", "active", "confirmed", "valid", "verified", "deliverable", "ok", "okay", "good", "enabled",
    "explicit", "implied", "express", "granted", "accepted", "accept", "accepts", "agree", "agrees", "agreed",
    "allowed", "allow", "permitted", "consent", "consented", "consents", "mailable", "emailable", "subscriber",
    "member", "suscrito", "suscrita", "activo", "activa", "confirmado", "confirmada", "valido", "abonne", "abonnee",
    "inscrit", "inscrite", "actif", "confirme", "confirmee", "angemeldet", "abonniert", "aktiv", "bestatigt",
    "eingewilligt", "inscrito", "inscrita", "ativo", "ativa", "assinante", "acepto", "aceito", "opt in", "opted in",
    "double opt in", "single opt in", "opt in confirmed", "email subscribed",
})  # fmt: skip
AGREES: Final = re.compile(
    r"(?:yes|si|oui|ja|sim|i (?:agree|consent|accept|want|would like)|please (?:send|keep|add)|sign me up|acepto|"
    r"j accepte|"
    r"ich stimme zu|aceito|keep me \w+)\b"
)
REFUSES: Final = re.compile(r"(?:no|non|nein|nao|not|never|i do not)\b")
NEGATES: Final = any_of(
    "not", "no", "never", "do not", "stop", "nicht", "keine?", "pas", "nao", "remove", "cancel",
)  # fmt: skip
NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
DATED: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}\b")
ZERO_DATE: Final = re.compile(r"0[0\s:./TZ-]*")
