"""What the quantities of a clause are, by the codebook; every sentence here is our own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import CorpusError
from pipeline.evaluation import measure_metrics
from pipeline.extraction import measure_rules, measures

RULES = measure_rules.load()


def said(text):
    """The measures of a text in words: quote = kind value unit role, and per and of where there are any."""
    return "; ".join(map(told, rows(text)))


def rows(text):
    return [
        measures.row(q, "d__art_1", n, text) for n, q in enumerate(measures.find(text, RULES), 1)
    ]


def told(measure):
    ends = [
        "" if end is None else f"{end:.4f}".rstrip("0").rstrip(".")
        for end in (measure.min, measure.max)
    ]
    value = ends[0] if ends[0] == ends[1] else "..".join(ends)
    words = [measure.quote, "=", measure.kind, value, measure.unit, measure.role]
    words += ["per", measure.per] if measure.per else []
    return " ".join(words + (["of", measure.of] if measure.of else []))


# fmt: off
CASES = [
    ("对首次认定的国家级企业技术中心、省级企业技术中心、市级企业技术中心，分别给予100万元、50万元、20万元一次性奖励。",
     "100万元 = money 1000000 元 award of 国家级企业技术中心; 50万元 = money 500000 元 award of 省级企业技术中心; 20万元 = money 200000 元 award of 市级企业技术中心"),
    ("对新认定的国家级、省级孵化器，分别给予不超过200万元、100万元的奖励。",
     "不超过200万元 = money ..2000000 元 award of 国家级; 100万元 = money ..1000000 元 award of 省级孵化器"),
    ("经1/3以上业主联名，可以提议召开，2/3以上同意方可通过。",
     "1/3以上 = percent 33.3333.. % threshold; 2/3以上 = percent 66.6667.. % threshold"),
    ("每户每年用水量180（含）立方米以下的，执行第一阶梯水价，贷款利率上浮30个基点。",
     "每户每年用水量180（含）立方米以下 = other ..180 立方米 threshold per 户·年; 上浮30个基点 = percent 0.3 % price"),
    ("占职工总数百分之十以上的，可以处二万以上二十万元以下的罚款。",
     "百分之十以上 = percent 10.. % threshold; 二万以上二十万元以下 = money 20000..200000 元 fine"),
    ("年龄指标最高积30分，电价较上年下降3分/千瓦时以上，每年从营业利润中提取不低于5%用于奖励。",
     "最高积30分 = points ..30 分 points; 下降3分/千瓦时以上 = rate 0.03.. 元/千瓦时 price; 不低于5% = percent 5.. % share per 年"),
    ("两周内答复，半小时内到场，一个半小时处置完毕，每满一年增加5天年休假。",
     "两周内 = duration ..2 周 deadline; 半小时内 = duration ..0.5 小时 deadline; 一个半小时 = duration 1.5 小时 other; 每满一年增加5天 = duration 5 日 other per 一年"),
    ("按照合同金额的20%给予补助，最高不超过500万元。",
     "20% = percent 20 % award; 最高不超过500万元 = money ..5000000 元 award"),
    ("按设备投资额的10%—15%给予补助，单个企业年度最高补助2000万元。",
     "10%—15% = percent 10..15 % award; 最高补助2000万元 = money ..20000000 元 award"),
    ("对获得中国质量奖、提名奖的企业分别奖励300万、150万、50万元。",
     "300万 = money 3000000 元 award; 150万 = money 1500000 元 award; 50万元 = money 500000 元 award"),
    ("贷款利息按实际支付额的百分之五十贴息，贴息期不超过三年，每家企业每年最高100万元。",
     "百分之五十 = percent 50 % award; 不超过三年 = duration ..3 年 validity; 每家企业每年最高100万元 = rate ..1000000 元/年·家 award"),
    ("省与市按7:3比例分担补助资金。",
     "7:3 = percent 70 % share; 7:3 = percent 30 % share"),
    ("博士、硕士、本科每人每月分别发放3000元、2000元、1000元生活补贴，发放期限3年。",
     "每人每月分别发放3000元 = rate 3000 元/月·人 award of 博士; 2000元 = rate 2000 元/月·人 award of 硕士; 1000元 = rate 1000 元/月·人 award of 本科; 3年 = duration 3 年 validity"),
    ("每引进1名高层次人才奖励用人单位5万元。",
     "每引进1名高层次人才奖励用人单位5万元 = rate 50000 元/名 award"),
    ("年营业收入首次突破1亿元、5亿元、10亿元的，分别奖励10万元、50万元、100万元。",
     "突破1亿元 = money 100000000.. 元 threshold; 5亿元 = money 500000000.. 元 threshold; 10亿元 = money 1000000000.. 元 threshold; 10万元 = money 100000 元 award of 1亿元; 50万元 = money 500000 元 award of 5亿元; 100万元 = money 1000000 元 award of 10亿元"),
    ("外商投资企业实缴注册资本达到3000万美元以上的，按到账外资的1%给予奖励。",
     "达到3000万美元以上 = money 30000000.. 美元 threshold; 1% = percent 1 % award"),
    ("垃圾处理费按0.5元/公斤收取，餐饮企业按每桶60元计收。",
     "0.5元/公斤 = rate 0.5 元/公斤 fee; 每桶60元 = rate 60 元/桶 fee"),
    ("职业技能培训补贴按初级工1000元/人、中级工1500元/人、高级工2000元/人的标准执行。",
     "1000元/人 = rate 1000 元/人 award; 1500元/人 = rate 1500 元/人 award; 2000元/人 = rate 2000 元/人 award"),
    ("滞纳金按日加收万分之五。",
     "万分之五 = percent 0.05 % fee per 日"),
    ("逾期不缴纳的，从滞纳之日起每日按万分之五加收滞纳金。",
     "每日按万分之五 = percent 0.05 % fee per 日"),
    ("每逾期一日，按照应缴费额的千分之二加收滞纳金。",
     "每逾期一日，按照应缴费额的千分之二 = percent 0.2 % fee per 逾期一日"),
    ("处违法所得一倍以上五倍以下的罚款；没有违法所得的，处3万元以下罚款。",
     "一倍以上五倍以下 = multiple 1..5 倍 fine; 3万元以下 = money ..30000 元 fine"),
    ("对单位处一万元以上十万元以下的罚款，对直接负责的主管人员处一千元以上五千元以下的罚款。",
     "一万元以上十万元以下 = money 10000..100000 元 fine of 单位; 一千元以上五千元以下 = money 1000..5000 元 fine of 直接负责的主管人员"),
    ("处五万元以上二十万元以下的罚款，并可以责令停产停业三个月至六个月。",
     "五万元以上二十万元以下 = money 50000..200000 元 fine; 三个月至六个月 = duration 3..6 月 other"),
    ("行政拘留五日以上十日以下，可以并处五百元以下罚款。",
     "五日以上十日以下 = duration 5..10 日 other; 五百元以下 = money ..500 元 fine"),
    ("申请人应当自收到决定之日起六十日内申请行政复议。",
     "六十日内 = duration ..60 日 deadline"),
    ("受理机关应当在收到材料后5个工作日内一次性告知，20个工作日内办结；情况复杂的，经批准可以延长10个工作日。",
     "5个工作日内 = duration ..5 工作日 deadline; 20个工作日内 = duration ..20 工作日 deadline; 10个工作日 = duration 10 工作日 deadline"),
    ("公示期不少于7日。公示时间为5个工作日。",
     "不少于7日 = duration 7.. 日 limit; 5个工作日 = duration 5 工作日 deadline"),
    ("本办法自2020年3月1日起施行，有效期5年，至2025年2月28日止。",
     "5年 = duration 5 年 validity"),
    ("营业执照遗失的，应当在三十个自然日以内补办。",
     "三十个自然日以内 = duration ..30 日 deadline"),
    ("建设单位应当提前15日向社会公告，公告期为三十日。",
     "15日 = duration 15 日 deadline; 三十日 = duration 30 日 deadline"),
    ("合同期限一年半，试用期不超过两个半月。",
     "一年半 = duration 18 月 validity; 不超过两个半月 = duration ..2.5 月 validity"),
    ("连续两年考核不合格的，三年内不得申报。",
     "两年 = duration 2 年 threshold; 三年内 = duration ..3 年 limit"),
    ("记录保存期限不得少于两年；视频资料至少保存30天。",
     "不得少于两年 = duration 2.. 年 limit; 至少保存30天 = duration 30.. 日 limit"),
    ("年满十六周岁不满十八周岁的未成年工，每日工作不得超过八小时。",
     "满十六周岁不满十八周岁 = age 16..18 周岁 threshold; 每日工作不得超过八小时 = duration ..8 小时 limit per 日"),
    ("男年满60周岁、女年满55周岁的居民，每人每年补贴1200元。",
     "满60周岁 = age 60.. 周岁 threshold; 满55周岁 = age 55.. 周岁 threshold; 每人每年补贴1200元 = rate 1200 元/年·人 award"),
    ("45周岁以下、具有硕士以上学位的人才。",
     "45周岁以下 = age ..45 周岁 threshold"),
    ("从业人员100人以上300人以下的企业为中型企业。",
     "100人以上300人以下 = count 100..300 人 threshold"),
    ("会议须有三分之二以上成员出席，决议经出席成员半数以上通过。",
     "三分之二以上 = percent 66.6667.. % threshold; 半数以上 = percent 50.. % threshold"),
    ("业主人数超过总数五分之一的，可以提议召开。",
     "超过总数五分之一 = percent 20.. % threshold"),
    ("绿地率不得低于35%，其中集中绿地占比不低于三分之一。",
     "不得低于35% = percent 35.. % limit; 不低于三分之一 = percent 33.3333.. % share"),
    ("企业研发费用占销售收入的比重达到5%以上的，按研发费用的八成补助。",
     "达到5%以上 = percent 5.. % threshold; 八成 = percent 80 % award"),
    ("占地面积10亩以上、建筑面积超过2万平方米的项目。",
     "10亩以上 = area 10.. 亩 threshold; 超过2万平方米 = area 20000.. 平方米 threshold"),
    ("用地规模不超过1.5平方公里，其中耕地不超过20公顷。",
     "不超过1.5平方公里 = area ..1500000 平方米 limit; 不超过20公顷 = area ..20 公顷 limit"),
    ("机动车在禁鸣区内的噪声不得超过65分贝。",
     "不得超过65分贝 = other ..65 分贝 limit"),
    ("锅炉容量在20蒸吨以上，烟尘排放浓度不高于20毫克/立方米。",
     "20蒸吨以上 = other 20.. 蒸吨 threshold; 不高于20毫克/立方米 = other ..20 毫克/立方米 limit"),
    ("风力达到8级以上时，应当停止高空作业。",
     "达到8级以上 = other 8.. 级 threshold"),
    ("限速每小时40公里，载重不超过5吨。",
     "限速每小时40公里 = other ..40 公里/小时 limit; 不超过5吨 = other ..5 吨 limit"),
    ("年产量50万吨以上的水泥企业，单位能耗应低于100千克标准煤/吨。",
     "50万吨以上 = other 500000.. 吨 threshold; 低于100千克标准煤/吨 = other ..100 千克标准煤/吨 limit"),
    ("每50名学生至少配备1名专职教师。",
     "每50名学生至少配备1名 = count 1.. 名 limit per 50名"),
    ("每个社区配备不少于2名网格员，每名网格员服务不超过300户。",
     "每个社区配备不少于2名 = count 2.. 名 limit per 社区; 每名网格员服务不超过300户 = count ..300 户 limit per 名"),
    ("每年至少组织两次演练，每半年公布一次结果。",
     "每年至少组织两次 = count 2.. 次 limit per 年; 每半年公布一次 = count 1 次 other per 半年"),
    ("委员会由5至9人组成，设主任1人、副主任2人，委员任期五年。",
     "5至9人 = count 5..9 人 limit; 1人 = count 1 人 other; 2人 = count 2 人 other; 五年 = duration 5 年 validity"),
    ("养犬限1只，不得超过一只。",
     "限1只 = count ..1 只 limit; 不得超过一只 = count ..1 只 limit"),
    ("一次记12分，累计满12分的扣留驾驶证；逾期未处理的扣减6分。",
     "12分 = points 12 分 points; 满12分 = points 12.. 分 points; 扣减6分 = points 6 分 points"),
    ("具有大专学历积50分，本科学历加60分，提供虚假材料的一次性扣减100分，三年内不得再次申请。",
     "50分 = points 50 分 points; 加60分 = points 60 分 points; 扣减100分 = points 100 分 points; 三年内 = duration ..3 年 limit"),
    ("总积分达到120分的，可以申请子女入学。",
     "达到120分 = points 120.. 分 threshold"),
    ("每缴纳社会保险满1年积3分，最高30分。",
     "每缴纳社会保险满1年积3分 = points 3 分 points per 缴纳社会保险满1年; 最高30分 = points ..30 分 points"),
    ("在职期间每获得一项发明专利加10分，封顶40分。",
     "每获得一项发明专利加10分 = points 10 分 points per 获得一项; 封顶40分 = points ..40 分 points"),
    ("补助额度为项目总投资的15%、20%、30%，分别最高50万元、100万元、200万元。",
     "15% = percent 15 % award; 20% = percent 20 % award; 30% = percent 30 % award; 最高50万元 = money ..500000 元 award of 15%; 100万元 = money ..1000000 元 award of 20%; 200万元 = money ..2000000 元 award of 30%"),
    ("注册资金不低于人民币一千万元，净资产不少于500万元人民币。",
     "不低于人民币一千万元 = money 10000000.. 元 limit; 不少于500万元人民币 = money 5000000.. 元 limit"),
    ("年销售额2000万元（含）以上不足5000万元的，给予20万元奖励。",
     "2000万元（含）以上不足5000万元 = money 20000000..50000000 元 threshold; 20万元 = money 200000 元 award"),
    ("对经营满两年、带动3人以上就业的，给予1万元一次性补贴。",
     "满两年 = duration 2.. 年 threshold; 3人以上 = count 3.. 人 threshold; 1万元 = money 10000 元 award"),
    ("每满100平方米奖励1万元，不足100平方米的不予奖励。",
     "每满100平方米奖励1万元 = money 10000 元 award per 100平方米; 不足100平方米 = area ..100 平方米 threshold"),
    ("投票时须有过半数代表参加，得票数超过二分之一方为当选。",
     "过半数 = percent 50.. % threshold; 超过二分之一 = percent 50.. % threshold"),
    ("垃圾清运车辆每车每次收费80元，夜间加收20%。",
     "每车每次收费80元 = rate 80 元/车·次 fee; 20% = percent 20 % fee"),
    ("对租用办公用房1000平方米以内部分，按1元/平方米·天给予补贴，期限2年。",
     "1000平方米以内 = area ..1000 平方米 threshold; 1元/平方米·天 = rate 1 元/日·平方米 award; 2年 = duration 2 年 validity"),
    ("重大项目实行一事一议，最高可获1亿元支持。",
     "最高可获1亿元 = money ..100000000 元 award"),
    ("社保基数达到社平一倍不足两倍的加50分。",
     "达到社平一倍不足两倍 = multiple 1..2 倍 threshold; 加50分 = points 50 分 points"),
    ("补贴最长可达十年，最高可达500万元。",
     "最长可达十年 = duration ..10 年 validity; 最高可达500万元 = money ..5000000 元 award"),
    ("按投资额最高20%给予补助，最高补助额300万元。",
     "最高20% = percent ..20 % award; 最高补助额300万元 = money ..3000000 元 award"),
    ("一般纳税人、小规模纳税人首次上规分别奖励十万元和五万元。",
     "十万元 = money 100000 元 award of 一般纳税人; 五万元 = money 50000 元 award of 小规模纳税人首次上规"),
    ("处货值金额百分之十以上百分之三十以下罚款；货值金额无法计算的，处五千元以上三万元以下罚款。",
     "百分之十以上百分之三十以下 = percent 10..30 % fine; 五千元以上三万元以下 = money 5000..30000 元 fine"),
    ("对情节严重的，处以罚款，罚款额为违法所得的1—3倍，但最高不超过30000元。",
     "1—3倍 = multiple 1..3 倍 fine; 最高不超过30000元 = money ..30000 元 fine"),
    ("违反规定的，每人次处200元罚款。",
     "每人次处200元 = rate 200 元/人次 fine"),
    ("企业亩均税收达到30万元/亩以上，单位能耗增加值不低于2万元/吨标准煤。",
     "达到30万元/亩以上 = rate 300000.. 元/亩 threshold; 不低于2万元/吨标准煤 = rate 20000.. 元/吨标准煤 limit"),
    ("保证金不得超过合同总价的5%，质保期不少于2年。",
     "不得超过合同总价的5% = percent ..5 % fee; 不少于2年 = duration 2.. 年 validity"),
    ("培训时间不少于40学时，每学时45分钟。",
     "不少于40学时 = count 40.. 学时 limit; 每学时45分钟 = duration 45 分钟 other per 学时"),
    ("配建停车位不少于每户1.2个，非机动车停车面积不低于每百平方米建筑面积2平方米。",
     "不少于每户1.2个 = count 1.2.. 个 limit per 户; 不低于每百平方米建筑面积2平方米 = area 2.. 平方米 limit per 百平方米"),
    ("公共绿地总面积不少于3公顷，人均不少于1.5平方米。",
     "不少于3公顷 = area 3.. 公顷 limit; 不少于1.5平方米 = area 1.5.. 平方米 limit"),
    ("水温不低于26℃，余氯含量为0.3~0.5毫克/升。",
     "不低于26℃ = other 26.. 摄氏度 limit; 0.3~0.5毫克/升 = other 0.3..0.5 毫克/升 other"),
    ("执法人员不得少于两人，听证应当在举行七日前通知当事人。",
     "不得少于两人 = count 2.. 人 limit; 七日前 = duration ..7 日 deadline"),
    ("本市户籍满五年，且近五年累计缴纳社保不少于36个月。",
     "满五年 = duration 5.. 年 threshold; 近五年 = duration ..5 年 threshold; 不少于36个月 = duration 36.. 月 limit"),
    ("受让人应当在签订合同后1年内开工，3年内竣工；延期最长不得超过1年。",
     "1年内 = duration ..1 年 deadline; 3年内 = duration ..3 年 deadline; 最长不得超过1年 = duration ..1 年 deadline"),
    ("企业应当自成立之日起三十日内、至迟不超过六十日办理登记。",
     "三十日内 = duration ..30 日 deadline; 至迟不超过六十日 = duration ..60 日 deadline"),
    ("土地闲置满一年不满两年的，按土地价款的20%征收闲置费。",
     "满一年不满两年 = duration 1..2 年 threshold; 20% = percent 20 % fee"),
    ("建筑面积不满90平方米的，按1%缴纳契税；90平方米及以上的，按1.5%缴纳。",
     "不满90平方米 = area ..90 平方米 threshold; 1% = percent 1 % fee; 90平方米及以上 = area 90.. 平方米 threshold; 1.5% = percent 1.5 % fee"),
    ("补助资金按60%、40%分两期拨付。",
     "60% = percent 60 % share; 40% = percent 40 % share"),
    ("奖励资金由市、县（市、区）按5:5分担；其中市本级财政承担三分之二。",
     "5:5 = percent 50 % share; 5:5 = percent 50 % share; 三分之二 = percent 66.6667 % share"),
    ("首次突破10亿元、50亿元、100亿元的企业，依次给予50万元、100万元、200万元奖励。",
     "突破10亿元 = money 1000000000.. 元 threshold; 50亿元 = money 5000000000.. 元 threshold; 100亿元 = money 10000000000.. 元 threshold; 50万元 = money 500000 元 award of 10亿元; 100万元 = money 1000000 元 award of 50亿元; 200万元 = money 2000000 元 award of 100亿元"),
    ("对A、B、C、D类人才分别给予100万元、50万元、30万元购房补贴。",
     "100万元 = money 1000000 元 award; 50万元 = money 500000 元 award; 30万元 = money 300000 元 award"),
    ("到2025年，培育企业500家，其中独角兽企业5家以上。",
     "500家 = count 500 家 other; 5家以上 = count 5.. 家 threshold"),
    ("本办法所称小微企业，是指从业人员不超过300人、资产总额不超过5000万元的企业。",
     "不超过300人 = count ..300 人 threshold; 不超过5000万元 = money ..50000000 元 threshold"),
    ("年收入在12万元以下的家庭可以申请，其中人均住房面积低于18平方米的优先。",
     "12万元以下 = money ..120000 元 threshold; 低于18平方米 = area ..18 平方米 threshold"),
    ("烟花爆竹零售点与学校的距离不小于100米，面积不得小于10平方米。",
     "不小于100米 = length 100.. 米 limit; 不得小于10平方米 = area 10.. 平方米 limit"),
    ("每日22时至次日6时禁止施工；确需施工的，提前3日公告。",
     "3日 = duration 3 日 deadline"),
    ("对新建5G基站每个补助1万元，单个企业每年不超过50万元。",
     "每个补助1万元 = rate 10000 元/个 award; 每年不超过50万元 = rate ..500000 元/年 award"),
    ("按不低于年度财政收入千分之三的比例安排专项资金。",
     "不低于年度财政收入千分之三 = percent 0.3.. % share"),
    ("失业一年以上的，按每人3000元、期限不超过12个月给予补贴。",
     "一年以上 = duration 1.. 年 threshold; 每人3000元 = rate 3000 元/人 award; 不超过12个月 = duration ..12 月 validity"),
    ("按照每人每年不超过一万元、最长不超过三年的标准给予社保补贴。",
     "每人每年不超过一万元 = rate ..10000 元/年·人 award; 最长不超过三年 = duration ..3 年 validity"),
    ("罚款数额在五万元以上的，应当报请上一级机关批准。",
     "五万元以上 = money 50000.. 元 threshold"),
    ("造成直接经济损失一百万元以上五百万元以下的，处直接经济损失百分之三十的罚款。",
     "一百万元以上五百万元以下 = money 1000000..5000000 元 threshold; 百分之三十 = percent 30 % fine"),
    ("申请人年龄不超过45周岁，具有5年以上工作经验。",
     "不超过45周岁 = age ..45 周岁 threshold; 5年以上 = duration 5.. 年 threshold"),
    ("全日制博士研究生计110分，硕士100分；同一项目按最高分计，不重复计分。",
     "110分 = points 110 分 points; 100分 = points 100 分 points"),
    ("申请人须在本市缴纳社会保险满12个月，其中最近6个月连续缴纳，且无三次以上逾期记录。",
     "满12个月 = duration 12.. 月 threshold; 最近6个月 = duration ..6 月 threshold; 三次以上 = count 3.. 次 threshold"),
    ("拥有自有产权住房且建筑面积不低于60平方米的，可申请家庭成员随迁，其中未成年子女不超过2名。",
     "不低于60平方米 = area 60.. 平方米 threshold; 不超过2名 = count ..2 名 limit"),
    ("积分达到60分不满80分的，按50%享受待遇；80分以上的，全额享受。",
     "达到60分不满80分 = points 60..80 分 points; 50% = percent 50 % award; 80分以上 = points 80.. 分 points"),
    ("落户审批应在受理之日起20个工作日内完成，特殊情况可延长10个工作日，延长不得超过一次。",
     "20个工作日内 = duration ..20 工作日 deadline; 10个工作日 = duration 10 工作日 deadline; 不得超过一次 = count ..1 次 limit"),
    ("水利建设基金按营业收入的0.6‰征收，对小微企业月销售额不超过10万元的免征。",
     "0.6‰ = percent 0.06 % fee; 不超过10万元 = money ..100000 元 threshold; 免征 = other 0 元 fee"),
    ("工本费5元/证，补办的收取10元。",
     "5元/证 = rate 5 元/证 fee; 10元 = money 10 元 fee"),
    ("道路占用费按每日每平方米2元收取，占用超过30日的，超出部分按1.5倍收取。",
     "每日每平方米2元 = rate 2 元/日·平方米 fee; 超过30日 = duration 30.. 日 threshold; 1.5倍 = multiple 1.5 倍 fee"),
    ("引航移泊费在基准费率基础上下浮10%，夜间上浮不超过45%。",
     "下浮10% = percent 10 % fee; 上浮不超过45% = percent ..45 % fee"),
    ("水土保持补偿费按征占地面积每平方米1.2元一次性计征，保障房项目减征50%。",
     "每平方米1.2元 = rate 1.2 元/平方米 fee; 减征50% = percent 50 % fee"),
    ("对年度研发投入增量部分，按10％给予补助，单家企业最高不超过３００万元，市、区财政各承担50%。",
     "10％ = percent 10 % award; 最高不超过３００万元 = money ..3000000 元 award; 50% = percent 50 % share"),
    ("年用电量1000万千瓦时以上且亩均税收低于5万元的企业，电价每千瓦时加价0.1元。",
     "1000万千瓦时以上 = other 10000000.. 千瓦时 threshold; 低于5万元 = money ..50000 元 threshold; 每千瓦时加价0.1元 = rate 0.1 元/千瓦时 price"),
    ("对租赁厂房3000平方米以上的，按10元/平方米·月标准补贴，最多补贴3年、每年不超过100万元。",
     "3000平方米以上 = area 3000.. 平方米 threshold; 10元/平方米·月 = rate 10 元/月·平方米 award; 最多补贴3年 = duration ..3 年 validity; 每年不超过100万元 = rate ..1000000 元/年 award"),
    ("新录用应届毕业生签订1年以上劳动合同并参保满6个月的，按每人1500元标准给予一次性补贴。",
     "1年以上 = duration 1.. 年 threshold; 满6个月 = duration 6.. 月 threshold; 每人1500元 = rate 1500 元/人 award"),
    ("高校毕业生首次创业带动就业3人（含）以下的，每年补贴2000元；超过3人的，每增加1人再补贴1000元，总额不超过2万元。",
     "3人（含）以下 = count ..3 人 threshold; 每年补贴2000元 = rate 2000 元/年 award; 超过3人 = count 3.. 人 threshold; 每增加1人再补贴1000元 = rate 1000 元/人 award; 不超过2万元 = money ..20000 元 award"),
    ("公告期不得少于十五日，听证会应提前七个工作日通知；异议期为公告之日起三十日。",
     "不得少于十五日 = duration 15.. 日 limit; 七个工作日 = duration 7 工作日 deadline; 三十日 = duration 30 日 deadline"),
    ("违反前款规定的，对单位处10万元以上50万元以下罚款，对其主要负责人处上一年年收入30%至60%的罚款。",
     "10万元以上50万元以下 = money 100000..500000 元 fine; 30%至60% = percent 30..60 % fine"),
    ("逾期不改正的，自责令改正之日的次日起，按日连续处罚，每日罚款不超过原罚款数额的百分之十。",
     "每日罚款不超过原罚款数额的百分之十 = percent ..10 % limit per 日"),
    ("投标人少于3个的，应当重新招标；评标委员会由五人以上单数组成，其中专家不得少于成员总数的三分之二。",
     "少于3个 = count ..3 个 threshold; 五人以上 = count 5.. 人 limit; 不得少于成员总数的三分之二 = percent 66.6667.. % limit"),
    ("对安置残疾人比例达到1.5%以上的，每超比例安置1人每年奖励3000元。",
     "达到1.5%以上 = percent 1.5.. % threshold; 每超比例安置1人每年奖励3000元 = rate 3000 元/年·人 award"),
    ("资金缺口由市、县、镇三级按5:3:2分担。",
     "5:3:2 = percent 50 % share; 5:3:2 = percent 30 % share; 5:3:2 = percent 20 % share"),
    ("贷款损失由银行与担保公司按2:8比例分担，单户代偿上限500万元。",
     "2:8 = percent 20 % share; 2:8 = percent 80 % share; 上限500万元 = money ..5000000 元 limit"),
    ("外资项目实际到资达到１０００万美元的，按到资额的２％奖励，最高不超过１０００万元人民币。",
     "达到１０００万美元 = money 10000000.. 美元 threshold; ２％ = percent 2 % award; 最高不超过１０００万元人民币 = money ..10000000 元 award"),
    ("一、两年内未开工的，收回土地；二、三年以上未竣工的，按出让价款的20％征收闲置费。",
     "两年内 = duration ..2 年 threshold; 三年以上 = duration 3.. 年 threshold; 20％ = percent 20 % fee"),
    ("投资强度不低于400万元/亩，容积率不低于1.5，亩均税收不少于25万元。",
     "不低于400万元/亩 = rate 4000000.. 元/亩 limit; 不少于25万元 = money 250000.. 元 limit"),
    ("每千名老年人拥有床位不少于50张，每百户配建面积不少于30平方米。",
     "每千名老年人拥有床位不少于50张 = count 50.. 张 limit per 千名; 每百户配建面积不少于30平方米 = area 30.. 平方米 limit per 百户"),
    ("对获评国家级、省级、市级示范基地的，按100万元、50万元、20万元分档奖励。",
     "100万元 = money 1000000 元 award; 50万元 = money 500000 元 award; 20万元 = money 200000 元 award"),
]
# fmt: on


@pytest.mark.parametrize("text, expected", CASES)
def test_measures_by_the_codebook(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize("text", [
    "本办法自2020年1月1日起施行，依照《五年规划纲要》第二十三条第三款执行。",
    "依据嘉政发〔2024〕12号文件和第二、三款规定，第一年度由一级医院承担。",
    "应当于每年3月31日前、每季度首月10日前、次月5日前报送。",
    "咨询电话：0573-82001234，办公时间9:00—11:30、13:30—17:00。",
    "世界500强企业、一年期LPR、万元GDP能耗、“最多跑一次”改革。",
    "一次性告知，一网通办，统一分配，长三角一体化，十分重要，千岛湖。",
    "投资三五百万元、1O0万元、一百二十亿亿元、数十万元和几百万元的，另行规定。",
    "每个区县，每人，每年，每满100万元。",
    "投资50 000元、3.5.2元的项目，收支两条线管理，二十四小时值班，全日制和半日制。",
])  # fmt: skip
def test_what_is_no_measure(text):
    assert said(text) == ""


def test_a_percentage_keeps_its_base_apart_from_its_cap():
    rate, cap = rows("按合同额的30%给予资助，最高3000万元。")
    assert (rate.base, rate.max, cap.base, cap.max) == ("合同额", 30, None, 30_000_000)


@pytest.mark.parametrize("text, base", [
    ("处货值金额百分之十以上百分之二十以下罚款。", "货值金额"),
    ("不得超过土地出让金的20%。", "土地出让金"),
    ("研发投入占营业收入的比例不低于3%。", "营业收入"),
    ("应当从净收入中提取不低于百分之五十。", "净收入"),
    ("按上年度工资（以下简称缴费基数）的8%缴纳。", "上年度工资"),
    ("滞纳金为10%。", None),
])  # fmt: skip
def test_base(text, base):
    assert [m.base for m in rows(text)] == [base]


@pytest.mark.parametrize(
    "text", ["最高不超过500万元", "百分之三十", "三十个工作日内", "不低于1,500万元"]
)
def test_a_line_wrap_or_full_width_changes_no_reading(text):
    plain = [(m.kind, m.min, m.max, m.unit) for m in rows(f"对该项目给予补助的，{text}。")]
    for at in range(1, len(text)):
        if re.match(r"[\d一-龥%]", text[at]) and re.match(r"[\d一-龥]", text[at - 1]):
            wrapped = f"对该项目给予补助的，{text[:at]}\n{text[at:]}。"
            found = rows(wrapped)
            if "\n" in "".join(m.quote for m in found):
                assert [(m.kind, m.min, m.max, m.unit) for m in found] == plain
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%"})
    assert [(m.kind, m.min, m.max, m.unit) for m in rows(f"对该项目给予补助的，{wide}。")] == plain


def test_a_column_of_numbers_is_not_one_number():
    assert [m.max for m in rows("一档\n2660\n2430元")] == [2430]


PIECES = ["不超过", "最高", "至少", "每人", "每年", "每满", "分别", "给予", "处", "的罚款", "以上", "以下", "内", "前",
          "10", "三十", "5.5", "1,000", "万", "亿", "百分之", "分之", "半", "元", "%", "个月", "年", "日", "人", "次",
          "平方米", "公里", "倍", "分", "折", "、", "至", "-", "：", "，", "。", "\n", " ", "（含）", "１", "O", "补贴"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_quotes_are_slices_in_order_and_do_not_overlap(text):
    found = rows(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for m in found:
        assert text[m.start : m.end] == m.quote
        assert m.min is not None or m.max is not None
        assert m.min is None or m.max is None or m.min <= m.max
    for left, right in zip(found, found[1:], strict=False):
        shared = (left.start, left.end) == (right.start, right.end)
        assert left.end <= right.start or shared, (left, right)


def test_a_list_is_paired_with_its_subjects_only_where_the_counts_agree():
    even = measures.find("对一等奖、二等奖分别奖励5万元、3万元。", RULES)
    odd = measures.find("对一等奖、二等奖、三等奖分别奖励5万元、3万元。", RULES)
    assert [q.unpaired for q in even + odd] == [False, False, True, False]
    assert all(q.of for q in even) and not any(q.of for q in odd)


@pytest.mark.parametrize("old, new, complaint", [
    ('kind = "percent"', 'kind = "per cent"', "未知的种类"),
    ("role = 'fine'", "role = 'fines'", "未知的用途"),
    ("right = '^的$'", "rihgt = '^的$'", "不认识的键 'rihgt'"),
    ("right = '^的$'", "right = '^的($'", "正则表达式有误"),
    ("[direction]", "[directions]", "不认识的键 'directions'"),
])  # fmt: skip
def test_a_slip_in_the_patterns_is_told(tmp_path, old, new, complaint):
    content = measure_rules.PATH.read_text(encoding="utf-8")
    assert old in content
    (tmp_path / "measures.toml").write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(complaint)):
        measure_rules.load(tmp_path / "measures.toml")


def gold(clause, **changes):
    [m] = rows(clause)
    row = {
        "kind": m.kind,
        "min": m.min,
        "max": m.max,
        "unit": m.unit,
        "bound": m.bound,
        "role": m.role,
    }
    return row | {"text": m.quote} | changes


@pytest.mark.parametrize("changes, figures", [
    ({}, (1.0, 1.0, 1.0, 1.0)),
    ({"role": "fee"}, (1.0, 1.0, 0.0, 1.0)),
    ({"text": "五万元"}, (1.0, 1.0, 1.0, 0.0)),
    ({"max": 40_000}, (0.0, 0.0, 0.0, 0.0)),
    ({"unit": "美元"}, (0.0, 0.0, 0.0, 0.0)),
])  # fmt: skip
def test_a_score_counts_what_agrees(changes, figures):
    text = "处五万元以下罚款。"
    result = measure_metrics.compare([gold(text, **changes)], rows(text))
    assert tuple(result.score.figures().values()) == figures
    assert bool(result.missed) == bool(result.extra) == (figures[0] == 0)
    assert bool(result.differing) == (figures[0] == 1 and 0.0 in figures)


def test_a_score_takes_the_answer_that_agrees_best():
    text = "奖励5万元；处5万元罚款。"
    award, fine = rows(text)
    wanted = gold("处5万元罚款。", text=fine.quote)
    result = measure_metrics.compare([wanted], [award, fine])
    assert (result.extra, result.differing) == ([award], [])


def test_scores_add_up():
    text = "处五万元以下罚款。"
    right = measure_metrics.compare([gold(text)], rows(text)).score
    wrong = measure_metrics.compare([gold(text)], []).score
    assert measure_metrics.total([right, wrong]).figures()["value"] == pytest.approx(
        2 / 3, abs=1e-4
    )


@pytest.mark.parametrize(
    "quote, subject",
    [("100分", "硕士·分值"), ("50分", "大专·分值"), ("2万元", "硕士·补贴")],
)
def test_a_quantity_in_a_table_carries_the_headers_of_its_cell(quote, subject):
    text = "积分标准如下：\n| 学历 | 分值 | 补贴 |\n| --- | --- | --- |\n| 硕士 | 100分 | 2万元 |\n| 大专 | 50分 | 无 |"
    found = [measures.row(q, "c", n, text) for n, q in enumerate(measures.find(text, RULES), 1)]
    assert {m.quote: m.of for m in found}[quote] == subject


def test_outside_tables_there_is_no_cell():
    text = "给予100万元奖励。"
    assert measures.row(measures.find(text, RULES)[0], "c", 1, text).of is None
