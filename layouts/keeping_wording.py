"""The words of the administrators' pages on people, in both languages."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "people_link": {"zh": "账号管理", "en": "People"},
    "people_about": {
        "zh": "系统管理员开立、锁定、注销账号，安全管理员授予角色与范围，互不代办，均记入审计。",
        "en": "System administrators make, lock and retire accounts; security administrators give "
        "roles and reach. Neither does the other's part, and all of it is audited.",
    },
    "people_link_about": {
        "zh": "查看账号，开立与锁定，授予角色",
        "en": "See accounts; make and lock them, give roles",
    },
    "people_search": {"zh": "账号或姓名", "en": "Account or name"},
    "people_find": {"zh": "查找", "en": "Search"},
    "people_by_state": {"zh": "状态", "en": "State"},
    "people_by_role": {"zh": "角色", "en": "Role"},
    "people_all": {"zh": "全部", "en": "All"},
    "people_none": {
        "zh": "没有符合条件的账号。请放宽条件，或清除查找内容。",
        "en": "No account fits. Widen the search or clear it.",
    },
    "page_before": {"zh": "上一页", "en": "Previous"},
    "page_after": {"zh": "下一页", "en": "Next"},
    "page_of": {"zh": "第 {page} / {pages} 页", "en": "Page {page} of {pages}"},
    "people_count": {"zh": "{n} 个账号", "en": "Accounts: {n}"},
    "people_state_active": {"zh": "正常", "en": "Active"},
    "people_state_never": {"zh": "从未登录", "en": "Never signed in"},
    "people_state_locked": {"zh": "已锁定", "en": "Locked"},
    "people_state_retired": {"zh": "已注销", "en": "Retired"},
    "people_column_person": {"zh": "账号", "en": "Account"},
    "people_column_roles": {"zh": "角色", "en": "Roles"},
    "people_column_reach": {"zh": "部门与范围", "en": "Department and reach"},
    "people_column_second": {"zh": "第二验证", "en": "Second proof"},
    "people_column_seen": {"zh": "最近登录", "en": "Last sign-in"},
    "people_no_role": {"zh": "未授予角色", "en": "No role"},
    "people_no_role_yet": {
        "zh": "您的账号还没有角色。请联系安全管理员授予角色，之后重新登录。",
        "en": "Your account has no role yet. Ask the security administrator for one, then sign "
        "in again.",
    },
    "people_second_on": {"zh": "已启用", "en": "On"},
    "people_second_off": {"zh": "未启用", "en": "Off"},
    "people_never": {"zh": "—", "en": "—"},
    # Making an account
    "people_make": {"zh": "开立账号", "en": "Make an account"},
    "people_make_about": {
        "zh": "系统生成首次密码，只显示一次；首次登录必须修改。角色由安全管理员另行授予。",
        "en": "A first password is made, shown once, and must be changed at the first sign-in. "
        "The security administrator gives the roles.",
    },
    "people_login": {
        "zh": "账号（小写字母、数字、. _ - @）",
        "en": "Account (a-z, digits, . _ - @)",
    },
    "people_name": {"zh": "姓名（署名用）", "en": "Name, as it signs acts"},
    "people_department": {
        "zh": "部门（代码或名称，可空）",
        "en": "Department (code or name, optional)",
    },
    "people_ring": {"zh": "范围", "en": "Reach"},
    "people_ring_city": {"zh": "全市", "en": "Whole city"},
    "people_ring_county": {"zh": "一个区市", "en": "One district"},
    "people_ring_town": {"zh": "一个镇街", "en": "One town"},
    "people_place": {
        "zh": "区市或镇街（代码或名称；全市不填）",
        "en": "District or town (code or name; empty for the city)",
    },
    "people_make_now": {"zh": "开立", "en": "Make it"},
    "people_made": {"zh": "已开立账号 {login}。", "en": "Account {login} is made."},
    "people_first_password": {
        "zh": "首次密码（只显示这一次）",
        "en": "First password (shown this once)",
    },
    "people_first_about": {
        "zh": "请当面或经电话告知本人，不要通过短信或聊天软件发送。离开本页后无法再次查看。",
        "en": "Tell it to the person face to face or by phone, not by message. It cannot be seen "
        "again after you leave this page.",
    },
    "people_open_page": {"zh": "打开该账号", "en": "Open the account"},
    # One account
    "person_back": {"zh": "全部账号", "en": "All accounts"},
    "person_gone": {"zh": "没有这个账号", "en": "There is no such account"},
    "person_facts": {"zh": "账号情况", "en": "The account"},
    "person_state": {"zh": "状态", "en": "State"},
    "person_made": {"zh": "开立时间", "en": "Made"},
    "person_devices": {"zh": "当前登录设备", "en": "Devices signed in"},
    "person_password": {"zh": "密码", "en": "Password"},
    "person_password_own": {"zh": "本人已设置", "en": "set by the person"},
    "person_password_first": {"zh": "首次密码，待修改", "en": "a first one, to be changed"},
    "person_password_none": {
        "zh": "无（统一身份认证或演示）",
        "en": "none (identity provider or demo)",
    },
    "person_acts": {"zh": "系统管理员操作", "en": "What system administrators do"},
    "person_own": {
        "zh": "这是您自己的账号：请由另一位管理员操作。密码与验证方式请到“我的账号”。",
        "en": "This is your own account: another administrator does this. Your password and "
        "proofs are on your account page.",
    },
    "person_retired": {
        "zh": "账号已注销，不能恢复；账号名不再分配给他人，审计记录保留。",
        "en": "This account is retired for good. Its name is never given to anybody else, and its "
        "audit lines stay.",
    },
    "person_lock": {"zh": "锁定", "en": "Lock"},
    "person_lock_about": {
        "zh": "立即退出全部设备（五秒内），解锁前不能登录。",
        "en": "Signs out every device within five seconds; nobody signs in until it is unlocked.",
    },
    "person_unlock": {"zh": "解锁", "en": "Unlock"},
    "person_unlock_about": {
        "zh": "本人可用原密码登录，登录等待时间清零。",
        "en": "The person may sign in with the same password; waiting times are cleared.",
    },
    "person_end": {"zh": "退出全部设备", "en": "Sign out everywhere"},
    "person_end_about": {
        "zh": "五秒内退出全部设备；可以重新登录。",
        "en": "Ends every session within five seconds; the person may sign in again.",
    },
    "person_reset": {"zh": "重置密码", "en": "New first password"},
    "person_reset_about": {
        "zh": "生成新的首次密码，同时清除验证器、通行密钥和恢复码，退出全部设备。",
        "en": "Makes a new first password, takes authenticator, passkeys and recovery codes off, "
        "and signs out everywhere.",
    },
    "person_second": {"zh": "清除第二验证", "en": "Take the second proof off"},
    "person_second_about": {
        "zh": "清除验证器、通行密钥和恢复码（例如手机丢失），密码不变，退出全部设备。",
        "en": "Takes authenticator, passkeys and recovery codes off, as after a lost phone. The "
        "password stays; every device is signed out.",
    },
    "person_retire": {"zh": "注销账号", "en": "Retire the account"},
    "person_retire_about": {
        "zh": "人员离岗时使用。不可撤销：密码与验证方式清除，账号名永不再用，审计记录保留。",
        "en": "For people who leave. It cannot be undone: password and proofs go, the name is "
        "never used again, the audit lines stay.",
    },
    "person_confirm": {"zh": "确认{act}", "en": "Yes: {act}"},
    "person_roles": {"zh": "角色与范围", "en": "Roles and reach"},
    "person_roles_about": {
        "zh": "三员（系统、安全、审计管理员）互斥；大屏不兼任其他角色。保存后本人须重新登录。",
        "en": "The three administrators exclude one another, and a wall has no other role. The "
        "person signs in again after a change.",
    },
    "person_give": {"zh": "保存角色与范围", "en": "Save roles and reach"},
    "person_roles_by": {
        "zh": "角色与范围由安全管理员授予。",
        "en": "The security administrator gives roles and reach.",
    },
    "person_acts_by": {
        "zh": "锁定、重置与注销由系统管理员办理。",
        "en": "The system administrator locks, resets and retires accounts.",
    },
    # What was done
    "person_done_lock": {"zh": "已锁定，退出设备 {n} 个。", "en": "Locked; sessions ended: {n}."},
    "person_done_unlock": {"zh": "已解锁。", "en": "Unlocked."},
    "person_done_end": {"zh": "已退出设备 {n} 个。", "en": "Sessions ended: {n}."},
    "person_done_reset": {
        "zh": "密码已重置，退出设备 {n} 个。",
        "en": "The password is reset; sessions ended: {n}.",
    },
    "person_done_second": {
        "zh": "第二验证已清除，退出设备 {n} 个。",
        "en": "The second proof is off; sessions ended: {n}.",
    },
    "person_done_retire": {
        "zh": "账号已注销，退出设备 {n} 个。",
        "en": "The account is retired; sessions ended: {n}.",
    },
    "person_done_give": {
        "zh": "角色与范围已保存，退出设备 {n} 个。",
        "en": "Roles and reach are saved; sessions ended: {n}.",
    },
    # Why it was not done
    "people_bad_login": {
        "zh": "账号：须为 2 至 60 个小写字母、数字或 . _ - @，且未被占用（含已注销的账号）。",
        "en": "Account: 2 to 60 of a-z, digits and . _ - @, and not taken, not even by a retired "
        "account.",
    },
    "people_bad_place": {
        "zh": "区市或镇街：选一个区市或镇街时须填写已有的代码或名称，全市不填。",
        "en": "District or town: name one that exists for that reach, and none for the whole city.",
    },
    "people_bad_department": {
        "zh": "部门：请填写已有部门的代码或名称；部门承办人必须填写。",
        "en": "Department: the code or name of one that exists; a department handler needs one.",
    },
    "people_bad_role": {
        "zh": "角色：三员互斥，大屏不能兼任其他角色。请重新选择。",
        "en": "Roles: the three administrators exclude one another, and a wall has no other role.",
    },
    "people_bad_password": {
        "zh": "此账号不使用密码，不能重置。",
        "en": "This account uses no password; there is none to reset.",
    },
    "people_bad_last": {
        "zh": "这是最后一位可登录的同类管理员：请先授予另一人，再操作。",
        "en": "This is the last administrator of its kind who can sign in: name another one first.",
    },
    "people_conflict": {
        "zh": "未执行：您查看之后，另一位管理员已修改此账号。现在的情况如下，请核对后再操作。",
        "en": "Not done: another administrator has changed this account since you saw it. It now "
        "stands as below; check it and try again.",
    },
    "people_away": {
        "zh": "未执行：数据库暂时无法访问，请稍后重试。",
        "en": "Not done: the database does not answer just now; try again in a moment.",
    },
    "viewing_end": {"zh": "返回本人视角", "en": "Back to your own view"},
}
