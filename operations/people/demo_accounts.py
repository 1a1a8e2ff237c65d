"""The demo's own accounts: one for each role, without a password."""

from operations.people.account import Account
from operations.people.roles import Role, read_roles
from operations.people.sign_in import Desk

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
