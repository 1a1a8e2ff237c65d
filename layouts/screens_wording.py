"""The words of the page that keeps the walls, and of a wall's visitor mode."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    # On the wall
    "visitor_mode": {"zh": "访客模式", "en": "Visitor mode"},
    "visitor_key": {"zh": "访客模式开关（V 键）", "en": "Visitor mode on or off (V)"},
    # The page
    "screens_link": {"zh": "大屏管理", "en": "Walls"},
    "screens_link_about": {
        "zh": "配对、命名、设置、刷新、停用各处大屏",
        "en": "Let walls in, name them, set what they show, shut them out",
    },
    "screens_needs_accounts": {
        "zh": "未启用账号时，大屏无需配对，直接打开其地址即可；启用账号后在此管理大屏。",
        "en": "Without accounts a wall needs no pairing: open its address on it. "
        "Start with LIANXIN_ACCOUNTS=on to keep walls here.",
    },
    "screens_back": {"zh": "返回大屏列表", "en": "To the list of walls"},
    "screens_pair": {"zh": "配对新大屏", "en": "Let a new wall in"},
    "screens_pair_about": {
        "zh": "在新大屏的浏览器中打开 {address}，屏幕显示六位配对码，填入下方。",
        "en": "Open {address} in the browser of the new wall and type in the code it shows.",
    },
    "screens_pair_do": {"zh": "配对", "en": "Let it in"},
    "screens_paired": {
        "zh": "“{name}”已配对，大屏正在切换到所选画面。",
        "en": "“{name}” is let in; the wall goes on to what it shows.",
    },
    "screens_list": {"zh": "大屏", "en": "Walls let in"},
    "screens_shut": {"zh": "已停用", "en": "Shut out"},
    "screens_none": {"zh": "还没有大屏。", "en": "There is no wall yet."},
    "screens_none_about": {
        "zh": "在大屏的浏览器中打开 {address}，把屏幕上的配对码填入“配对新大屏”。",
        "en": "Open {address} in the browser of a wall and type the code it shows "
        "under “Let a new wall in”.",
    },
    # The fields of a wall
    "screen_code": {"zh": "配对码", "en": "Code on the wall"},
    "screen_name": {"zh": "名称", "en": "Name"},
    "screen_room": {"zh": "所在房间（可不填）", "en": "Room (optional)"},
    "screen_scope": {"zh": "显示范围", "en": "What it is the wall of"},
    "screen_scope_city": {"zh": "全市", "en": "The whole city"},
    "screen_scope_gone": {"zh": "{scope}（已不存在）", "en": "{scope} (no longer there)"},
    "screen_group_district": {"zh": "区市 · {name}", "en": "District · {name}"},
    "screen_group_department": {"zh": "部门 · {name}", "en": "Department · {name}"},
    "screen_scenes": {"zh": "轮播画面与停留秒数", "en": "Scenes, and how many seconds each"},
    "screen_scenes_about": {
        "zh": "都不选：按系统设置，或停在总览。",
        "en": "None: as the server's setting says, or the overview alone.",
    },
    "screen_alarms": {"zh": "各起告警", "en": "Every open alarm"},
    "screen_seconds": {"zh": "“{scene}”停留秒数", "en": "Seconds for “{scene}”"},
    "screen_distance": {"zh": "最远观看距离（米）", "en": "Farthest seat, metres"},
    "screen_pitch": {"zh": "像素间距（毫米，可不填）", "en": "Pixel pitch, mm (optional)"},
    "screen_pitch_about": {
        "zh": "不填：字号按屏幕宽度。常见屏幕：",
        "en": "Left out: letters follow the screen's width. Usual screens:",
    },
    "screen_pitch_inches": {"zh": "{inches} 英寸 {kind}", "en": "{inches}″ {kind}"},
    "screen_pitch_led": {"zh": "LED P{pitch}", "en": "LED P{pitch}"},
    # What is wrong with a field
    "screen_bad_code": {
        "zh": "配对码不对：请填写大屏现在显示的六位字符（没有 0、O、1、I），十分钟内有效。",
        "en": "Code: no wall shows this now. Type the six characters on the wall "
        "(never 0, O, 1 or I); each lasts ten minutes.",
    },
    "screen_bad_name": {
        "zh": "名称：请填写 1 至 60 个字符。",
        "en": "Name: give 1 to 60 characters.",
    },
    "screen_bad_room": {"zh": "房间：最多 60 个字符。", "en": "Room: at most 60 characters."},
    "screen_bad_scope": {
        "zh": "显示范围：请从列表中选择。",
        "en": "Wall of: choose from the list.",
    },
    "screen_bad_scenes": {
        "zh": "画面：停留秒数应为 3 至 3600 的整数。",
        "en": "Scenes: seconds are whole numbers from 3 to 3600.",
    },
    "screen_bad_distance_m": {
        "zh": "观看距离：应大于 0、不超过 50 米。",
        "en": "Farthest seat: more than 0 and at most 50 metres.",
    },
    "screen_bad_pitch_mm": {
        "zh": "像素间距：应大于 0、不超过 20 毫米，或不填。",
        "en": "Pixel pitch: more than 0 and at most 20 mm, or left out.",
    },
    "screen_bad_id": {
        "zh": "这块大屏已停用或已不存在。",
        "en": "This wall is shut out or no longer there.",
    },
    "screen_changed_meanwhile": {
        "zh": "其他人刚刚更改了这块大屏，您的操作没有执行。请查看现状后再试。",
        "en": "Somebody changed this wall meanwhile, so nothing was done. "
        "Look at what it is now and try again.",
    },
    "screens_away": {
        "zh": "数据库暂时无法访问，请稍后再试。",
        "en": "The database does not answer now; try again in a moment.",
    },
    # The list
    "screen_seen": {"zh": "{age}前联系", "en": "heard {age} ago"},
    "screen_fresh": {"zh": "在线", "en": "Connected"},
    "screen_late": {"zh": "联系迟缓", "en": "Late"},
    "screen_dead": {"zh": "失联", "en": "Lost"},
    "screen_paired_at": {"zh": "{time} 由 {actor} 配对", "en": "let in {time} by {actor}"},
    "screen_version_now": {"zh": "当前版本 {version}", "en": "version {version}, the current one"},
    "screen_version_old": {
        "zh": "版本 {version}，不是当前版本 {current}：请刷新",
        "en": "version {version}, not the current {current}: reload it",
    },
    "screen_version_unknown": {
        "zh": "版本不详，当前为 {current}：请刷新",
        "en": "version unknown, current is {current}: reload it",
    },
    "screen_size": {"zh": "观看距离 {distance} 米", "en": "read from {distance} m"},
    "screen_size_pitch": {
        "zh": "观看距离 {distance} 米 · 像素间距 {pitch} 毫米 · 正文字高 {px} 像素",
        "en": "read from {distance} m · pitch {pitch} mm · letters {px} px",
    },
    "screen_shows": {"zh": "画面：{scenes}", "en": "scenes: {scenes}"},
    "screen_shows_usual": {"zh": "画面：按系统设置", "en": "scenes: as the server's setting says"},
    "screen_scene_s": {"zh": "{scene} {n} 秒", "en": "{scene} {n} s"},
    "screen_change": {"zh": "更改设置", "en": "Change"},
    "screen_reload": {"zh": "立即刷新", "en": "Reload now"},
    "screen_revoke": {"zh": "停用…", "en": "Shut out…"},
    "screen_reloaded": {
        "zh": "“{name}”正在刷新页面。",
        "en": "“{name}” was told to load itself anew.",
    },
    # One wall
    "screen_settings": {"zh": "名称与设置", "en": "Name and settings"},
    "screen_save": {"zh": "保存", "en": "Save"},
    "screen_saved": {
        "zh": "已保存，大屏一秒内生效。",
        "en": "Saved; the wall follows within a second.",
    },
    "screen_revoke_title": {"zh": "停用这块大屏", "en": "Shut this wall out"},
    "screen_revoke_about": {
        "zh": "“{name}”会立即显示新的配对码，它的令牌永久失效。"
        "要重新启用，须有人到屏幕前抄下配对码再次配对。",
        "en": "“{name}” goes back to a code at once and its token opens nothing any more. "
        "To have it back somebody has to stand before it and pair it again.",
    },
    "screen_revoke_sure": {"zh": "我确认停用这块大屏", "en": "I am sure"},
    "screen_revoke_do": {"zh": "停用“{name}”", "en": "Shut “{name}” out"},
    "screen_revoke_tick": {
        "zh": "请先勾选确认，再停用。",
        "en": "Tick that you are sure first.",
    },
    "screen_revoked": {
        "zh": "“{name}”已停用。",
        "en": "“{name}” is shut out.",
    },
}
