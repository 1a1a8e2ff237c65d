"""Names in a text: before a title (王先生), behind a label (联系人:赵六), and 张某某."""

import re
from collections.abc import Iterator

from operations.people.surnames import ALSO_WORDS, COMMON, COMPOUND, SINGLE

HIDDEN = "*"
LONGEST_GIVEN = 2
_TITLE = re.compile(r"先生|女士|小姐|太太|师傅|大爷|大妈|大娘|大姐|大哥|阿姨|老人|同志|某")
_LABEL = re.compile(
    r"(?:联系人|联系人姓名|姓名|来电人|投诉人|反映人|举报人|诉求人|申请人|当事人|业主|住户|市民|"
    r"机主|患者|户主|收件人|本人)[ ]{0,2}[:：是为叫][ ]{0,2}|(?:我叫|名叫|名字叫|我是)[ ]{0,2}"
)
_LABEL_MARKS = ":：是为叫"
_AFTER_LABEL = re.compile(
    rf"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])"
    r"(?:(?!电话|手机|联系|身份|住址|地址|家住|先生|女士|反映|投诉|来电)[\u4e00-\u9fff·]){1,3}"
)
_SURNAME_ONLY = re.compile(rf"姓([{''.join(sorted(SINGLE))}])(?![\u4e00-\u9fff])")
_LATIN = re.compile(
    r"(?:(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ]{1,2}|\b(?:[Nn]ame|[Cc]ontact|[Cc]aller)"
    r"(?:[ ]is|:)[ ]{1,2}|\bI am[ ])([A-Z][A-Za-z'\-]{1,30}(?:[ ][A-Z][A-Za-z'\-]{1,30}){0,2})"
)
_LETTER = re.compile(r"[A-Z]")
_WORD_OF_HAN = re.compile(r"[\u4e00-\u9fff·]{2,5}")


def mask_names(text: str) -> str:
    """Hide the names that the text itself marks as names."""
    spans = sorted(set(_spans(text)))
    if not spans:
        return text
    pieces: list[str] = []
    done = 0
    for found, end in spans:
        begin = max(found, done)
        if begin < end:
            pieces += (text[done:begin], HIDDEN * (end - begin))
            done = end
    return "".join((*pieces, text[done:]))


def looks_like_name(word: str) -> bool:
    """Tell whether a word alone could be a person's name."""
    if not _WORD_OF_HAN.fullmatch(word):
        return False
    return word[0] in SINGLE or word.startswith(COMPOUND)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if not text.isascii():
        for title in _TITLE.finditer(text):
            begin = _name_begins(text, title.start())
            if begin is not None:
                end = title.start()
                yield begin, _end_of_some(text, end) if title[0] == "某" else end
        yield from _behind_labels(text)
        for found in _SURNAME_ONLY.finditer(text):
            yield found.span(1)
    if _LETTER.search(text):
        for found in _LATIN.finditer(text):
            yield found.span(1)


def _behind_labels(text: str) -> Iterator[tuple[int, int]]:
    if not any(mark in text for mark in _LABEL_MARKS):
        return
    for label in _LABEL.finditer(text):
        name = _AFTER_LABEL.match(text, label.end())
        if name is not None and _is_a_name(label[0], name[0]):
            yield name.span()


def _is_a_name(label: str, name: str) -> bool:
    """Behind a colon stands a name; behind 我是 or 业主是 also much else."""
    plainly = any(mark in label for mark in ":：叫")
    return plainly or name[0] in COMMON or name.startswith(COMPOUND)


def _name_begins(text: str, title: int) -> int | None:
    """Find where the name before a title begins: with the farthest plain surname.

    Surnames that are everyday words too (向李先生) count only where there is no other.
    """
    if title >= 2 and text[title - 2 : title] in COMPOUND:
        return title - 2
    for given in range(1, LONGEST_GIVEN + 1):
        begin = title - given - 2
        if begin >= 0 and text[begin : begin + 2] in COMPOUND:
            return begin
    for given in range(LONGEST_GIVEN, -1, -1):
        begin = title - given - 1
        if begin >= 0 and text[begin] in COMMON and _are_han(text, begin, title):
            return begin
    for given in range(LONGEST_GIVEN + 1):
        begin = title - given - 1
        if begin >= 0 and text[begin] in ALSO_WORDS and _are_han(text, begin, title):
            return begin
    return None


def _are_han(text: str, begin: int, end: int) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in text[begin:end])


def _end_of_some(text: str, begin: int) -> int:
    """Take in 某某 and 某 behind a surname."""
    end = begin
    while end < len(text) and text[end] == "某" and end < begin + 2:
        end += 1
    return end
