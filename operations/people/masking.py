"""What may be shown of a text: phones, identity numbers, names, house numbers and the like go.

Rules, not learning: each says what it hides and what it must leave (road numbers, dates, ticket
numbers, amounts). A masked text is as long as the text. Every pattern is bounded, so that the
time grows with the length alone, whatever stands in the text.

Sources: the identity number and its check digit are GB 11643-1999 (ISO 7064 MOD 11-2), the card
number's is ISO/IEC 7812-1 (Luhn), number plates are GA 36-2018.
"""

import re
from collections.abc import Callable, Iterable

from operations.people.naming import mask_names

HIDDEN = "*"
SHORTEST_KNOWN = 2
_WIDE = str.maketrans("０１２３４５６７８９（）－＋＠．Ｘ", "0123456789()-+@.X")
_ANY_WIDE = re.compile("[０-９（）－＋＠．Ｘ]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SECOND_DIGITS = ("12345", "123", "1234567", "123456", "01234", "12345", "1", "123")
_PROVINCES = frozenset(
    f"{first}{second}"
    for first, seconds in enumerate(_SECOND_DIGITS, start=1)
    for second in seconds
)
_NUMERAL = "[0-9A-Za-z一二三四五六七八九十百甲乙丙丁]"

Hide = Callable[[re.Match[str]], str]


def _stars(text: str) -> str:
    return HIDDEN * len(text)


def _all(found: re.Match[str]) -> str:
    return _stars(found[0])


def _first_group(found: re.Match[str]) -> str:
    """Hide the first group alone; the words around it stay."""
    begin, end, start = *found.span(1), found.start()
    whole = found[0]
    return whole[: begin - start] + _stars(found[1]) + whole[end - start :]


def _inner_digits(text: str, first: int, last: int) -> str:
    """Hide all digits but the first and last few; what stands between digits stays."""
    digits = sum(letter.isdigit() for letter in text)
    seen, shown = 0, []
    for letter in text:
        seen += letter.isdigit()
        hide = letter.isdigit() and first < seen <= digits - last
        shown.append(HIDDEN if hide else letter)
    return "".join(shown)


def _mobile(found: re.Match[str]) -> str:
    return found[1] + _inner_digits(found[2], 3, 4)


def _landline(found: re.Match[str]) -> str:
    return found[1] + _inner_digits(found[2], 0, 3)


def _identity(found: re.Match[str]) -> str:
    number = found[1].upper()
    plain = re.sub(r"[ \-]", "", number)
    if len(plain) == 18 and not is_identity_number(plain) and not found[0].startswith("身份"):
        return found[0]
    if len(plain) == 15 and plain[:2] not in _PROVINCES:
        return found[0]
    return _first_group(found)


def is_identity_number(number: str) -> bool:
    """Tell whether 18 characters are an identity number with the right check digit."""
    if number[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]


def _card(found: re.Match[str]) -> str:
    digits = [int(letter) for letter in found[0] if letter.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    luhn = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    return _inner_digits(found[0], 0, 4) if luhn and 16 <= len(digits) <= 19 else found[0]


def _plate(found: re.Match[str]) -> str:
    return found[1] + _stars(found[2])


_DATE = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_DATE = r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

_LONG = re.compile(r"[0-9][0-9 ()\-—–]{5,}[0-9]")
"""Seven digits with their gaps: below that there is no phone, identity or card number."""

LONG_NUMBERS: tuple[tuple[re.Pattern[str], Hide], ...] = (
    (
        re.compile(
            rf"(?:身份证?[^0-9]{{0,8}})?(?<![0-9])"
            rf"([1-9][0-9]{{5}}[ \-]?(?:{_DATE}[ \-]?[0-9]{{3}}[0-9Xx]|{_SHORT_DATE}[0-9]{{3}}))"
            r"(?![0-9A-Za-z])"
        ),
        _identity,
    ),
    (
        re.compile(
            r"(?<![0-9])((?:\(?(?:\+|00)?86\)?[ \-]?)?)"
            r"(1[ ]?[3-9][ ]?[0-9](?:[ \-]{0,2}[0-9]){8})(?![0-9])"
        ),
        _mobile,
    ),
    (
        re.compile(
            r"(?<![0-9.])((?:(?:\+|00)86[ \-]?)?\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \-—–]{0,2})"
            r"([1-9][0-9]{2,3}[ \-]?[0-9]{4}|[1-9][0-9]{6})(?![0-9])"
        ),
        _landline,
    ),
    (
        re.compile(
            r"((?:电话|座机|手机|致电|拨打|tel|phone)[号码 :：是为.]{0,4})"
            r"([2-9][0-9]{2,3}[ \-]?[0-9]{4})(?![0-9])",
            re.IGNORECASE,
        ),
        _landline,
    ),
    (
        re.compile(
            # One way only to read a run of digits: several cost exponential time.
            r"(?<![0-9A-Za-z.\-])(?:[34569]|2[2-7])[0-9]{3}(?:[ \-]?[0-9]){12,15}(?![0-9])"
        ),
        _card,
    ),
)
"""Phones, identity and card numbers, the most particular first."""

_PLATE = re.compile(
    r"([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Za-hj-np-z])"
    r"([·•.\- ]?(?=[A-Za-z]{0,6}[0-9])(?:[0-9A-Za-z]{5,6}|[0-9A-Za-z]{4}[挂学警港澳]))"
    r"(?![0-9A-Za-z])"
)

HOUSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 3号楼, 2单元301, 12栋 (but 3栋楼 counts houses), 501室, and 5-2-301 in one word.
    ("单元", re.compile(r"单元[ ]?([0-9]{2,4})(?![0-9])")),
    ("", re.compile(rf"({_NUMERAL}{{1,6}})(?:号楼|单元|[栋幢](?!楼))")),
    ("室", re.compile(r"([0-9A-Za-z]{1,2}-?[0-9]{2,4}|[0-9]{1,5}[A-Za-z]?)(?:室(?!内|外)|户室)")),
    # A house number stands behind a road or a place; behind a month it is a day, and 2号线 a line.
    (
        "号",
        re.compile(
            r"[路街巷道弄里村庄院区园苑胡同店厦广场][ ]?([0-9]{1,5}(?:-[0-9]{1,4}|[A-Za-z])?)号"
            r"(?!线|楼|开始|起|停|早|晚|上午|下午|中午|凌晨|夜|至|到|之?前|以后|晨)"
        ),
    ),
    ("-", re.compile(r"(?<![0-9\-])([0-9]{1,2}-[0-9]{1,2}-(?!19|20)[0-9]{3,4})(?![0-9\-])")),
)
"""House, unit and room numbers, each with a text without which it cannot be there."""

LATIN_HOUSES = (
    re.compile(
        r"\b(?:apt|apartment|unit|room|suite|flat|house)\.?[ ]{0,2}#?([0-9]{1,5}[A-Za-z]?)\b",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(
        r"(?<![0-9A-Za-z\-])([0-9]{1,5}(?:-[0-9]{1,5})?)[ ](?!(?:and|at|on|of|to|in)\b)"
        r"(?=(?:[A-Za-z.']{1,20}[ ]){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|"
        r"boulevard|blvd|court|ct|place|pl|terrace|ter|square|sq|way|parkway|pkwy)\b)",
        re.IGNORECASE,
    ),
)
_QQ = re.compile(r"QQ[号码群 :：是为]{0,4}([1-9][0-9]{4,10})(?![0-9])", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"
)
_WECHAT = re.compile(
    r"(?:微信|威信|薇信|V信|vx|wx|wechat|weixin)[号码 :：是为]{0,4}(?:id|号)?[ :：]{0,2}"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[A-Za-z]")


def mask(text: str, known: Iterable[str] = ()) -> str:
    """Give what may be shown of a text, character for character as long.

    `known` are words of this ticket that name its people (a name, a number): they are hidden
    wherever they stand.
    """
    # Rules read half-width digits; the places in both are the same.
    read = text.translate(_WIDE) if _ANY_WIDE.search(text) else text
    hidden = read
    for given in known:
        word = given.translate(_WIDE)
        if len(word) >= SHORTEST_KNOWN and word in hidden:
            hidden = hidden.replace(word, _known(word))
    if _LETTER.search(hidden):
        hidden = _with_letters(hidden)
    if _DIGIT.search(hidden):
        hidden = _with_digits(hidden)
    for needed, pattern in HOUSES:
        if needed in hidden:
            hidden = pattern.sub(_first_group, hidden)
    hidden = mask_names(hidden)
    if hidden == read or read is text:
        return text if hidden == read else hidden
    # What is not hidden stays as it was written, full-width digits too.
    return "".join(
        was if new == seen else new for was, seen, new in zip(text, read, hidden, strict=True)
    )


def _with_letters(text: str) -> str:
    """Hide mail addresses, WeChat and QQ names, number plates, and English house numbers."""
    if "@" in text:
        text = _EMAIL.sub(_all, text)
    text = _PLATE.sub(_plate, text)
    text = _WECHAT.sub(_first_group, text)
    text = _QQ.sub(_first_group, text)
    for pattern in LATIN_HOUSES:
        text = pattern.sub(_first_group, text)
    return text


def _with_digits(text: str) -> str:
    if _LONG.search(text):
        for pattern, hide in LONG_NUMBERS:
            text = pattern.sub(hide, text)
    return text


def _known(word: str) -> str:
    mobile = len(word) == 11 and word.isdigit()
    return _inner_digits(word, 3, 4) if mobile else _stars(word)
