"""The words sources use for status, type, channel, urgency and satisfaction, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from operations.names import plain
from operations.tickets.ticket import Channel, GeoQuality, Kind, Satisfaction, Status, Urgency

Word = TypeVar("Word", bound=StrEnum)


def _table(kind: type[Word], also: Mapping[Word, str]) -> dict[str, Word]:
    table = {plain(member.value): member for member in kind}
    for member, words in also.items():
        table.update({plain(word): member for word in words.split(",")})
    return table


STATUS = _table(
    Status,
    {
        Status.ACCEPTED: "受理,已受理,待受理,登记,已登记,待派单,待派发,待分派,新建,"
        "new,open,pending,received",
        Status.DISPATCHED: "派单,已派单,派发,已派发,转办,已转办,交办,已交办,待签收,分派,已分派,"
        "assigned,sent",
        Status.SIGNED: "签收,已签收,接单,已接单,待办理,待办,acknowledged",
        Status.HANDLING: "办理中,办理,处理中,在办,正在办理,处置中,延期,已延期,"
        "inprogress,started,working",
        Status.RETURNED: "退单,已退单,退回,已退回,申请退单,退单待审,rejected",
        Status.CONSULTING: "会商,会商中,协调中,协商中,会办,consultation",
        Status.REPLIED: "答复,已答复,回复,已回复,待回访,待办结,待审核,待结案,answered,resolved",
        Status.CLOSED: "办结,已办结,结案,已结案,完结,已完结,完成,已完成,已回访,直办,直接办结,"
        "直接答复,即时办结,complete,completed,done",
        Status.REOPENED: "重办,重新办理,重派,二次办理,发回重办,退回重办,回退重办,reopen",
        Status.ARCHIVED: "归档,已归档,存档,已存档,archive",
        Status.WITHDRAWN: "撤回,已撤回,撤单,已撤单,撤销,已撤销,作废,已作废,取消,已取消,"
        "cancelled,canceled,cancel,withdraw,void",
    },
)
KIND = _table(
    Kind,
    {
        Kind.INQUIRY: "咨询,咨询类,政策咨询,业务咨询,查询,question,information,enquiry",
        Kind.HELP: "求助,求助类,求决,诉求,申请求决,报修,帮助,request,service request,service",
        Kind.COMPLAINT: "投诉,投诉类,投诉举报,消费投诉,complain",
        Kind.REPORT: "举报,举报类,检举,揭发控告",
        Kind.SUGGESTION: "建议,建议类,意见,意见建议,advice,proposal",
        Kind.PRAISE: "表扬,表扬类,感谢,compliment,thanks",
        Kind.OTHER: "其他,其它,其他类,其他诉求,无效,骚扰",
    },
)
CHANNEL = _table(
    Channel,
    {
        Channel.PHONE: "电话,热线,来电,12345,12345热线,12345电话,语音,call,voice,telephone,hotline",
        Channel.WECHAT: "微信,微信公众号,公众号,微信小程序,小程序,mini program",
        Channel.APP: "手机app,客户端,移动端,爱山东,爱山东app,手机客户端,mobile,mobile app",
        Channel.WEB: "网站,网络,网页,互联网,政府网站,门户网站,网上,online,internet,website,portal",
        Channel.LETTER: "来信,信件,信访,邮件,电子邮件,市长信箱,领导信箱,书信,mail,e-mail,email",
        Channel.GRID: "网格,网格员,网格上报,巡查,grid worker",
        Channel.ENTERPRISE: "企业,政企通,企业热线,企业服务,涉企,business",
        Channel.POLICE: "110联动,110转办,公安,police",
        Channel.MEDIA: "媒体,舆情,微博,抖音,新闻媒体,广播,电视,twitter,social media,press",
        Channel.STAFF: "工作人员,内部,人工录入,坐席录入,employee,in house,internal",
        Channel.OTHER: "其他,其它,其他渠道,unknown",
    },
)
URGENCY = _table(
    Urgency,
    {
        Urgency.ROUTINE: "一般,普通,常规,正常,平件,normal,low,standard",
        Urgency.URGENT: "紧急,急,加急,急件,较急,high,priority",
        Urgency.CRITICAL: "特急,特别紧急,非常紧急,特急件,突发,重大,emergency,immediate",
    },
)
SATISFACTION = _table(
    Satisfaction,
    {
        Satisfaction.VERY_SATISFIED: "非常满意,很满意,excellent",
        Satisfaction.SATISFIED: "满意,比较满意,good,yes",
        Satisfaction.FAIR: "基本满意,一般,较满意,尚可,neutral",
        Satisfaction.DISSATISFIED: "不满意,不太满意,非常不满意,很不满意,very dissatisfied,"
        "unsatisfied,bad,no",
    },
)
NO_ANSWER = {
    plain(word)
    for word in (
        *("未评价", "未作评价", "不评价", "拒绝评价", "无法接通", "未接通", "无人接听"),
        *("无", "未回访", "none", "n/a", "na"),
    )
}
"""What stands in a satisfaction column where the caller said nothing: no answer, not a bad one."""

GEO_QUALITY = _table(
    GeoQuality,
    {
        GeoQuality.EXACT: "精确,门牌,rooftop,point",
        GeoQuality.STREET: "街道,道路,路段,intersection,range",
        GeoQuality.DISTRICT: "区县,区域,area",
        GeoQuality.FALLBACK: "默认,缺省,default",
        GeoQuality.NONE: "无,未知,unknown",
    },
)
FLAG = {
    plain(word): flag
    for words, flag in (
        ("true,yes,y,t,1,on,是,有,已,真,已解决,解决,已联系,已接通,按时,按期", True),
        ("false,no,n,f,0,off,否,无,未,假,未解决,没有解决,未联系,未接通,超期,逾期", False),
    )
    for word in words.split(",")
}
NOBODY = {
    plain(word)
    for word in (
        *("匿名", "未知", "无", "不详", "保密", "无号码", "0"),
        *("anonymous", "unknown", "none", "null", "private", "withheld"),
    )
}
"""A caller under one of these words is nobody in particular, and must not count as one person."""
