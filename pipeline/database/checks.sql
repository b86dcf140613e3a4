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

-- a value of a provision is not the slice of its clause
select p.clause_id from provisions as p join clauses as c using (clause_id), json_each(p.evidence) as e
where substr(c.text, e.value ->> 'start' + 1, e.value ->> 'end' - e.value ->> 'start') is not e.value ->> 'quote';

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

-- a rule's quote is not the slice of its clause
select rule_id from rules as r join clauses as c using (clause_id)
where substr(c.text, r.start + 1, r.end - r.start) is not r.quote;

-- a point's quote is not the slice of its clause
select point_id from gap_point_quotes as q join clauses as c using (clause_id)
where substr(c.text, q.start + 1, q.end - q.start) is not q.quote;

-- a successor is of another matter, earlier, or of a region that its predecessor does not lie in
with recursive above (region_id, up) as (
    select region_id, region_id from regions
    union select a.region_id, g.parent_id from above as a join regions as g on g.region_id = a.up
    where g.parent_id is not null)
select r.rule_id from rules as r join rules as p on p.rule_id = r.replaces
where p.matter_id <> r.matter_id or p.in_force_from > r.in_force_from
or not exists (select 1 from above where region_id = p.region_id and up = r.region_id);

-- a gap has no rule
select gap_id from gaps where gap_id not in (select gap_id from gap_rules);

-- a gap that differs tells no point
select gap_id from gaps as g where outcome = 'differs'
and not exists (select 1 from gap_points as p where p.gap_id = g.gap_id and p.relation <> 'same');

-- a point lacks the quote of a side that it speaks of
select point_id from gap_points as p
where (relation <> 'only_b' and not exists (select 1 from gap_point_quotes as q where q.point_id = p.point_id and side = 'a'))
   or (relation <> 'only_a' and not exists (select 1 from gap_point_quotes as q where q.point_id = p.point_id and side = 'b'));

-- a point rests on a rule or quotes a clause that is none of its side's in force on the day of its gap
with named as (
    select point_id, gap_id, 'a' as side, rule_a as rule_id from gap_points where rule_a is not null
    union all select point_id, gap_id, 'b', rule_b from gap_points where rule_b is not null)
select point_id from named as p
where not exists (select 1 from gap_rules as x where x.gap_id = p.gap_id and x.side = p.side and x.rule_id = p.rule_id and x.in_force)
union all
select q.point_id from gap_point_quotes as q join gap_points as p using (point_id)
where not exists (select 1 from gap_rules as x join rules as r using (rule_id)
                  where x.gap_id = p.gap_id and x.side = q.side and x.in_force and r.clause_id = q.clause_id);

-- a rule is said to be in force on a day on which it is not
select g.gap_id from gap_rules as x join gaps as g using (gap_id) join rules as r using (rule_id)
where x.in_force and not ((r.in_force_from is null or r.in_force_from <= g.as_of)
    and (r.in_force_to is null or r.in_force_to >= substr(g.as_of, 1, length(r.in_force_to))));

-- a rule counts in a gap on a day on which it does not count
select g.gap_id from gap_rules as x join gaps as g using (gap_id)
left join rule_states as s on s.rule_id = x.rule_id and s.as_of = g.as_of
where x.in_force is not s.in_force;

-- a rule counts although its official text is over, or its digest is and no note says why it counts
select distinct s.rule_id from rule_states as s join rules as r using (rule_id) join clauses as c using (clause_id)
join documents as d using (document_id) join document_states as t on t.document_id = d.document_id and t.as_of = s.as_of
where s.in_force and t.state in ('已过有效期', '已被替代', '已废止') and (d.text_kind = 'official' or r.note is null);

-- a day stands after the one that must follow it
select rule_id from rules where substr(in_force_from, 1, length(in_force_to)) > in_force_to
union all
select r.rule_id from rules as r join rules as p on p.rule_id = r.replaces
where p.in_force_to is null or p.in_force_to >= r.in_force_from
union all
select document_id from documents where substr(in_force_from, 1, length(in_force_to)) > in_force_to
union all
select matter_id from matter_absences where absent_from > absent_to
union all
select document_b from document_pairs as p join documents as a on a.document_id = document_a join documents as b on b.document_id = document_b
where p.kind = 'revision' and a.in_force_from > b.in_force_from
union all
select change_id from gap_changes where from_date >= to_date
union all
select moment_id from moments where newest <> (as_of = (select max(as_of) from moments));

-- a change is not between the gaps of its matter on its two days
select change_id from gap_changes as c left join gaps as a on a.gap_id = c.gap_before left join gaps as b on b.gap_id = c.gap_after
where a.as_of <> c.from_date or a.matter_id <> c.matter_id or a.comparison_id <> c.comparison_id
   or b.as_of <> c.to_date or b.matter_id <> c.matter_id or b.comparison_id <> c.comparison_id;

-- missing or extra, although the other side has a rule in force, or the own side has none
select gap_id from gaps as g where outcome in ('missing', 'extra') and (
    exists (select 1 from gap_rules as x where x.gap_id = g.gap_id and in_force and level <> 'inside'
            and side = iif(g.outcome = 'missing', 'b', 'a'))
    or not exists (select 1 from gap_rules as x where x.gap_id = g.gap_id and in_force
                   and side = iif(g.outcome = 'missing', 'a', 'b')));

-- missing or extra without a known absence, or uncollected without saying whether it was searched
select gap_id from gaps where (outcome in ('missing', 'extra') and (grade is null or grade not in ('closed_list', 'read_whole', 'said_so')))
or (outcome = 'uncollected' and (grade is null or grade not in ('searched', 'not_searched')))
or (outcome not in ('missing', 'extra', 'uncollected') and grade is not null);

-- differs or same, although a side has no rule in force
select gap_id from gaps as g where outcome in ('differs', 'same', 'national')
and (select count(distinct side) from gap_rules as x where x.gap_id = g.gap_id and in_force) < 2;

-- rules above both sides alone make a difference
select gap_id from gaps as g where outcome in ('differs', 'missing', 'extra')
and not exists (select 1 from gap_rules as x where x.gap_id = g.gap_id and in_force and level <> 'national');

-- a ratio is not what the values of its tier give
select point_id from gap_points where ratio is not null
and (coalesce(basis, '') not in ('like', 'upper_end') or value_a is null or value_b is null or min(value_a, value_b) <= 0
     or abs(max(value_a, value_b) / min(value_a, value_b) - ratio) > 0.000001 * ratio)
union all
select g.gap_id from gaps as g where ratio is not null
and not exists (select 1 from gap_points as p where p.gap_id = g.gap_id and p.ratio = g.ratio);

-- a value of a point is not its rule's, or of an article none that its quote states
with compared as (
    select point_id, gap_id, unit, 'a' as side, value_a as value, rule_a as rule_id from gap_points where value_a is not null
    union all select point_id, gap_id, unit, 'b', value_b, rule_b from gap_points where value_b is not null)
select p.point_id from compared as p join rules as r using (rule_id) join matters as m using (matter_id)
where m.origin = 'coded' and r.value is not p.value
union all
select p.point_id from compared as p join gaps as g using (gap_id) join matters as m using (matter_id)
where m.origin = 'aligned' and not exists (
    select 1 from gap_point_quotes as q join measures as v using (clause_id)
    where q.point_id = p.point_id and q.side = p.side and v.start >= q.start and v.end <= q.end
    and v.unit = p.unit and p.value in (v.min, v.max));

-- a value is not an end of its range, or a range is upside down
select rule_id from rules where value is not null and value is not coalesce(value_max, value_min) or value_min > value_max
union all
select measure_id from measures where min > max;

-- a sentence that compares figures leaves out a value, a unit or a year
select p.point_id from gap_points as p join gaps as g using (gap_id) join matters as m using (matter_id) join rules as r on r.rule_id in (p.rule_a, p.rule_b)
where m.origin = 'coded' and p.weight = 3 and p.value_a is not null and p.value_b is not null and (
    instr(g.headline, r.says) = 0 or instr(g.headline, coalesce(m.unit, '')) = 0
    or instr(g.headline, substr(r.in_force_from, 1, 4)) = 0 or instr(g.summary, substr(r.in_force_from, 1, 4)) = 0);

-- a headline names neither a place nor whose rule holds there
select g.gap_id from gaps as g join comparisons as k using (comparison_id), (select 'a' as side union all select 'b') as s
where instr(g.headline, '两地') = 0
and not exists (
    select 1 from regions as r where r.region_id = iif(s.side = 'a', k.baseline_region, k.target_region)
    and instr(g.headline, substr(r.name, 1, 2)))
and not exists (
    select 1 from gap_rules as x join regions as r using (region_id) where x.gap_id = g.gap_id and x.side = s.side
    and x.level <> 'national' and instr(g.headline, substr(r.name, 1, 2)));

-- a point compares two tiers
select point_id from gap_points as p join rules as a on a.rule_id = rule_a join rules as b on b.rule_id = rule_b
where a.tier is not b.tier;

-- a county has a row on a matter on which it has no rule of its own
select gap_id from gaps as g join comparisons as k using (comparison_id) join regions as t on t.region_id = k.target_region
where t.level = 'county'
and not exists (select 1 from gap_rules as x where x.gap_id = g.gap_id and side = 'b' and level = 'own');

-- a rule of the nation counts for one side only
select min(gap_id) from gap_rules where level = 'national' and in_force
group by gap_id, rule_id having count(distinct side) < 2;

-- what has lapsed or is not collected favours somebody
select gap_id from gaps where outcome in ('lapsed', 'uncollected') and favours in ('baseline', 'target');

-- a department is not in corpus/departments.toml, or is the office of a place that does not have the region
with recursive above (region_id, up) as (
    select region_id, region_id from regions
    union select a.region_id, g.parent_id from above as a join regions as g on g.region_id = a.up
    where g.parent_id is not null),
named as (
    select department, region_id from topic_departments
    union select d.department, iif(d.side = 'a', k.baseline_region, k.target_region)
    from gap_departments as d join gaps using (gap_id) join comparisons as k using (comparison_id))
select n.department from named as n left join departments as d using (department)
where not exists (select 1 from above as a where a.region_id = n.region_id and a.up = d.region_id);

-- an article of two official texts that answer each other has no account, or a row is of no such article
select p.document_id from (
    select document_a, document_b, 'a' as side, document_a as document_id from document_pairs where kind in ('counterpart', 'part')
    union all select document_a, document_b, 'b', document_b from document_pairs where kind in ('counterpart', 'part')) as p
join documents as a on a.document_id = p.document_a join documents as b on b.document_id = p.document_b
join clauses as c on c.document_id = p.document_id
left join article_accounts as x
    on x.document_a = p.document_a and x.document_b = p.document_b and x.side = p.side and x.clause_id = c.clause_id
where a.text_kind = 'official' and b.text_kind = 'official' and c.kind = 'article' and x.clause_id is null
union all
select clause_id from article_accounts as x join clauses as c using (clause_id)
where c.kind <> 'article' or c.document_id <> iif(x.side = 'a', x.document_a, x.document_b)
or not exists (select 1 from document_pairs as p where p.document_a = x.document_a and p.document_b = x.document_b and p.kind in ('counterpart', 'part'));

-- an article is accounted as aligned with a text in which nothing answers it, or not so although something does
with answering as (
    select ca.document_id as document_a, cb.document_id as document_b, l.clause_a, l.clause_b
    from alignments as l join clauses as ca on ca.clause_id = l.clause_a join clauses as cb on cb.clause_id = l.clause_b
    where l.status in ('auto', 'accepted') and ca.kind = 'article' and cb.kind = 'article'),
answered as (
    select document_a, document_b, 'a' as side, clause_a as clause_id from answering
    union select document_a, document_b, 'b', clause_b from answering)
select clause_id from (
    select document_a, document_b, side, clause_id from article_accounts where account = 'aligned'
    except select * from answered)
union all
select clause_id from (
    select document_a, document_b, side, clause_id from article_accounts where account <> 'aligned'
    intersect select * from answered);

-- an article is missing or extra, although an article of the other side that answers it is in force
select g.gap_id from gaps as g join matters as m using (matter_id)
join gap_rules as x on x.gap_id = g.gap_id and x.in_force
where m.origin = 'aligned' and g.outcome in ('missing', 'extra') and x.level <> 'inside'
and x.side = iif(g.outcome = 'missing', 'b', 'a');

-- an article is missing or extra without an account that says so
select g.gap_id from gaps as g join matters as m using (matter_id)
where m.origin = 'aligned' and g.outcome in ('missing', 'extra') and not exists (
    select 1 from gap_rules as x join rules as r using (rule_id) where x.gap_id = g.gap_id and x.in_force
    and (iif(g.outcome = 'missing', 'a', 'b'), r.clause_id) in (
        select side, clause_id from article_accounts where account = 'only_here'));

-- a rule of an aligned matter is no article of an official text, or one of a coded matter has no fact
select rule_id from rules as r join matters as m using (matter_id) join clauses as c using (clause_id)
join documents as d using (document_id)
where (m.origin = 'aligned' and (c.kind <> 'article' or d.text_kind <> 'official' or r.value is not null))
or (m.origin = 'coded') <> (r.fact_id is not null);

-- a digest clause has no fact
select clause_id from clauses join documents using (document_id)
where text_kind = 'digest' and is_unit and clause_id not in (select clause_id from facts);

-- a fact is a rule of a matter, or proves that one has none, and is said to be neither
select fact_id from facts where context is not null
and (fact_id in (select fact_id from rules) or clause_id in (select clause_id from matter_absences));

-- a rule or a pair rests on a draft or a commentary
with uncompared as (
    select clause_id from clauses join documents using (document_id) where text_kind in ('draft', 'commentary'))
select rule_id from rules where clause_id in uncompared
union all
select alignment_id from alignments where clause_a in uncompared or clause_b in uncompared;

-- a search record is worded as if nothing existed
select search_id from searches where finding = '没有';

-- a claim's quote is not the slice of its clause
select claim_id from claim_evidence as e join clauses as c using (clause_id)
where substr(c.text, e.start + 1, e.end - e.start) is not e.quote;

-- a claim quotes a gap or a search record otherwise than it reads, or rests on a gap of another day
select e.claim_id from claim_evidence as e left join gaps as g using (gap_id) left join searches as s using (search_id)
where e.clause_id is null and (e.quote is not coalesce(g.headline, s.finding) or g.as_of <> e.as_of);

-- a verdict other than not_provable has no evidence
select claim_id from claims where verdict <> 'not_provable'
and not exists (select 1 from claim_evidence as e where e.claim_id = claims.claim_id and e.as_of = claims.as_of);

-- a verdict is contradicted by the gaps that it rests on
with resting as (
    select c.claim_id, c.as_of, c.verdict,
        g.outcome in ('differs', 'missing', 'extra', 'same', 'national') as known,
        g.outcome in ('differs', 'missing', 'extra') and (c.favours is null or g.favours = c.favours) as tells,
        g.outcome in ('differs', 'missing', 'extra') and c.favours <> g.favours and g.favours in ('baseline', 'target') as reversed,
        g.outcome in ('same', 'national') as equal
    from claims as c join claim_evidence as e using (claim_id, as_of) join gaps as g using (gap_id))
select claim_id from resting group by claim_id, as_of, verdict
having sum(known) > 0 and (
    (verdict = 'confirmed' and (total(reversed) > 0 or total(equal) = sum(known)))
    or (verdict in ('contradicted', 'outdated') and sum(tells) = sum(known))
    or (verdict = 'not_provable' and sum(known) = count(*)
        and (sum(tells) = count(*) or total(equal) + total(reversed) = count(*))));

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
