-- Indexes beside the primary keys, created when all rows are in: sorting them once is quicker.

create index clauses_by_document on clauses (document_id, ordinal);
create index clauses_that_are_units on clauses (ordinal) where is_unit = 1;  -- to count them
create index clause_topics_by_topic on clause_topics (topic_id);
create index measures_by_clause on measures (clause_id);
create index conditions_by_clause on conditions (clause_id);
create index citations_by_clause on citations (clause_id);
create index citations_by_document on citations (document_id);
create index alignments_by_a on alignments (clause_a);
create index alignments_by_b on alignments (clause_b);
create index rules_by_matter on rules (matter_id, region_id);
create index rules_by_clause on rules (clause_id);
create index gaps_by_topic on gaps (topic_id, outcome);
create index gaps_by_comparison on gaps (comparison_id, as_of);
create index gap_departments_by_name on gap_departments (department);
create index gap_changes_by_topic on gap_changes (comparison_id, topic_id);
create index validity_events_by_document on validity_events (document_id);
create index gap_rules_by_rule on gap_rules (rule_id);
create index gap_points_by_gap on gap_points (gap_id);
create index facts_by_clause on facts (clause_id);
create index claim_evidence_by_clause on claim_evidence (clause_id);
-- The order in which a table's first page stands, so that it needs no sort of all rows.
create index gaps_by_importance on gaps (importance);
create index gaps_by_matter on gaps (matter_id);
create index alignments_by_confidence on alignments (confidence);
