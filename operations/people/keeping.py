"""What administrators do with accounts: make, lock, give roles; and the demo's own accounts."""

from dataclasses import dataclass, replace

from operations.errors import BadInput
from operations.people.account import Account, next_version
from operations.people.own_account import new_password
from operations.people.person import Ring
from operations.people.roles import Role, read_roles
from operations.people.sign_in import Desk

CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-@")
LONGEST_LOGIN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the city somebody works: department, ring, and the place of the ring."""

    department: str | None = None
    ring: Ring = Ring.CITY
    place: str | None = None

    def __post_init__(self) -> None:
        if (self.place is None) is not (self.ring is Ring.CITY):
            raise BadInput(
                "place", "ring county needs the code of a district, ring town that of a town"
            )


def read_login(login: str) -> str:
    """Read a login; raises BadInput for one that cannot be."""
    said = login.strip().casefold()
    if not 2 <= len(said) <= LONGEST_LOGIN or not set(said) <= CHARACTERS:
        raise BadInput("login", "2 to 60 of the letters a-z, digits and . _ - @")
    return said


def make_account(
    desk: Desk,
    *,
    account_id: str,
    login: str,
    name: str,
    roles: frozenset[Role],
    where: Place,
    password: str | None,
    sso: str | None,
    by: str,
    now_us: int,
    must_change: bool = False,
) -> Account:
    """Make an account; without a password only the identity provider opens it."""
    check_place(roles, where)
    made = Account(
        id=account_id,
        login=read_login(login),
        name=name.strip() or login,
        roles=roles,
        made_us=now_us,
        department=where.department,
        ring=where.ring,
        place=where.place,
        sso=sso,
    )
    if password is not None:
        fields = new_password(desk.terms.rules, desk.proofs, made, password, now_us)
        made = replace(made, **(fields | {"must_change": must_change}))  # type: ignore[arg-type]
    desk.accounts.add(made)
    desk.audit.note(by, "account_made", made.login, "", ",".join(sorted(roles)))
    return made


def check_place(roles: frozenset[Role], where: Place) -> None:
    """Raise BadInput where a role needs a department that is not said."""
    if Role.DEPARTMENT_HANDLER in roles and where.department is None:
        raise BadInput("department", "a department's handler needs the code of the department")


def lock(desk: Desk, account: Account, *, locked: bool, by: str, now_us: int) -> int:
    """Lock an account and end its sessions, or open it again; tell how many sessions ended."""
    desk.accounts.save(next_version(account, locked=locked, failures=0))
    act = "account_locked" if locked else "account_unlocked"
    desk.audit.note(by, act, account.login, "", "")
    return desk.accounts.end_sessions_of(account.id, now_us) if locked else 0


def give_roles(
    desk: Desk, account: Account, roles: frozenset[Role], where: Place, *, by: str, now_us: int
) -> None:
    """Give an account other roles or another place; its sessions end, so that none is left over."""
    check_place(roles, where)
    before = ",".join(sorted(account.roles))
    desk.accounts.save(
        next_version(
            account, roles=roles, department=where.department, ring=where.ring, place=where.place
        )
    )
    desk.accounts.end_sessions_of(account.id, now_us)
    desk.audit.note(by, "roles_given", account.login, before, ",".join(sorted(roles)))


DEMO_NAMES = {
    Role.WALL: "大屏",
    Role.CENTRE_STAFF: "坐席",
    Role.DEPARTMENT_HANDLER: "承办人",
    Role.INCIDENT_MEMBER: "专班成员",
    Role.LEADER: "领导",
    Role.SUPERVISOR: "督办员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SYSTEM_ADMIN: "系统管理员",
}


def demo_login(role: Role) -> str:
    """Name the demo account of a role."""
    return f"demo-{role.value.replace('_', '-')}"


def make_demo_accounts(desk: Desk, *, department: str | None, now_us: int) -> list[Account]:
    """Make a demo account for each role where there is none; none has a password."""
    made = []
    for role in Role:
        account = desk.accounts.by_login(demo_login(role))
        if account is None:
            own = department if role is Role.DEPARTMENT_HANDLER else None
            account = Account(
                id=demo_login(role),
                login=demo_login(role),
                name=f"演示 {DEMO_NAMES[role]}",
                roles=read_roles([role.value]),
                made_us=now_us,
                department=own,
                demo=True,
            )
            desk.accounts.add(account)
        made.append(account)
    return made
