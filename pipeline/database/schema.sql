-- kb.db: what differs between two regions' policies, with evidence. A comment above a table names its plain columns.
-- Offsets count characters from 0; `end` is the first character after the span.
-- JSON columns hold UTF-8 JSON text. Dates are 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY': as precise as is known.

--   english  null = the code serves in both languages: ≥
create table labels (                       -- what readers call the codes of the other tables: corpus/labels.toml
    vocabulary text not null,               -- a set of codes, e.g. outcome
    code       text not null,               -- as the other tables hold it; a Chinese code is its own label
    ordinal    integer not null,            -- in the vocabulary, from 0, as a reader should meet them
    label      text not null,               -- in Chinese; a code has the same label in every vocabulary
    english    text,
    definition text,                        -- in Chinese; null = the label says enough
    used_in    text not null,               -- JSON list of the columns that hold the code, e.g. ["gaps.outcome"]
    primary key (vocabulary, code)
) strict, without rowid;

create table english_names (                -- what English pages call names of the data: corpus/english_names.toml
    section text not null,                  -- affects, tiers, answers
    name    text not null,                  -- as the other tables hold it
    english text not null,                  -- no Chinese characters
    primary key (section, name)
) strict, without rowid;

create table synonyms (                     -- words that say the same, from corpus/lexicon/synonyms.toml: a search for one finds the others
    word      text primary key,             -- another word of the group
    canonical text not null                 -- the word that stands for its group; not listed as a word itself
) strict, without rowid;

-- Places with authority to make policy, from corpus/regions.toml.
--   name       in full, 上海市
--   level      of its government; a 直辖市 counts as a province, its districts as counties
--   parent_id  the region above it
create table regions (
    region_id text primary key,             -- GB/T 2260 code, 310000 上海市; 000000 国家
    name      text not null,
    level     text not null check (level in ('national', 'province', 'city', 'county')),
    parent_id text references regions
) strict;

--   department  in full, by its present name
--   region_id   whose office it is
--   english     what English pages call it
create table departments (                  -- the offices that may be named as in charge, from corpus/departments.toml
    department text primary key,
    region_id  text not null references regions,
    english    text not null
) strict;

-- Policy documents, one for each entry of a sources.toml.
--   title           without 《》
--   region_id       whose policy it is
--   applies_to      regions where a joint document holds, beside its own
--   issued_date     发布、印发日期
--   effective_date  施行日期, as the entry states it
--   url             where it was published
--   scheme          how its provisions are numbered: 第X条, 一、, both, or not
create table documents (
    document_id    text primary key,        -- a-z 0-9 -, never changed: links and reviews hang on it
    title          text not null,
    region_id      text not null references regions,
    applies_to     text not null,           -- JSON list of regions, [] = none
    level          text not null,           -- 效力级别: 法律 行政法规 部门规章 地方性法规 地方政府规章 行政规范性文件 党委文件 其他
    number         text,                    -- 文号
    issuers        text not null,           -- JSON list of 发文机关
    issued_date    text,
    effective_date text,
    expires_date   text,                    -- last day in force, as the document states it
    status         text not null,           -- at the build's newest date: 有效 有效（未见废止） 尚未施行 已过有效期 已被替代 已废止 已暂停 未知
    in_force_from  text,                    -- day from which it counts, from its validity_events; null = not known
    in_force_to    text,                    -- last day of its term, or the day that something else ended it; null = open
    text_kind      text not null check (text_kind in ('official', 'digest', 'draft', 'commentary')),
                                            -- digest = 摘编, not the official text; draft = 征求意见稿;
                                            -- commentary = 解读、问答、报道: neither is compared
    url            text,
    file           text not null,           -- as named in sources.toml
    sha256         text not null,           -- of the file
    scheme         text not null check (scheme in ('articles', 'numbered', 'mixed', 'none')),
    text           text not null            -- the body that all offsets refer to
) strict;

-- Faults in the numbering of a document, for a person to check against the source.
--   document_id  the document
--   message      in Chinese, which numbers
create table document_warnings (
    document_id text not null references documents,
    kind        text not null,              -- hole duplicate order
    message     text not null,
    primary key (document_id, kind, message)
) strict, without rowid;

-- Official texts in articles that stop before their end: what the missing part says is not known.
--   document_id   the document
--   last_article  as in clauses.article, '18'
--   reason        in Chinese, where it stops and why that is not its end
create table incomplete_texts (
    document_id  text primary key references documents,
    last_article text not null,
    reason       text not null
) strict, without rowid;

-- The parts of a document: provisions, headings, rows and cells of tables.
--   document_id  the document
--   parent_id    the clause that it lies in
--   kind         层次: 编 章 节 条 款 项 目, a heading, a row or cell of a table
--   start        into documents.text
--   end          into documents.text
create table clauses (
    clause_id   text primary key,           -- <document_id>__<place>, e.g. sh-law-0024fb50__art_12__para_2
    document_id text not null references documents,
    parent_id   text references clauses,
    ordinal     integer not null,           -- reading order within the document, from 0
    -- row: a printed row of a table, its headers (表头), or one of its cells, which are the units
    kind        text not null check (kind in ('part', 'chapter', 'section', 'article', 'paragraph',
                                              'item', 'subitem', 'heading', 'row')),
    article     text,                       -- N of the 第N条 that the clause is or lies in; '12-1' = 第十二条之一
    path        text not null,              -- 第三章 第十二条 第二款
    heading     text,                       -- printed title of the clause, without number; 行头·列头 of a cell
    text        text not null,              -- substr(documents.text, start + 1, end - start)
    start       integer not null check (start >= 0),
    end         integer not null check (end > start),
    is_unit     integer not null check (is_unit in (0, 1))  -- 1 = compared as a whole: an article, a cell of a table, or a leaf outside articles
) strict;

--   fact_id     as in corpus/facts/*.jsonl
--   clause_id   the clause of a digest that restates it
--   confidence  in the source; facts of low confidence are in excluded_facts
create table facts (                        -- where a digest clause was read; one fact, one clause
    fact_id     text primary key,
    clause_id   text not null references clauses,
    attribute   text not null,              -- what the fact is about, e.g. 国际首台套资助上限
    source      text not null,              -- where it was read
    source_kind text not null,              -- official text, mirror of official text, official summary (官方的解读、答复、
                                            -- 公示), press (新闻报道), secondary, seed
    confidence  text not null check (confidence in ('high', 'medium')),
    context     text check (context in ('target', 'figure', 'history', 'duplicate', 'not_comparable', 'too_weak')),  -- why it is no rule of a matter; null = it is one
    as_of       text,                       -- as the source states it
    note        text,                       -- judgement and caveat, apart from the fact itself
    checked     text not null check (checked in ('confirmed', 'not_seen', 'page_gone', 'unchecked')),  -- whether its page stated the figure, by make verify
    checked_date text,                      -- when
    checked_note text                       -- what was found there; never of an editor, whose words are in note
) strict;

--   search_id   as in corpus/facts/searches-*.jsonl
--   region_id   where a rule was looked for
--   topic_id    its topic
--   as_of       day of the search
--   source      where its outcome was read
--   confidence  in the outcome
create table searches (                     -- 未查得: what was looked for and not found; never read as 没有
    search_id  text primary key,
    region_id  text not null references regions,
    topic_id   text not null references topics,
    subject    text not null,               -- what was looked for
    searched   text not null,               -- where and how
    finding    text not null,               -- what came of it, in one sentence
    as_of      text not null,
    source     text not null,
    confidence text not null check (confidence in ('high', 'medium'))
) strict;

--   fact_id  as in corpus/facts/excluded-*.jsonl
--   reason   in Chinese
create table excluded_facts (               -- collected, and left out of the corpus
    fact_id text primary key,
    reason  text not null
) strict;

-- What policy is sorted into, from corpus/topics.toml.
--   topic_id    in pinyin, shoutai
--   name        in Chinese
--   parent_id   the wider topic
--   definition  in Chinese, what belongs to it
create table topics (
    topic_id   text primary key,
    name       text not null,
    parent_id  text references topics,
    definition text not null,
    keywords   text not null                -- JSON list
) strict;

--   topic_id    the topic
--   region_id   the region
--   department  by its present name
create table topic_departments (            -- 归口部门 of a topic, by region
    topic_id   text not null references topics,
    region_id  text not null references regions,
    department text not null,
    primary key (topic_id, region_id, department)
) strict, without rowid;

-- Which unit clause is about which topic.
--   clause_id  the clause
--   topic_id   the topic
--   score      how surely it belongs there; 1 where an editor assigned it
create table clause_topics (
    clause_id     text not null references clauses,
    topic_id      text not null references topics,
    score         real not null check (score between 0 and 1),
    matched_terms text not null,            -- JSON list of [term, times]; ["人工标注", 1] where an editor assigned it
    primary key (clause_id, topic_id)
) strict;

--   clause_id    the clause
--   beneficiary  whom it benefits or binds
create table provisions (                   -- what a unit clause does, to whom, by whom
    clause_id   text primary key references clauses,
    instrument  text,                       -- 补贴 奖励 收费 罚款 积分 许可 便利 基金 税收优惠 …
    modality    text,                       -- 应当 必须 可以 鼓励 支持 不得 禁止
    beneficiary text,
    actor       text,                       -- 归口部门 named in the clause
    evidence    text not null               -- JSON list of {label, value, start, end, quote} in clauses.text
) strict;

--   clause_id  the clause
--   kind       what is measured
--   role       what the quantity is for
--   max        null = open; in the normalised unit
--   bound      which of min and max the text states, and whether as a limit
--   end        into clauses.text
create table measures (                     -- a quantity with policy meaning
    measure_id text primary key,            -- <clause_id>__m<n>
    clause_id  text not null references clauses,
    kind       text not null check (kind in ('money', 'percent', 'multiple', 'points', 'duration', 'age',
                                             'count', 'area', 'length', 'rate', 'other')),
    role       text not null check (role in ('fine', 'award', 'fee', 'price', 'threshold', 'deadline',
                                             'validity', 'share', 'limit', 'points', 'other')),
    min        real,                        -- null = open; in the normalised unit
    max        real,
    unit       text not null,               -- 元 % 倍 分 小时 日 工作日 月 年 周岁 平方米 米 …
    bound      text not null check (bound in ('exact', 'at_most', 'at_least', 'range')),
    base       text,                        -- what a percentage is of
    per        text,                        -- denominator, 每人 每年
    of         text,                        -- member of a 分别 list
    quote      text not null,               -- verbatim
    start      integer not null,            -- into clauses.text
    end        integer not null check (end > start)
) strict;

--   clause_id  the clause
--   kind       condition: what is asked for; step: what is done
--   value_max  in unit; null = open
--   unit       normalised, as in measures
--   end        into clauses.text
create table conditions (                   -- what a unit clause asks for, and the steps of its procedure
    condition_id text primary key,          -- <clause_id>__c<n>
    clause_id    text not null references clauses,
    kind         text not null check (kind in ('condition', 'step')),
    type         text,                      -- 年龄 学历 社保年限 营业收入 …; of a step: 申请 受理 审查 …; null = not known
    operator     text check (operator in ('≥', '≤', '=', '之间')),  -- null = words only; of a step: its deadline
    value_min    real,                      -- in unit; null = open
    value_max    real,
    unit         text,
    measure_id   text references measures,  -- the quantity that the value is read from
    actor        text,                      -- canonical department that takes the step; null where none is named
    quote        text not null,             -- verbatim
    start        integer not null,          -- into clauses.text
    end          integer not null check (end > start),
    check ((operator is null) = (measure_id is null)),
    check (kind = 'step' or actor is null)
) strict;

-- Which region is compared with which, from corpus/comparisons.toml.
--   comparison_id    sh-jx; begins the ids of its alignments and gaps
--   title            上海市 → 嘉兴市
--   baseline_region  the yardstick (基准方)
--   target_region    what is compared with it (对比方)
create table comparisons (
    comparison_id   text primary key,
    title           text not null,
    baseline_region text not null references regions,
    target_region   text not null references regions,
    stack           text not null           -- JSON list: the target's own level and what stands above it
) strict;

--   moment_id  as in corpus/comparisons.toml; stands in the ids of gaps, but for the newest
--   name       in Chinese
--   as_of      the day
--   newest     1 = the newest day that the corpus knows
create table moments (                      -- the dates that gaps are computed for
    moment_id text primary key,
    name      text not null,
    as_of     text not null unique,
    newest    integer not null check (newest in (0, 1))
) strict;

--   event_id          <document_id>-… or __…
--   document_id       whose force it changes
--   kind              what happened
--   source_clause_id  the clause that says so; null = told by an entry or a person
--   note              in Chinese, for readers
create table validity_events (              -- what began, ended, prolonged or replaced a document
    event_id         text primary key,
    document_id      text not null references documents,
    kind             text not null check (kind in ('施行', '到期', '延长', '修订', '废止', '暂停')),
    date             text not null,         -- as precise as is known; of 到期 and 延长 the last day
    basis            text not null,         -- where the event is read: 施行日期 印发日期 有效期 题名 题注 新文本 事实的时点 人工补记, or a clause: 施行条款 有效期条款 废止条款 …
    source_clause_id text references clauses,
    successor        text references documents,  -- of 修订: what took its place; the document itself where its own wording changed
    note             text
) strict;

--   relation          why it is named; 本文 = a provision of the own text
--   target_clause_id  the provision that place means; null = none is named, or not found
--   end               into clauses.text
create table citations (                    -- a policy document, or a provision of the own text, that a clause names
    citation_id      text primary key,      -- <clause_id>__r<n>
    clause_id        text not null references clauses,  -- the lowest clause that has the words
    relation         text not null check (relation in ('依据', '引用', '废止', '修订', '转发', '本文')),
    title            text,                  -- as printed, without its own 书名号; null = only a number, or the own text
    name             text,                  -- the title's form for matching
    number           text,                  -- 文号, folded: 沪府发〔2013〕40号
    place            text,                  -- as printed: 第三十三条第二款, 前款
    document_id      text references documents,  -- null = not in the corpus, or not certain which
    basis            text check (basis in ('文号', '题名', '最新版本', '本文')),  -- what decided; 最新版本 = newest of several texts
    target_clause_id text references clauses,
    target_last_id   text references clauses,  -- the other end of 第八条至第十条
    quote            text not null,         -- verbatim
    start            integer not null,      -- into clauses.text
    end              integer not null check (end > start),
    check ((document_id is null) = (basis is null)),
    check (title is not null or number is not null or basis = '本文'),
    check (target_clause_id is null or document_id is not null)
) strict;

--   document_id  the document
--   as_of        the day
create table document_states (              -- force of every document at every date that gaps are computed for
    document_id text not null references documents,
    as_of       text not null references moments (as_of),
    state       text not null,              -- 有效 有效（未见废止） 未知 尚未施行 已过有效期 已被替代 已废止 已暂停 日期不明
    primary key (document_id, as_of)
) strict, without rowid;

--   kind        counterpart: the same matter as a whole; part: in part; related: near, read for candidates only; revision: two versions
--   likeness    by titles and contents; of a revision, by contents
--   whole       probability that both regulate the same matter as a whole; null for revisions
--   confidence  probability that they do so at least in part, which the confidence of their alignments contains; null for revisions
create table document_pairs (               -- documents that answer each other, and versions of one document
    document_a text not null references documents,    -- baseline; of a revision, the older text
    document_b text not null references documents,    -- target or its stack; of a revision, the newer text
    kind       text not null check (kind in ('counterpart', 'part', 'related', 'revision')),
    likeness   real not null check (likeness between 0 and 1),
    titles     real not null check (titles between 0 and 1),      -- of titles, places left out
    contents   real not null check (contents between 0 and 1),    -- of all that they say
    whole      real check (whole between 0 and 1),
    confidence real check (confidence between 0 and 1),
    reasons    text not null,               -- JSON list of [feature of model_features, what it adds to the log odds of whole], weightiest first
    check ((whole is null) = (kind = 'revision') and (confidence is null) = (kind = 'revision')),
    primary key (document_a, document_b)
) strict, without rowid;

--   document_old  the older text
--   document_new  the newer text
--   kind          what became of the clause
--   confidence    that the two are one clause; null where there is one only
create table revisions (                    -- old–new table of two versions of one document
    revision_id text primary key,           -- <old clause or document>__to__<new one>
    document_old text not null references documents,
    document_new text not null references documents,
    clause_old  text references clauses,    -- null = added
    clause_new  text references clauses,    -- null = removed
    kind        text not null check (kind in ('unchanged', 'changed', 'added', 'removed')),
    confidence  real check (confidence between 0 and 1),
    diff        text,                       -- as alignments.diff
    check ((clause_old is null) = (kind = 'added')),
    check ((clause_new is null) = (kind = 'removed'))
) strict;

--   reading  which of the logistic regressions: two clauses by themselves, among their rivals, found in the whole corpus, in related documents; two documents as a whole, and in part
--   ordinal  order of the features
--   feature  its name in the code
--   mean     in the training data
create table model_features (               -- what the models of clauses and of documents weigh, and how much
    reading     text not null check (reading in ('first', 'second', 'corpus', 'related', 'documents_whole', 'documents_part')),
    ordinal     integer not null,
    feature     text not null,
    name        text not null,              -- in Chinese
    coefficient real not null,              -- added to the log odds for one standard deviation more
    mean        real not null,
    scale       real not null,              -- standard deviation
    primary key (reading, ordinal)
) strict, without rowid;

--   bin    from the least sure to the surest
--   pairs  how many fall into the bin
create table model_reliability (            -- is a confidence of 0.8 right in eight of ten cases
    bin         integer primary key,
    confidence  real not null,              -- mean of the bin
    share_right real not null,              -- what share of its pairs people called counterparts
    pairs       integer not null
) strict;

-- Pairs of clauses on one matter, asserted or offered as candidates.
--   alignment_id   <comparison_id>__<clause_a>__vs__<clause_b>
--   comparison_id  the first comparison that has both regions
--   similarity     TF-IDF cosine of words and bigrams
--   confidence     calibrated probability that the two are counterparts
--   status         auto and candidate by the model, accepted and rejected by a person
create table alignments (
    alignment_id  text primary key,
    comparison_id text not null references comparisons,
    clause_a      text not null references clauses,   -- baseline
    clause_b      text not null references clauses,   -- target or its stack
    similarity    real not null check (similarity between 0 and 1),
    confidence    real not null check (confidence between 0 and 1),
    rank          integer not null check (rank >= 1), -- of clause_b among clause_a's candidates, likeliest first
    shared_terms  text not null,            -- JSON list of [term, weight], heaviest first
    status        text not null check (status in ('auto', 'candidate', 'accepted', 'rejected')),
    scope         text not null check (scope in ('pair', 'related', 'corpus')),  -- pair = the documents answer each other, as a whole or in part; related = near each other; corpus = only searched
    extent        text check (extent in ('whole', 'split')),          -- split = the rule stands in several clauses; null where documents were not read, or a person paired them
    reasons       text not null,            -- JSON list of [feature of model_features, what it adds to the log odds], weightiest first
    diff          text                      -- JSON list of [op, left, right]: = same, ~ other words, - left only, + right only
) strict;

-- The questions that can be put to any place, and the rules that answer them: corpus/matters/*.toml, and
-- articles of official texts that answer each other.
--   topic_id    null = outside the topics
--   name        a noun phrase, what the line is called
--   question    in Chinese
--   per         每 what: 人 年 平方米 …; null = once
--   affects     whom it affects
create table matters (
    matter_id   text primary key,           -- never changed; retired ids are in matter_aliases; of an aligned matter the article's clause_id in the first text of its document
    origin      text not null check (origin in ('coded', 'aligned')),  -- by a person, or by the machine from articles that answer each other
    topic_id    text references topics,
    name        text not null,
    name_en     text,                       -- in English; null for an aligned matter
    question    text not null,
    kind        text not null check (kind in ('quantity', 'yes_no', 'words', 'article')),  -- of its answers
    unit        text,                       -- in which readers think: 万元; null = not a quantity, or a bare number
    per         text,
    better      text not null check (better in ('more', 'less', 'none')),  -- for whom it affects
    affects     text not null,
    decided_by  text not null,              -- JSON list of the levels that can set it for the target: 国家 省 市 县
    reach       integer not null check (reach between 1 and 5),  -- 1 dozens, 2 hundreds, 3 thousands, 4 tens of thousands, 5 nearly everybody
    boilerplate integer not null check (boilerplate in (0, 1)),  -- 1 = purpose, scope, commencement and the like
    lead        text,                       -- the tier that gives ratio and headline; null = the first that both sides have
    compare     text not null check (compare in ('like', 'upper_end', 'told', 'same')),  -- told: side by side, no ratio
    inside      text not null check (inside in ('mention', 'compare')),  -- whether rules of counties inside stand for the place
    favours     text not null,              -- JSON object: a date or newest → the direction that a person read
    searched    text                        -- what was looked for in vain, as the coder noted
) strict;

--   alias      a retired matter_id, or one that was merged
--   matter_id  where it went
create table matter_aliases (               -- ids that matters had once
    alias     text primary key,
    matter_id text not null references matters
) strict;

--   matter_id   the matter
--   region_id   the region
--   department  one or two, by their present names
create table matter_departments (           -- 归口部门 of a matter, by region
    matter_id  text not null references matters,
    region_id  text not null references regions,
    department text not null,
    primary key (matter_id, region_id)
) strict, without rowid;

--   matter_id    the matter
--   region_id    whose own level has no rule
--   ordinal      in file order, from 1
--   absent_from  first day for which it is known; null = not known
--   absent_to    last day; null = open
--   clause_id    the clause that says it; null = a search record does
--   search_id    the search record that says it
create table matter_absences (              -- levels that are known to have no rule: not merely not found
    matter_id   text not null references matters,
    region_id   text not null references regions,
    ordinal     integer not null,
    absent_from text,
    absent_to   text,
    why         text not null check (why in ('closed_list', 'read_whole', 'said_so')),  -- on what the absence rests
    clause_id   text references clauses,
    search_id   text references searches,
    primary key (matter_id, region_id, ordinal),
    check ((clause_id is null) <> (search_id is null))
) strict, without rowid;

--   search_id  the search record
--   matter_id  the matter that was looked for
create table search_matters (               -- what a search was made for
    search_id text not null references searches,
    matter_id text not null references matters,
    primary key (search_id, matter_id)
) strict, without rowid;

-- What one region's own level says on a matter, from one day to another, as a clause proves it.
--   matter_id      the matter
--   region_id      whose own rule it is; 000000 = the nation's, which holds everywhere
--   tier           null = one value for all
--   clause_id      where it stands
--   start          into clauses.text
--   end            into clauses.text
--   quote          verbatim, whole sentences; of an article the first
--   value          in unit: the end that is compared, the upper or else the lower one
--   value_min      null = open
--   value_max      null = open
--   answer         有, or a few words; of a matter that is no quantity
--   in_force_from  null = not known; counts on the newest day only
--   in_force_to    last day; null = open
--   confidence     of the fact
--   fact_id        the fact that was coded; clause_id is its digest's clause, or the official text's; null = an article of an aligned matter
--   derived        how the value follows from the words; null = they state it
--   note           what a reader must know to compare fairly
create table rules (
    rule_id       text primary key,         -- <matter_id>__<fact_id>, of an article <matter_id>__<clause_id>
    matter_id     text not null references matters,
    region_id     text not null references regions,
    tier          text,
    clause_id     text not null references clauses,
    start         integer not null check (start >= 0),
    end           integer not null check (end > start),
    quote         text not null,
    value         real,
    value_min     real,
    value_max     real,
    unit          text,                     -- of the matter
    bound         text check (bound in ('exact', 'at_most', 'at_least', 'range')),  -- of the value
    answer        text,
    in_force_from text,
    in_force_to   text,
    ended         text check (ended in ('successor', 'successor_unseen', 'repealed', 'expired', 'suspended')),  -- null = holds
    replaces      text references rules,    -- the rule whose place it took
    source_grade  text not null check (source_grade in ('official', 'mirror', 'summary', 'press', 'secondary')),  -- of what was read
    confidence    text not null check (confidence in ('high', 'medium')),
    fact_id       text references facts,
    derived       text,
    note          text,
    within        text,                     -- JSON list: the only regions inside its own where it holds, 市本级 or a single plot; null = all
    says          text not null             -- value with bound and unit, or answer, as sentences say it
) strict;

--   rule_id    the rule
--   region_id  the region
create table rule_regions (                 -- where a rule holds beside its own region: joint instruments, zones
    rule_id   text not null references rules,
    region_id text not null references regions,
    primary key (rule_id, region_id)
) strict, without rowid;

--   rule_id   the rule
--   as_of     the day
--   in_force  1 = it counts on the day; one of unknown beginning counts on the newest day only
create table rule_states (                  -- force of every rule at every date that gaps are computed for
    rule_id  text not null references rules,
    as_of    text not null references moments (as_of),
    in_force integer not null check (in_force in (0, 1)),
    primary key (rule_id, as_of)
) strict, without rowid;

-- What one matter comes to in one comparison on one day: one row, whatever many levels and counties speak of it.
--   comparison_id  between which two regions
--   matter_id      the matter
--   topic_id       its topic
--   outcome        what it comes to
--   kind           of its heaviest point; null = no point
--   importance     the product of its factors
--   confidence     in the sources of the weaker side
--   decided_by     the levels that can set it for the target, 省、市
--   department_b   the same of the target
create table gaps (
    gap_id        text primary key,         -- <comparison_id>, the date unless newest, <matter_id>
    comparison_id text not null references comparisons,
    matter_id     text not null references matters,
    topic_id      text references topics,
    as_of         text not null,            -- only what was in force on this day counts
    outcome       text not null check (outcome in ('differs', 'same', 'national', 'missing', 'extra', 'lapsed', 'uncollected')),
    kind          text check (kind in ('amount', 'penalty', 'deadline', 'condition', 'scope', 'actor', 'procedure', 'duty')),
    favours       text not null check (favours in ('baseline', 'target', 'neutral', 'unclear')),  -- who is better off, of those whom it affects
    ratio         real check (ratio >= 1),  -- larger over smaller of the lead tier; null = equal, a zero, or not of one base
    importance    real not null check (importance between 0 and 1),
    factors       text not null,            -- JSON list of [factor, value]; importance is their product
    confidence    real not null check (confidence between 0 and 1),
    headline      text not null,            -- one sentence of Chinese, written from this row
    summary       text not null,            -- the same in short, with years, limits and weak sources
    caveats       text not null,            -- JSON list of [whose rule, remarks]: what summary leaves out of headline
    decided_by    text not null,
    grade         text check (grade in ('closed_list', 'read_whole', 'said_so', 'searched', 'not_searched')),
                                            -- missing, extra: what the absence rests on; uncollected: whether it was looked for
    department_a  text,                     -- 归口: who answers for it in the baseline
    department_b  text,
    unique (comparison_id, matter_id, as_of)
) strict;

--   gap_id     the gap
--   side       a = baseline, b = target
--   rule_id    the rule
--   region_id  whose rule it is
create table gap_rules (                    -- the rules of a gap: those in force on its day, and its history
    gap_id    text not null references gaps,
    side      text not null check (side in ('a', 'b')),
    rule_id   text not null references rules,
    region_id text not null references regions,
    level     text not null check (level in ('own', 'upper', 'national', 'inside')),  -- seen from that side
    in_force  integer not null check (in_force in (0, 1)),  -- on the gap's day; 0 = history
    primary key (gap_id, side, rule_id)
) strict, without rowid;

--   gap_id    the gap
--   ordinal   the lead tier first; of articles what differs first, the heaviest first
--   kind      what it is about
--   relation  differs, same, or of one side alone
--   value_a   the end that is compared, in unit
--   value_b   in unit
--   unit      of the matter
--   ratio     larger over smaller; null = nothing may be divided
--   favours   as in gaps, by this point alone
--   rule_a    of the baseline; null = it has none; of two articles that answer each other both are named
--   rule_b    of the target
--   sentence  in Chinese
create table gap_points (                   -- one thing in which the rules of the two sides differ or agree
    point_id text primary key,              -- <gap_id>__<ordinal>
    gap_id   text not null references gaps,
    ordinal  integer not null,
    kind     text not null check (kind in ('amount', 'penalty', 'deadline', 'condition', 'scope', 'actor', 'procedure', 'duty')),
    relation text not null check (relation in ('differs', 'only_a', 'only_b', 'same')),
    tier     text,                          -- null = one value for all
    value_a  real,
    value_b  real,
    unit     text,
    ratio    real check (ratio >= 1),
    basis    text check (basis in ('like', 'upper_end', 'told')),  -- like with like; the most that can be had; told, not divided
    favours  text not null check (favours in ('baseline', 'target', 'neutral', 'unclear')),
    weight   integer not null check (weight between 1 and 3),  -- 3 = the lead tier
    rule_a   text references rules,
    rule_b   text references rules,
    sentence text not null,
    unique (gap_id, ordinal)
) strict;

--   point_id   the point
--   side       a = baseline, b = target
--   clause_id  where the words stand
--   end        into clauses.text
--   quote      verbatim
create table gap_point_quotes (             -- the words that prove a point
    point_id  text not null references gap_points,
    side      text not null check (side in ('a', 'b')),
    clause_id text not null references clauses,
    start     integer not null,             -- into clauses.text
    end       integer not null check (end > start),
    quote     text not null,
    primary key (point_id, side, clause_id, start)
) strict, without rowid;

--   gap_id      the gap
--   rank        likeliest first
--   clause_id   a clause of the side that is not known
--   similarity  as in alignments
--   confidence  as in alignments
create table gap_nearest (                  -- what the alignment puts nearest to a one-sided matter
    gap_id     text not null references gaps,
    rank       integer not null,
    clause_id  text not null references clauses,
    similarity real not null check (similarity between 0 and 1),
    confidence real not null check (confidence between 0 and 1),
    primary key (gap_id, rank)
) strict;

--   gap_id      the gap
--   side        a = baseline, b = target
--   department  by its present name
create table gap_departments (              -- 归口: gaps.department_a and department_b, one department a row
    gap_id     text not null references gaps,
    side       text not null check (side in ('a', 'b')),
    department text not null,
    primary key (gap_id, side, department)
) strict, without rowid;

--   document_a  of the baseline
--   document_b  of the target, its counterpart
--   side        whose article it is
--   clause_id   the article
--   account     aligned with an article of the other side, found only here, or boilerplate
create table article_accounts (             -- what became of every article of two documents that answer each other
    document_a text not null references documents,
    document_b text not null references documents,
    side       text not null check (side in ('a', 'b')),
    clause_id  text not null references clauses,
    account    text not null check (account in ('aligned', 'only_here', 'boilerplate')),
    primary key (document_a, document_b, side, clause_id)
) strict, without rowid;

--   change_id      <comparison_id>__<from_date>__<to_date>__<matter_id>
--   comparison_id  the comparison
--   matter_id      the matter
--   topic_id       its topic
--   from_date      of two dates of moments that follow each other
--   to_date        the later one
--   gap_before     null where there was none
--   gap_after      null where there is none
--   summary        one sentence of Chinese
create table gap_changes (                  -- what became of a matter from one date to the next, and which rule did it
    change_id     text primary key,
    comparison_id text not null references comparisons,
    matter_id     text not null references matters,
    topic_id      text references topics,
    from_date     text not null,
    to_date       text not null,
    change        text not null check (change in ('opened', 'widened', 'narrowed', 'closed', 'reversed', 'altered',
                                                  'lapsed', 'unknown', 'collected', 'unchanged')),  -- collected: only came into the corpus
    gap_before    text references gaps,
    gap_after     text references gaps,
    rule_id       text references rules,    -- that began or ended in between; null where none did
    summary       text not null
) strict;

--   claim_id  as in corpus/claims.toml
--   kind      a difference, a demand, a figure
--   topic_id  null = outside the topics
--   verdict   whether it held at that date
create table claims (                       -- what the 2019 paper says of policy, restated, as it stood at a date
    claim_id  text not null,
    as_of     text not null,                -- 2018-12-31 the paper's world; the later date = last check of the corpus
    section   text not null,                -- of the paper: 二(四)
    kind      text not null check (kind in ('差异', '诉求', '指标')),
    topic_id  text references topics,
    statement text not null,                -- in this project's words, the same at every date
    verdict   text not null check (verdict in ('confirmed', 'outdated', 'contradicted', 'not_provable')),
    note      text not null,                -- why, and what is not known
    favours   text check (favours in ('baseline', 'target')),  -- the side that is better off by the claim; null = it does not say
    primary key (claim_id, as_of)
) strict;

--   claim_id   the claim
--   as_of      the date of the verdict
--   clause_id  null = not a clause
--   gap_id     null = not a gap
--   search_id  null = not a search record
--   end        into clauses.text
create table claim_evidence (               -- what a verdict rests on: one of clause, gap, search record
    claim_id  text not null,
    as_of     text not null,
    ordinal   integer not null,             -- as the editor ordered it, from 1
    clause_id text references clauses,
    gap_id    text references gaps,
    search_id text references searches,
    start     integer,                      -- into clauses.text; null for gaps and search records
    end       integer,
    quote     text not null,                -- the clause's sentence verbatim, the gap's headline or the record's finding
    primary key (claim_id, as_of, ordinal),
    foreign key (claim_id, as_of) references claims (claim_id, as_of),
    check ((clause_id is not null) + (gap_id is not null) + (search_id is not null) = 1),
    check ((clause_id is null) = (start is null) and (start is null) = (end is null))
) strict;

--   indicator_id  as in corpus/indicators.toml
--   name          in Chinese
--   region_id     of which place
--   date          of the figure; the paper’s year where it names none
--   unit          as printed
--   note          in Chinese
create table indicators (                   -- the paper's figures, exactly as printed; some set against a fact's figure
    indicator_id text primary key,
    name         text not null,
    region_id    text not null references regions,
    date         text not null,
    value        real not null,             -- in unit, not converted
    unit         text not null,
    source       text not null,             -- section of the paper, or fact:<fact_id>
    note         text
) strict;

--   review_id   hash of its content
--   target_id   the pair of clauses, that and the key of a point, or rules.rule_id
--   clause_a    may be of an older build
--   clause_b    null of a rule
--   partner     the clause that answers clause_a in place of clause_b; of verdict repair only
--   note        "" = none
create table reviews (                      -- what reviewers said, from reviews.db, of any build: none is dropped
    review_id   text primary key,
    reviewed_at text not null,              -- UTC
    reviewer    text not null,              -- the name of the account
    kind        text not null check (kind in ('alignment', 'point', 'rule')),  -- of what was reviewed
    target_id   text not null,
    clause_a    text not null,
    clause_b    text,
    verdict     text not null check (verdict in ('accept', 'reject', 'repair', 'note')),  -- repair = paired anew; note = no verdict
    partner     text,
    text_hash   text not null,              -- of the texts that the reviewer saw
    note        text not null,
    state       text not null check (state in ('valid', 'stale', 'orphan')),  -- stale = a text is not as it was reviewed; orphan = a clause is not in this build
    decides     integer not null check (decides in (0, 1))  -- the newest valid verdict on its target, which wins over the machine
) strict;

-- What this database was built from: one row.
create table builds (
    build_id   text primary key,            -- sha256 of the inputs, first 16 digits
    built_from text not null,               -- JSON: input file → sha256
    counts     text not null,               -- JSON: table → rows
    evaluation text not null                -- JSON: figures noted when the models were fitted
) strict;
