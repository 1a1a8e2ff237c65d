"""Chinese surnames, and which of them are everyday words too."""

COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚樊兰殷施陶洪翟颜倪严牛"
    "温芦季俞章鲁葛伍韦申尤毕聂焦柳邢岳齐梅莫庄辛管祝左涂耿牟卜路詹关苗凌费纪靳盛童欧甄项裴席卫屈鲍覃霍翁隋甘"
    "景薄单包司柏宁柯阮桂闵解车冉房边辜芮褚阙宫巩晏仇沙冷滕佟楚戚丛栾迟初鞠綦逄曲矫衣慕邴芶苟藏臧荀蔺訾"
)
"""Surnames that alone before a title are taken for one."""

ALSO_WORDS = frozenset(
    "于向和时从方万成安常应高马金文查年党元平明花水全计伏谈强支干宗郁华闻符连闫祁岑谷肖"
)
"""Surnames that are everyday words or parts of them: they count only where a name must stand."""

COMPOUND = (
    *("欧阳", "司马", "上官", "诸葛", "东方", "尉迟", "公孙", "慕容", "令狐", "皇甫", "宇文"),
    *("长孙", "司徒", "司空", "夏侯", "端木", "百里", "南宫", "淳于", "单于", "太史", "呼延"),
)

SINGLE = COMMON | ALSO_WORDS
