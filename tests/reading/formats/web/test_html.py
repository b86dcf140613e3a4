"""The document of a web page without the site around it."""


def test_the_document_of_a_page_is_told_from_its_site(read):
    page = """<html><head><title>某市教育局</title></head><body>
    <div><ul><li><a href=a>首页</a></li><li><a href=b>信息公开</a></li></ul></div>
    <div><div>您的位置：<a href=a>首页</a> &gt; 规章</div>
      <h1>某市甲事管理办法</h1><div>来源：某局 发布日期：2016-04-29 <a href=p>打印</a></div>
      <div><p>某发〔2016〕1号</p><p>各区：</p><p>第一条　为了规范甲事，制定本办法。</p>
        <p>第二条　本办法自公布之日起施行，有效期五年。</p></div>
      <p>某市教育局</p><p>2016年4月1日</p></div>
    <div><h3>相关新闻</h3><ul><li><a href=c>某地召开会议，部署工作</a></li></ul></div>
    <footer>主办：某市教育局</footer><script>var a = "脚本";</script></body></html>"""
    reading = read(page, "a.html")
    assert reading.title == "某市甲事管理办法"
    assert reading.text.split("\n") == [
        "某市甲事管理办法", "某发〔2016〕1号", "各区：", "第一条　为了规范甲事，制定本办法。",
        "第二条　本办法自公布之日起施行，有效期五年。", "某市教育局", "2016年4月1日",
    ]  # fmt: skip


BODY_PAGE = """<html><head><title>关于甲事的通知-某市公安局</title></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/jwgk">警务公开</a></li><li><a href="/bsdt">办事大厅</a></li></ul>
<h1>关于甲事的通知</h1>
<p>某公发〔2022〕3号</p>
<p>一、符合条件的，按照规定办理，所需材料见附件。</p>
<p>二、本通知自2022年7月1日起执行，有效期五年。</p>
<div><a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
<div>主办单位：某市公安局　地址：某路1号　电话：0577-88880000</div>
</body></html>"""


def test_a_page_that_holds_its_sentences_directly_loses_the_site_around_them(read):
    lines = [line for line in read(BODY_PAGE, "a.html").text.split("\n") if line]
    assert lines[:2] == ["关于甲事的通知", "某公发〔2022〕3号"] and lines[-1].startswith("二、")
    assert len(lines) == 4
