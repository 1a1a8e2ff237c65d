"""The words of an incident's files: choosing, sending, refusals."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "incident_act_attach": {"zh": "加照片或文件", "en": "Add a photo or file"},
    "incident_act_remove_file": {"zh": "撤下文件", "en": "Take the file away"},
    "incident_act_take_photo": {"zh": "拍照", "en": "Take a photo"},
    "incident_act_choose_file": {"zh": "选择文件", "en": "Choose files"},
    "incident_file_hint": {
        "zh": "照片（JPEG、PNG、WebP）或 PDF，每个不超过 {mb} MB。"
        "照片里的位置、时间和机主信息会去掉。",
        "en": "Photographs (JPEG, PNG, WebP) or PDF, up to {mb} MB each. Where, when and with "
        "whose camera a photograph was taken is removed from it.",
    },
    "incident_file_drop": {"zh": "也可以把文件拖到这里。", "en": "Files may also be dropped here."},
    "incident_file_done": {"zh": "关闭窗口", "en": "Close this window"},
    "incident_file_sending": {"zh": "正在送出", "en": "Being sent"},
    "incident_file_sent": {"zh": "已收到", "en": "Received"},
    "incident_file_again": {"zh": "再送一次", "en": "Send it again"},
    "incident_bad_file": {
        "zh": "文件是空的，或这里已有同一个文件。",
        "en": "The file is empty, or the same file is here already.",
    },
    "incident_bad_large": {
        "zh": "文件太大：每个不超过 {mb} MB。",
        "en": "The file is too large: up to {mb} MB each.",
    },
    "incident_bad_files": {
        "zh": "已满：一个事件最多 {files} 个文件。先撤下不用的。",
        "en": "It is full: {files} files at most. Take away one that is not needed.",
    },
    "incident_bad_pixels": {
        "zh": "照片像素太多：不超过 {pixels} 百万像素。请缩小后再送。",
        "en": "The picture has too many pixels: {pixels} million at most. Make it smaller.",
    },
    "incident_bad_media": {
        "zh": "只收照片（JPEG、PNG、WebP）和 PDF；按内容判断，不看文件名。",
        "en": "Only photographs (JPEG, PNG, WebP) and PDF are taken, by what is in them.",
    },
    "incident_bad_heic": {
        "zh": "不收 HEIC：请把相机格式设为“兼容性最佳”（JPEG）。",
        "en": "HEIC is not taken: set the camera to “most compatible” (JPEG).",
    },
    "incident_bad_broken": {
        "zh": "文件读不出来，或结尾之后还有别的内容。请重新拍照或另存后再送。",
        "en": "The file cannot be read, or something follows its end. Take or save it again.",
    },
    "incident_bad_moving": {"zh": "只收静止的照片。", "en": "Only pictures that stand still."},
    "incident_bad_active": {
        "zh": "PDF 里有脚本、表单或附件：请打印成 PDF 后再送。",
        "en": "The PDF has scripts, forms or files in it: print it to a plain PDF.",
    },
    "incident_bad_proof": {
        "zh": "这个文件是排除该环节的证据：先把环节改判可疑。",
        "en": "This file is what cleared its link: suspect the link first.",
    },
}
