"""The words of the activity chart: its parts, its sums, and one part as a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale

from ac_desktop.model.wording import tr
from ac_desktop.store.history.activity import LAST_DAYS, LAST_HOURS, LAST_MONTHS, ActivityBar, ActivitySpan
from ac_desktop.ui.base import formatting


def span_word(span: ActivitySpan) -> str:
    """Return what a bar stands for."""
    words = {LAST_HOURS: tr("Hour"), LAST_DAYS: tr("Day"), LAST_MONTHS: tr("Month")}
    return words[span]


def span_title(span: ActivitySpan) -> str:
    """Return what the chart shows."""
    titles = {
        LAST_HOURS: tr("Donors per hour"),
        LAST_DAYS: tr("Donors per day"),
        LAST_MONTHS: tr("Donors per month"),
    }
    return titles[span]


def text(span: ActivitySpan, bars: Sequence[ActivityBar]) -> str:
    """Return a chart's contents in a sentence."""
    sent, held, failed = (sum(getattr(bar, name) for bar in bars) for name in ("sent", "held", "failed"))
    texts = {
        LAST_HOURS: tr("Last 24 hours: {sent} sent, {held} held, {failed} failed."),
        LAST_DAYS: tr("Last 30 days: {sent} sent, {held} held, {failed} failed."),
        LAST_MONTHS: tr("Last 12 months: {sent} sent, {held} held, {failed} failed."),
    }
    count = formatting.count
    sentence = texts[span].format(sent=count(sent), held=count(held), failed=count(failed))
    busiest = max(bars, key=lambda bar: bar.sent, default=None)
    if busiest is not None and busiest.sent:
        sentence += " " + tr("Peak: {bar}", bar=bar_text(span, busiest))
    return sentence


def bar_text(span: ActivitySpan, bar: ActivityBar) -> str:
    """Return one part's figures in words."""
    return tr(
        "{when}: {sent} sent, {held} held, {failed} failed",
        when=part_word(span, bar),
        sent=formatting.count(bar.sent),
        held=formatting.count(bar.held),
        failed=formatting.count(bar.failed),
    )


def part_word(span: ActivitySpan, bar: ActivityBar) -> str:
    """Return the name of a part: an hour, a day or a month."""
    moment, locale = _moment(bar), QLocale()
    short = QLocale.FormatType.ShortFormat
    match span:
        case ActivitySpan.HOURS:
            return f"{locale.toString(moment.date(), short)} {locale.toString(moment.time(), short)}"
        case ActivitySpan.DAYS:
            return locale.toString(moment.date(), short)
        case ActivitySpan.MONTHS:
            return f"{locale.standaloneMonthName(moment.date().month())} {moment.date().year()}"


def axis_word(span: ActivitySpan, bar: ActivityBar) -> str:
    """Return the short name of a part under its bar."""
    moment = _moment(bar)
    match span:
        case ActivitySpan.HOURS:
            return str(moment.time().hour())
        case ActivitySpan.DAYS:
            return str(moment.date().day())
        case ActivitySpan.MONTHS:
            return QLocale().standaloneMonthName(moment.date().month(), QLocale.FormatType.ShortFormat)


def _moment(bar: ActivityBar) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(bar.at * 1000))
