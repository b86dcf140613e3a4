"""The page of a topic: what changed between the two dates."""

from support.site import visible


async def test_a_topic_tells_what_changed_since_the_date_before(site):
    text = visible((await site.client.get("/-/topic/churujing")).text)
    assert "2018-12-31 以来的变化" in text and "消失" in text and "推广到全国" in text
    before = visible((await site.client.get("/-/topic/churujing?date=2018")).text)
    assert "截至 2018-12-31" in before and "永久居留/年工资性收入门槛" in before
