"""What people, their deeds and their protected words rest on: databases, keys and proofs."""

from functools import cached_property

from sqlalchemy import Engine

from data_sources.accounts import SqlAccounts
from data_sources.audit_keepings import AuditFile, AuditSyslog
from data_sources.audit_log import SqlAudit
from data_sources.audit_notes import AuditNotes
from data_sources.database import connect_database
from data_sources.erasing import Erasing
from data_sources.proofs import ArgonProofs, Seal, common_passwords
from data_sources.reveals import Reveals
from data_sources.sealed_book import SealedBook, holds_sealed
from data_sources.sealing import Sealer
from data_sources.sealing_keys import SETTING, SealingKeys
from data_sources.secrets import kept_secret
from operations.errors import BadInput
from operations.people.passwords import PasswordRules
from operations.people.sign_in import Desk, Terms
from operations.ports import Audited
from settings import Settings


class KeptSources:
    """The database and what is kept of people in it and beside it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)

    def close(self) -> None:
        """Let go of what was connected."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    @cached_property
    def database_url(self) -> str:
        """The database the settings name, else SQLite in the data folder."""
        return self.settings.database_url or f"sqlite:///{self.settings.data_dir}/ledger.sqlite"

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return connect_database(self.database_url)

    @cached_property
    def audit_file(self) -> AuditFile:
        """The audit log's keeping beside the database."""
        return AuditFile(self.settings.audit_file or self.settings.data_dir / "audit.log")

    @cached_property
    def audit(self) -> SqlAudit:
        """What people did."""
        address = self.settings.audit_syslog
        mark = self.settings.data_dir / "audit.syslog"
        syslog = () if address is None else (AuditSyslog(address, mark),)
        return SqlAudit(self.engine, (self.audit_file, *syslog))

    @cached_property
    def accounts(self) -> SqlAccounts:
        """People, their sessions and their passkeys."""
        return SqlAccounts(self.engine, self.audit)

    @cached_property
    def seal(self) -> Seal:
        """Seals secrets that have to be read again."""
        return Seal(kept_secret(self.settings.data_dir / "seal.key"))

    @cached_property
    def proofs(self) -> ArgonProofs:
        """Makes and checks passwords, codes and tokens."""
        return ArgonProofs(self.seal)

    @cached_property
    def notes(self) -> Audited:
        """Takes note of what people do with accounts, in the audit log."""
        return AuditNotes(self.audit)

    @cached_property
    def sign_in(self) -> Desk:
        """What signing in works with."""
        settings = self.settings
        rules = PasswordRules(
            settings.security_profile, common_passwords(), settings.password_least
        )
        terms = Terms(
            rules,
            idle_us=int(settings.session_idle_min * 60_000_000),
            absolute_us=int(settings.session_absolute_h * 3_600_000_000),
            allow_demo=settings.demo_accounts,
        )
        return Desk(self.accounts, self.proofs, terms, self.notes)

    @cached_property
    def caller_key(self) -> bytes:
        """The key callers are hashed with."""
        return kept_secret(self.settings.data_dir / "caller.key").encode()

    @cached_property
    def sealer(self) -> Sealer:
        """Seals and opens what is kept of people; never with new keys in place of lost ones."""
        path = self.settings.sealing_keys_file or self.settings.data_dir / "sealing.keys"
        if not path.exists() and holds_sealed(self.engine):
            reason = (
                f"{path} is missing, and the ledger holds what only its keys open; put back the"
                " copy that is kept apart from the backups, or name its place in this variable"
            )
            raise BadInput(SETTING, reason)
        return Sealer(SealingKeys(path))

    @cached_property
    def sealed_book(self) -> SealedBook:
        """What is sealed in the database."""
        return SealedBook(self.engine, self.sealer)

    @cached_property
    def reveals(self) -> Reveals:
        """The book of who has seen what."""
        return Reveals(self.engine, self.sealed_book)

    @cached_property
    def erasing(self) -> Erasing:
        """Erases what is sealed once it is old."""
        return Erasing(self.engine, self.sealer)

    @cached_property
    def intake_token(self) -> str:
        """The token that opens the intake."""
        own = self.settings.intake_token
        return own or kept_secret(self.settings.data_dir / "intake.token")

    @cached_property
    def page_key(self) -> bytes:
        """The key that what the pages carry is signed with."""
        return kept_secret(self.settings.data_dir / "page.key").encode()

    @cached_property
    def metrics_token(self) -> str:
        """The token that opens the metrics to a program."""
        return kept_secret(self.settings.data_dir / "metrics.token")
