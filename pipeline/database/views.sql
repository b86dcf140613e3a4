-- Views that save readers joins: names in place of ids. Every column is described in site/metadata.yaml.

create view document_overview as
select
    d.document_id,
    d.title,
    r.name as region,
    d.level,
    d.number,
    d.issuers,
    d.issued_date,
    d.effective_date,
    d.expires_date,
    d.status,
    d.in_force_from,
    d.in_force_to,
    d.text_kind,
    (select count(*) from clauses c where c.document_id = d.document_id and c.is_unit = 1) as clauses,
    (select count(*) from document_warnings w where w.document_id = d.document_id) as warnings,
    d.url
from documents d
join regions r using (region_id);

create view clause_overview as
select
    c.clause_id,
    r.name as region,
    d.title as document,
    c.path,
    c.heading,
    c.text,
    p.instrument,
    p.modality,
    p.beneficiary,
    p.actor,
    (
        select group_concat(t.name, '、')
        from clause_topics ct join topics t using (topic_id)
        where ct.clause_id = c.clause_id
    ) as topics,
    d.status,
    d.text_kind,
    f.source,
    f.confidence,
    c.rowid as fts_row                      -- where the search index finds the clause
from clauses c
join documents d using (document_id)
join regions r using (region_id)
left join provisions p using (clause_id)
left join facts f on f.clause_id = c.clause_id
where c.is_unit = 1;

create view measure_overview as
select
    m.measure_id,
    r.name as region,
    d.title as document,
    c.path,
    m.kind,
    m.role,
    m.bound,
    m.min,
    m.max,
    m.unit,
    m.base,
    m.per,
    m.of,
    m.quote,
    m.clause_id,
    d.status,
    d.text_kind
from measures m
join clauses c using (clause_id)
join documents d using (document_id)
join regions r using (region_id);

create view document_pair_overview as
select
    p.kind,
    ra.name as region_a,
    da.title as document_a,
    da.issued_date as issued_a,
    rb.name as region_b,
    db.title as document_b,
    db.issued_date as issued_b,
    p.likeness,
    p.titles,
    p.contents,
    p.whole,
    p.confidence,
    p.document_a as document_id_a,
    p.document_b as document_id_b
from document_pairs p
join documents da on da.document_id = p.document_a
join regions ra on ra.region_id = da.region_id
join documents db on db.document_id = p.document_b
join regions rb on rb.region_id = db.region_id;

-- Which chapters of two documents that answer each other have articles that the other answers.
create view document_pair_parts as
select
    x.document_a,
    x.document_b,
    x.side,
    h.clause_id as chapter_id,
    h.path,
    h.heading,
    count(*) as articles,
    sum(x.account = 'aligned') as answered
from article_accounts x
join clauses c using (clause_id)
join clauses u on u.clause_id = c.parent_id
join clauses h on h.clause_id = iif(u.kind = 'section', u.parent_id, u.clause_id) and h.kind = 'chapter'
where x.account <> 'boilerplate'
group by x.document_a, x.document_b, x.side, h.clause_id
having answered > 0;

create view revision_overview as
select
    v.revision_id,
    v.kind,
    dn.title,
    do.issued_date as issued_old,
    dn.issued_date as issued_new,
    co.path as path_old,
    co.text as text_old,
    cn.path as path_new,
    cn.text as text_new,
    v.confidence,
    v.document_old,
    v.document_new
from revisions v
join documents do on do.document_id = v.document_old
join documents dn on dn.document_id = v.document_new
left join clauses co on co.clause_id = v.clause_old
left join clauses cn on cn.clause_id = v.clause_new;

create view alignment_overview as
select
    a.alignment_id,
    a.status,
    a.confidence,
    a.scope,
    a.extent,
    a.similarity,
    a.rank,
    ra.name as region_a,
    da.title as document_a,
    ca.path as path_a,
    ca.text as text_a,
    rb.name as region_b,
    db.title as document_b,
    cb.path as path_b,
    cb.text as text_b,
    a.shared_terms,
    a.comparison_id
from alignments a
join clauses ca on ca.clause_id = a.clause_a
join documents da on da.document_id = ca.document_id
join regions ra on ra.region_id = da.region_id
join clauses cb on cb.clause_id = a.clause_b
join documents db on db.document_id = cb.document_id
join regions rb on rb.region_id = db.region_id;

create view gap_overview as
select
    g.gap_id,
    t.name as topic,
    m.name as matter,
    g.outcome,
    g.headline,
    g.favours,
    g.ratio,
    g.kind,
    g.grade,
    g.importance,
    g.confidence,
    ra.name as region_a,
    rb.name as region_b,
    m.affects,
    g.decided_by,
    g.department_a,
    g.department_b,
    g.as_of,
    g.topic_id,
    g.matter_id,
    g.comparison_id
from gaps g
join matters m using (matter_id)
join comparisons k using (comparison_id)
join regions ra on ra.region_id = k.baseline_region
join regions rb on rb.region_id = k.target_region
left join topics t on t.topic_id = g.topic_id;

create view point_overview as
select
    p.point_id,
    m.name as matter,
    p.tier,
    p.relation,
    p.sentence,
    p.value_a,
    p.value_b,
    p.unit,
    m.per,
    p.ratio,
    p.basis,
    p.favours,
    (select group_concat(quote, '；') from gap_point_quotes q where q.point_id = p.point_id and q.side = 'a') as quote_a,
    (select group_concat(quote, '；') from gap_point_quotes q where q.point_id = p.point_id and q.side = 'b') as quote_b,
    p.kind,
    p.weight,
    g.as_of,
    g.comparison_id,
    g.matter_id,
    p.gap_id
from gap_points p
join gaps g using (gap_id)
join matters m using (matter_id);

create view rule_overview as
select
    r.rule_id,
    t.name as topic,
    m.name as matter,
    g.name as region,
    r.tier,
    r.value,
    r.bound,
    r.unit,
    m.per,
    r.answer,
    r.in_force_from,
    r.in_force_to,
    r.ended,
    r.note,
    r.quote,
    d.title as document,
    c.path,
    d.text_kind,
    r.source_grade,
    r.clause_id,
    r.matter_id,
    m.topic_id
from rules r
join matters m using (matter_id)
join regions g using (region_id)
join clauses c using (clause_id)
join documents d using (document_id)
left join topics t on t.topic_id = m.topic_id;

create view topic_coverage as
select
    t.topic_id,
    t.name as topic,
    r.region_id,
    r.name as region,
    count(distinct c.document_id) as documents,
    count(*) as clauses
from clause_topics ct
join topics t using (topic_id)
join clauses c using (clause_id)
join documents d using (document_id)
join regions r using (region_id)
where c.is_unit = 1
group by t.topic_id, r.region_id;

create view search_overview as
select
    s.search_id,
    r.name as region,
    t.name as topic,
    s.subject,
    s.searched,
    s.finding,
    s.as_of,
    s.source,
    s.confidence
from searches s
join regions r using (region_id)
join topics t using (topic_id);

create view fact_ledger as
select fact_id, 'clause' as outcome, clause_id as carried_by, null as reason from facts
union all
select search_id, 'search', search_id, null from searches
union all
select fact_id, 'excluded', null, reason from excluded_facts;

create view change_overview as
select
    c.change_id,
    k.title as comparison,
    t.name as topic,
    m.name as matter,
    c.change,
    c.from_date,
    c.to_date,
    c.summary,
    d.title as document,
    r.in_force_from,
    r.in_force_to,
    c.gap_before,
    c.gap_after,
    c.topic_id,
    c.matter_id,
    c.comparison_id,
    c.rule_id
from gap_changes c
join comparisons k using (comparison_id)
join matters m using (matter_id)
left join topics t on t.topic_id = c.topic_id
left join rules r on r.rule_id = c.rule_id
left join clauses l on l.clause_id = r.clause_id
left join documents d on d.document_id = l.document_id;

create view to_collect as                       -- what would settle a matter of which one side is not known, newest date
select
    g.matter_id,
    t.name as topic,
    m.name as matter,
    m.question,
    k.title as comparison,
    g.outcome,
    g.grade,
    g.importance,
    g.headline,
    m.searched,
    (
        select group_concat(s.search_id, '、') from search_matters s where s.matter_id = g.matter_id
    ) as searches,
    g.gap_id,
    g.comparison_id
from gaps g
join matters m using (matter_id)
join comparisons k using (comparison_id)
join moments n on n.as_of = g.as_of and n.newest = 1
left join topics t on t.topic_id = g.topic_id
where g.outcome in ('uncollected', 'lapsed');

create view validity_overview as
select
    e.event_id,
    r.name as region,
    d.title as document,
    e.kind,
    e.date,
    e.basis,
    n.title as successor,
    e.note,
    d.status,
    e.document_id,
    e.source_clause_id
from validity_events e
join documents d using (document_id)
join regions r using (region_id)
left join documents n on n.document_id = e.successor;

create view department_worklist as             -- 归口、到期前评估: what a department has to look at, newest date
select
    gd.department,
    '差异' as item,
    k.title as comparison,
    t.name as topic,
    g.importance,
    null as due,
    g.headline as summary,
    g.gap_id as item_id
from gap_departments gd
join gaps g using (gap_id)
join comparisons k using (comparison_id)
left join topics t using (topic_id)
join moments m on m.as_of = g.as_of and m.newest = 1
where g.outcome in ('differs', 'missing', 'extra')
union all
select
    td.department,
    '论断',
    null,
    t.name,
    null,
    null,
    c.statement,
    c.claim_id
from claims c
join topics t using (topic_id)
join topic_departments td using (topic_id)
where c.verdict = 'confirmed' and c.as_of = (select max(as_of) from claims)
union all
select distinct
    td.department,
    '到期',
    null,
    t.name,
    null,
    d.expires_date,
    d.title,
    d.document_id
from documents d
join clauses c using (document_id)
join clause_topics ct using (clause_id)
join topics t using (topic_id)
join topic_departments td on td.topic_id = ct.topic_id and td.region_id = d.region_id
join moments n on n.newest = 1
where d.status = '有效' and d.expires_date > n.as_of and d.expires_date <= date(n.as_of, '+6 months');

create view citation_overview as
select
    r.citation_id,
    g.name as region,
    d.title as document,
    c.path,
    r.relation,
    r.quote,
    r.title,
    r.number,
    r.place,
    t.title as cited_document,
    tc.path as cited_path,
    r.basis,
    r.clause_id,
    r.document_id,
    r.target_clause_id
from citations r
join clauses c using (clause_id)
join documents d on d.document_id = c.document_id
join regions g on g.region_id = d.region_id
left join documents t on t.document_id = r.document_id
left join clauses tc on tc.clause_id = r.target_clause_id;

create view uncollected as                      -- what is cited and not in the corpus: what to look for next
with missing as (
    select r.*, c.document_id as citing, d.region_id, coalesce(r.name, r.number) as what
    from citations r join clauses c using (clause_id) join documents d on d.document_id = c.document_id
    where r.document_id is null
),
places as (
    select what, group_concat(name, '、') as names from (
        select m.what, g.name, min(g.region_id) as region_id
        from missing m join regions g using (region_id)
        group by m.what, g.name order by m.what, min(g.region_id))
    group by what
)
select
    coalesce(max(m.title), max(m.number)) as title,
    max(m.number) as number,
    count(distinct case when m.relation <> '废止' then m.citing end) as documents,
    count(*) as times,
    count(distinct case when m.relation = '依据' then m.citing end) as grounds,
    sum(m.relation = '废止') as repeals,
    max(p.names) as regions,
    min(m.clause_id) as clause_id,
    m.what as name
from missing m
join places p using (what)
group by m.what
order by documents desc, times desc, m.what;
