"""The words of signing in and of one's own account, in both languages."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    # Roles
    "role_wall": {"zh": "大屏", "en": "Wall"},
    "role_centre_staff": {"zh": "中心坐席", "en": "Centre staff"},
    "role_department_handler": {"zh": "部门承办人", "en": "Department handler"},
    "role_incident_member": {"zh": "专班成员", "en": "Incident member"},
    "role_leader": {"zh": "领导", "en": "Leader"},
    "role_supervisor": {"zh": "督办员", "en": "Supervisor"},
    "role_security_admin": {"zh": "安全管理员", "en": "Security administrator"},
    "role_audit_admin": {"zh": "审计管理员", "en": "Audit administrator"},
    "role_system_admin": {"zh": "系统管理员", "en": "System administrator"},
    "ring_city": {"zh": "全市", "en": "the whole city"},
    "ring_county": {"zh": "区市 {place}", "en": "district {place}"},
    "ring_town": {"zh": "镇街 {place}", "en": "town {place}"},
    # Signing in
    "sign_in": {"zh": "登录", "en": "Sign in"},
    "sign_out": {"zh": "退出登录", "en": "Sign out"},
    "sign_in_about": {
        "zh": "请用管理员发放的账号登录。",
        "en": "Use the account your administrator gave you.",
    },
    "login_name": {"zh": "账号", "en": "Account"},
    "login_password": {"zh": "密码", "en": "Password"},
    "login_passkey": {"zh": "使用通行密钥登录", "en": "Sign in with a passkey"},
    "login_sso": {"zh": "使用统一身份认证登录", "en": "Sign in through the identity provider"},
    "login_second": {"zh": "第二步验证", "en": "Second step"},
    "login_second_about": {
        "zh": "请输入验证器上的六位数字，或一个恢复码；也可以使用通行密钥。",
        "en": "Enter the six digits of your authenticator or a recovery code, or use your passkey.",
    },
    "login_code": {"zh": "验证码或恢复码", "en": "Code"},
    "login_confirm": {"zh": "确认", "en": "Confirm"},
    "login_start_again": {"zh": "换一个账号", "en": "Use another account"},
    "login_told_wrong": {
        "zh": "账号或密码不正确，或近期尝试过多：请核对后再试，多次失败需等待 30 秒至 1 小时。",
        "en": "Account or password is wrong, or there were too many tries: check both; after "
        "several failures wait between 30 seconds and an hour.",
    },
    "login_told_wrong_code": {
        "zh": "验证码不正确或已用过，请等下一个验证码。",
        "en": "The code is wrong or was used before; wait for the next one.",
    },
    "login_told_again": {
        "zh": "验证已超时，请重新登录。",
        "en": "That took too long; please sign in again.",
    },
    "login_told_out": {"zh": "已退出登录。", "en": "You are signed out."},
    "login_told_away": {
        "zh": "账号数据库暂时无法访问，请稍后再试。",
        "en": "The accounts cannot be read just now; try again in a moment.",
    },
    "login_told_sso_off": {
        "zh": "尚未配置统一身份认证。",
        "en": "No identity provider is set up here.",
    },
    "login_told_sso_away": {
        "zh": "统一身份认证暂时无法访问，请改用密码登录。",
        "en": "The identity provider does not answer; use your password.",
    },
    "login_told_sso_failed": {
        "zh": "统一身份认证未通过，请重试；若再次出现，请联系系统管理员。",
        "en": "The identity provider's answer was not accepted. Try again; if it happens twice, "
        "tell the administrator.",
    },
    "login_told_sso_unknown": {
        "zh": "您的身份已确认，但这里没有对应账号，请联系系统管理员。",
        "en": "You are known to the identity provider but have no account here; ask the system "
        "administrator.",
    },
    "passkey_failed": {
        "zh": "通行密钥未被接受，请改用密码登录。",
        "en": "The passkey was not accepted; sign in with your password.",
    },
    "passkey_needs_name": {
        "zh": "通行密钥需要域名访问，不能用 IP 地址。",
        "en": "Passkeys need a name in the address bar, not an IP address.",
    },
    "demo_accounts": {"zh": "演示账号", "en": "Demo accounts"},
    "demo_accounts_about": {
        "zh": "点一下即以该角色进入。仅限本机演示，没有密码。",
        "en": "One press signs you in with that role. For demos on this machine only; "
        "they have no password.",
    },
    # One's own account
    "account": {"zh": "我的账号", "en": "My account"},
    "signed_in_as": {"zh": "{name}（{login}）", "en": "{name} ({login})"},
    "account_set_password": {
        "zh": "请先修改密码，然后才能使用其他功能。",
        "en": "Change your password first; everything else opens after that.",
    },
    "account_set_second": {
        "zh": "本单位要求两种验证方式：请先设置验证器或通行密钥。",
        "en": "Two proofs are required here: set up an authenticator or a passkey first.",
    },
    "account_password": {"zh": "修改密码", "en": "Change password"},
    "account_old": {"zh": "现在的密码", "en": "Present password"},
    "account_new": {"zh": "新密码", "en": "New password"},
    "account_again": {"zh": "再输一次新密码", "en": "New password again"},
    "account_rule_plain": {
        "zh": "至少 {n} 个字符，不能是常见密码。一句话比一个词更好记、更安全。",
        "en": "At least {n} characters and not a common one. A phrase is easier to remember "
        "and safer than a word.",
    },
    "account_rule_dengbao": {
        "zh": "至少 {n} 个字符，含大写、小写、数字、符号中的三种；90 天更换一次。",
        "en": "At least {n} characters with three of: small letters, capitals, digits, others; "
        "to be changed every 90 days.",
    },
    "account_password_done": {
        "zh": "密码已修改，其他设备已退出（{n} 个）。",
        "en": "Password changed; other devices were signed out ({n}).",
    },
    "account_password_wrong": {
        "zh": "现在的密码不正确，或尝试过多，请稍后再试。",
        "en": "The present password is wrong, or there were too many tries; wait a little.",
    },
    "account_password_differ": {
        "zh": "两次输入的新密码不一致。",
        "en": "The two new passwords differ.",
    },
    "account_password_refused": {
        "zh": "新密码不符合要求：长度、常见密码、包含本人账号或姓名，或近期用过。请换一个。",
        "en": "The new password will not do: length, a common one, your own name in it, "
        "or used before. Choose another.",
    },
    "account_no_password": {
        "zh": "此账号没有密码。",
        "en": "This account has no password.",
    },
    "account_totp": {"zh": "验证器（动态验证码）", "en": "Authenticator (codes)"},
    "account_totp_on": {"zh": "已启用。", "en": "On."},
    "account_totp_off": {"zh": "未启用。", "en": "Off."},
    "account_totp_begin": {"zh": "设置验证器", "en": "Set up an authenticator"},
    "account_totp_drop": {"zh": "停用验证器", "en": "Turn it off"},
    "account_totp_scan": {
        "zh": "用验证器应用扫描二维码（或手动输入密钥），再输入它显示的六位数字。",
        "en": "Scan the code with your authenticator app (or type the key), then enter the six "
        "digits it shows.",
    },
    "account_totp_code": {"zh": "六位数字", "en": "Six digits"},
    "account_totp_confirm": {"zh": "启用", "en": "Turn it on"},
    "account_totp_done": {"zh": "验证器已启用。", "en": "The authenticator is on."},
    "account_totp_dropped": {"zh": "验证器已停用。", "en": "The authenticator is off."},
    "account_totp_wrong": {
        "zh": "数字不正确，请核对手机时间后重试。",
        "en": "These digits are not right; check the clock of your phone and try again.",
    },
    "account_totp_needed": {
        "zh": "本单位要求两种验证方式，请先添加另一种。",
        "en": "Two proofs are required here; add another one first.",
    },
    "account_qr": {"zh": "验证器二维码", "en": "QR code for the authenticator"},
    "account_codes": {"zh": "恢复码", "en": "Recovery codes"},
    "account_codes_left": {"zh": "还有 {n} 个未用。", "en": "{n} not used yet."},
    "account_codes_renew": {"zh": "生成新的恢复码", "en": "Make new recovery codes"},
    "account_codes_about": {
        "zh": "每个只能用一次。现在抄下或打印：离开本页后不再显示，旧的已作废。",
        "en": "Each works once. Write them down or print them now: they are not shown again, "
        "and the old ones no longer work.",
    },
    "account_passkeys": {"zh": "通行密钥", "en": "Passkeys"},
    "account_passkeys_none": {"zh": "还没有通行密钥。", "en": "No passkey yet."},
    "account_passkey_add": {"zh": "添加通行密钥", "en": "Add a passkey"},
    "account_passkey_drop": {"zh": "移除", "en": "Remove"},
    "account_passkey_used": {"zh": "最近使用 {time}", "en": "last used {time}"},
    "account_passkey_new": {"zh": "尚未使用", "en": "not used yet"},
    "account_devices": {"zh": "已登录的设备", "en": "Devices signed in"},
    "account_device_this": {"zh": "本设备", "en": "this device"},
    "account_device_seen": {
        "zh": "{address} · 登录于 {opened} · 最近 {seen}",
        "en": "{address} · since {opened} · last used {seen}",
    },
    "account_device_end": {"zh": "退出该设备", "en": "Sign it out"},
    "account_view": {"zh": "以角色视角查看", "en": "Look through a role"},
    "account_view_about": {
        "zh": "只会减少您能看到的内容，不会增加；此操作会记入审计。",
        "en": "It only ever takes away from what you may see, and is noted in the audit trail.",
    },
    "account_view_own": {"zh": "本人视角", "en": "Your own view"},
    "account_view_set": {"zh": "切换", "en": "Switch"},
    "account_viewing": {"zh": "正以“{role}”视角查看", "en": "Looking as: {role}"},
    "act_as": {
        "zh": "将以您的账号署名。",
        "en": "Your account signs this.",
    },
    "not_for_you": {"zh": "您的账号不能查看此页", "en": "Your account may not see this page"},
    "not_for_you_about": {
        "zh": "如需查看，请向安全管理员申请权限。",
        "en": "If you need it, ask the security administrator for the permission.",
    },
}
