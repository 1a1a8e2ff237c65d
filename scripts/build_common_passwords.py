"""Writes the list of common passwords that no account may have.

    python scripts/build_common_passwords.py > data_sources/files/common_passwords.txt

The list is made here, from what people are known to do: words that any study of passwords names
first, keys beside one another, Chinese words and surnames in pinyin, dates and numbers, each with
the endings people add. It copies no published list.
"""

from itertools import product


def words(text: str) -> list[str]:
    """Give the words of a text."""
    return text.split()


WORDS = words(
    """password passw0rd p@ssword p@ssw0rd admin administrator root superuser sysadmin manager
operator letmein welcome login guest test tester testing user default changeme secret master
monkey dragon football baseball basketball superman batman princess sunshine shadow iloveyou
trustno1 hello whatever freedom access system server database oracle mysql redis postgres
security service support public private hotline lianxin yantai shandong china beijing shanghai
citizen government office summer winter spring autumn monday friday january december"""
)

PINYIN = words(
    """woaini woaiwo nihao zhongguo beijing shanghai yantai shandong qingdao jinan mima
guanliyuan xitong zhengfu rexian fuwu shimin hezuo gongzuo baobao baobei laopo laogong meimei
gege didi jiejie mama baba xiaoming zhangsan lisi wangwu zhaoliu wang zhang liu chen yang zhao
huang zhou wu xu sun hu zhu gao lin he guo ma luo aini wodemima kaixin pingan facai fafafa
dashuju yunxing zhihui zhongxin ceshi yonghu denglu"""
)

WALKS = words(
    """qwerty qwertyuiop qwert asdfgh asdfghjkl asdf zxcvbn zxcvbnm zxcv qazwsx qazwsxedc
1qaz2wsx 1qaz2wsx3edc 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 q1w2e3r4 qweasd qweasdzxc qwe123 asd123
zaq12wsx !qaz2wsx !qaz@wsx 1qazxsw2 147258369 159357 741852963 789456123 123qwe 123qweasd
poiuytrewq lkjhgfdsa mnbvcxz abcdef abcdefg abcdefgh abcdefghij abc123 abcd1234 a1b2c3 a1b2c3d4
aa123456 a123456 a12345678 a123456789 q123456 q123456789 123456a 123456789a zxc123 asd123456
woaini1314 5201314 1314520 520520 13145200 12345 123456 1234567 12345678 123456789 1234567890
0123456789 0987654321 987654321 87654321 654321 12341234 123123 123123123 112233 11223344
1122334455 123321 1234321 12344321 123454321 147147 159159 258258 12345679 88888888 66668888
12345rexian rexian12345 yt12345 sd12345"""
)

ENDINGS = words(
    """ 1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 ! !! !@# @ @1 @12
@123 @1234 @12345 @123456 #123 .123 _123 !123 123! 123. 1! 01 11 111 111111 666 888 6666 8888
520 1314 5201314 2020 2021 2022 2023 2024 2025 2026 @2023 @2024 @2025 @2026"""
)

LEAST = 6


def common() -> set[str]:
    """Give the list, in small letters."""
    found = {word + end for word, end in product([*WORDS, *PINYIN, *WALKS], ["", *ENDINGS])}
    found |= {digit * n for digit in "0123456789" for n in range(6, 17)}
    found |= {letter * n for letter in "abcdefghijklmnopqrstuvwxyz" for n in (8, 10, 12)}
    found |= {f"{year}{month:02}{day}" for year in range(1960, 2027) for month in range(1, 13)
              for day in ("01", "08", "15", "28")}  # fmt: skip
    found |= set(WORDS) | set(PINYIN) | set(WALKS)
    return {one for one in found if len(one) >= LEAST}


if __name__ == "__main__":
    print("\n".join(sorted(common())))
