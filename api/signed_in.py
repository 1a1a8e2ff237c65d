"""Who asks: the person behind a request's cookie, looked up at most every two seconds."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from operations.errors import Unreachable
from operations.people.account import Account, Session, Stage, person_of
from operations.people.person import Person
from operations.people.sign_in import SECOND_US, Desk, unfinished

COOKIE = "lianxin_session"
LOOKED_FOR_US = 2 * SECOND_US
"""How long an answer is used again: an ended session opens nothing after that."""

TOUCH_US = 30 * SECOND_US
MOST_KEPT = 2000
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person with the session and the account behind it.

    `unfinished` names what has to be set before anything else: a password, a second factor.
    """

    person: Person
    account: Account
    session: Session
    unfinished: str | None


class Doorbook:
    """Finds who is behind a token."""

    def __init__(
        self, desk: Desk, now_us: Callable[[], int], in_thread: Callable[..., object]
    ) -> None:
        self.desk = desk
        self.now_us = now_us
        self._in_thread = in_thread
        self._kept: OrderedDict[str, tuple[int, SignedIn]] = OrderedDict()

    def who(self, token: str | None, *, asks: bool = True) -> SignedIn | None:
        """Give who is behind a token, None for nobody; `asks` counts as a use of the session.

        Raises Unreachable where nobody can be looked up: then nobody is let in either.
        """
        if token is None or not TOKEN.fullmatch(token):
            return None
        key = self.desk.proofs.key_of(token)
        found = self._found(key)
        if found is None or not found.session.lives(self.now_us()):
            return None
        if asks and self.now_us() - found.session.seen_us >= TOUCH_US:
            self._in_thread(self.desk.accounts.touch, key, self.now_us())
            self.forget(token)
        return found

    def waiting(self, token: str | None) -> Session | None:
        """Give a session that still awaits its second proof."""
        if token is None or not TOKEN.fullmatch(token):
            return None
        session = self._read(self.desk.proofs.key_of(token))[0]
        waits = session is not None and session.stage is Stage.SECOND
        return session if waits and session is not None and session.lives(self.now_us()) else None

    def end(self, token: str | None) -> None:
        """End the session behind a token, if there is one."""
        if token is not None and TOKEN.fullmatch(token):
            self.desk.accounts.end_session(self.desk.proofs.key_of(token), self.now_us())
            self.forget(token)

    def forget(self, token: str | None) -> None:
        """Look up anew at the next request."""
        if token is not None:
            self._kept.pop(self.desk.proofs.key_of(token), None)

    def still(self, token: str | None) -> bool:
        """Tell whether a stream that was opened with a token may go on; asked at every beat."""
        try:
            return self.who(token, asks=False) is not None
        except Unreachable:
            return True  # a database away for a moment does not darken the walls

    def _found(self, key: str) -> SignedIn | None:
        held = self._kept.get(key)
        if held is not None and 0 <= self.now_us() - held[0] < LOOKED_FOR_US:
            return held[1]
        self._kept.pop(key, None)
        session, account, passkeys = self._read(key)
        terms = self.desk.terms
        if session is None or account is None or session.stage is not Stage.FULL:
            return None
        if account.locked or (account.demo and not terms.allow_demo):
            return None
        lacking = unfinished(account, terms.rules, passkeys=passkeys, now_us=self.now_us())
        found = SignedIn(person_of(account, session), account, session, lacking)
        self._kept[key] = (self.now_us(), found)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return found

    def _read(self, key: str) -> tuple[Session | None, Account | None, int]:
        """Read session, account and number of passkeys, beside the event loop."""

        def read() -> tuple[Session | None, Account | None, int]:
            accounts = self.desk.accounts
            session = accounts.session(key)
            if session is None:
                return None, None, 0
            account = accounts.account(session.person)
            asked = account is not None and self.desk.terms.rules.needs_second
            return session, account, len(accounts.passkeys_of(session.person)) if asked else 0

        found: tuple[Session | None, Account | None, int] = self._in_thread(read)  # type: ignore[assignment]
        return found
