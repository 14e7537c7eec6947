"""The import result: the balanced count of a batch's rows."""

from dataclasses import dataclass

from ac_desktop.model.wording import ntr, tr


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The number of rows of a batch, in all and by state."""

    rows: int
    waiting: int = 0
    held: int = 0
    skipped: int = 0
    sent: int = 0
    failed: int = 0
    sending: int = 0
    withdrawn: int = 0

    @property
    def accounted_for(self) -> int:
        """The sum of the rows by state."""
        return self.waiting + self.held + self.skipped + self.sent + self.failed + self.sending + self.withdrawn

    @property
    def balances(self) -> bool:
        """Whether no row is lost and none is counted twice."""
        return self.rows == self.accounted_for

    @property
    def text(self) -> str:
        """The sum as a sentence, which says so where it does not balance."""
        account = ntr(
            "{rows} row = {sent} sent + {waiting} waiting + {held} held + {skipped} skipped + {failed} failed",
            "{rows} rows = {sent} sent + {waiting} waiting + {held} held + {skipped} skipped + {failed} failed",
            self.rows,
            rows=self.rows,
            sent=self.sent,
            waiting=self.waiting,
            held=self.held,
            skipped=self.skipped,
            failed=self.failed,
        )
        if self.sending:
            account = tr("{account} + {count} being sent", account=account, count=self.sending)
        if self.withdrawn:
            account = tr("{account} + {count} removed", account=account, count=self.withdrawn)
        if self.balances:
            return account
        return tr("{account}. The numbers don't add up: the total is {told}.", account=account, told=self.accounted_for)
