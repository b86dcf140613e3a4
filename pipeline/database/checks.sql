-- Laws that always hold. Each query must return no rows; the comment above it is what a breach means.

-- a clause is not the slice of its document
select clause_id from clauses join documents using (document_id)
where substr(documents.text, start + 1, end - start) is not clauses.text;

-- a measure's quote is not the slice of its clause
select measure_id from measures as m join clauses as c using (clause_id)
where substr(c.text, m.start + 1, m.end - m.start) is not m.quote;

-- a condition's quote is not the slice of its clause
select condition_id from conditions as k join clauses as c using (clause_id)
where substr(c.text, k.start + 1, k.end - k.start) is not k.quote;

-- a condition's value is not that of its measure
select condition_id from conditions as k join measures as m using (measure_id)
where k.value_min is not m.min or k.value_max is not m.max or k.unit is not m.unit or k.clause_id <> m.clause_id;

-- a gap's quote is not the slice of its clause
select gap_id from gap_evidence as e join clauses as c using (clause_id)
where substr(c.text, e.start + 1, e.end - e.start) is not e.quote;

-- a value of a provision is not the slice of its clause
select p.clause_id from provisions as p join clauses as c using (clause_id), json_each(p.evidence) as e
where substr(c.text, e.value ->> 'start' + 1, e.value ->> 'end' - e.value ->> 'start') is not e.value ->> 'quote';

-- a gap has no evidence
select gap_id from gaps where gap_id not in (select gap_id from gap_evidence);

-- a gap between two clauses lacks the quote of one side
select gap_id from gaps where clause_a is not null and clause_b is not null
and (select count(distinct side) from gap_evidence as e where e.gap_id = gaps.gap_id) < 2;

-- a gap's two sides lie in one region
select gap_id from gaps
join clauses as a on a.clause_id = clause_a join documents as da on da.document_id = a.document_id
join clauses as b on b.clause_id = clause_b join documents as db on db.document_id = b.document_id
where da.region_id = db.region_id;

-- a gap compares quantities of different units
select gap_id from gaps where (value_a is null) <> (value_b is null) or (value_a is not null and unit is null);

-- a clause is outside its parent's document
select c.clause_id from clauses as c join clauses as p on p.clause_id = c.parent_id where c.document_id <> p.document_id;

-- two units of one document overlap
select clause_id from (
    select clause_id, start, max(end) over (
        partition by document_id order by start rows between unbounded preceding and 1 preceding) as before
    from clauses where is_unit
) where before > start;

-- two sister clauses overlap
select clause_id from (
    select clause_id, start, max(end) over (
        partition by document_id, parent_id order by start rows between unbounded preceding and 1 preceding) as before
    from clauses
) where before > start;

-- text of a document lies in no clause
select document_id from documents as d
where length(replace(replace(replace(replace(d.text, char(10), ''), ' ', ''), '　', ''), char(160), ''))
    > (select coalesce(sum(length(replace(replace(replace(replace(c.text, char(10), ''), ' ', ''), '　', ''), char(160), ''))), 0)
       from clauses as c where c.document_id = d.document_id
       and not exists (select 1 from clauses as p where p.clause_id = c.parent_id
                       and p.start <= c.start and p.end >= c.end));

-- a digest clause has no fact
select clause_id from clauses join documents using (document_id)
where text_kind = 'digest' and is_unit and clause_id not in (select clause_id from facts);

-- a gap or a pair rests on a draft or a commentary
select gap_id from gaps join clauses on clause_id in (clause_a, clause_b) join documents using (document_id)
where text_kind in ('draft', 'commentary')
union all
select alignment_id from alignments join clauses on clause_id in (clause_a, clause_b) join documents using (document_id)
where text_kind in ('draft', 'commentary');

-- a search record is worded as if nothing existed
select search_id from searches where finding = '没有';

-- a claim's quote is not the slice of its clause
select claim_id from claim_evidence as e join clauses as c using (clause_id)
where substr(c.text, e.start + 1, e.end - e.start) is not e.quote;

-- a verdict other than not_provable has no evidence
select claim_id from claims where verdict <> 'not_provable'
and not exists (select 1 from claim_evidence as e where e.claim_id = claims.claim_id and e.as_of = claims.as_of);

-- a claim is confirmed by nothing but the paper itself or search records
select claim_id from claims where verdict = 'confirmed'
and not exists (select 1 from claim_evidence as e left join facts as f using (clause_id)
                where e.claim_id = claims.claim_id and e.as_of = claims.as_of
                and (e.gap_id is not null or (e.clause_id is not null and f.source_kind is not 'seed')));

-- a citation's quote is not the slice of its clause
select citation_id from citations as r join clauses as c using (clause_id)
where substr(c.text, r.start + 1, r.end - r.start) is not r.quote;

-- a citation's target is not in the document that it cites
select citation_id from citations as r join clauses as c on c.clause_id in (r.target_clause_id, r.target_last_id)
where c.document_id is not r.document_id;

-- a citation of the own text is of another
select citation_id from citations as r join clauses as c using (clause_id)
where (r.basis is '本文') <> (r.document_id is c.document_id) or (r.basis is '本文') <> (r.relation = '本文');

-- two citations of one clause overlap
select citation_id from (
    select citation_id, start, max(end) over (
        partition by clause_id order by start rows between unbounded preceding and 1 preceding) as before
    from citations
) where before > start;

-- words are cited twice, by a clause and by one that lies in it
select a.citation_id from citations as a join clauses as ca on ca.clause_id = a.clause_id
join clauses as cb on cb.parent_id = ca.clause_id
    and a.start + ca.start >= cb.start and a.end + ca.start <= cb.end
join citations as b on b.clause_id = cb.clause_id and b.quote = a.quote and b.start + cb.start = a.start + ca.start;

-- a document ends itself
select event_id from validity_events as e join clauses as c on c.clause_id = e.source_clause_id
where e.kind = '废止' and e.basis <> '人工补记' and c.document_id = e.document_id;
