# Everything a user types. `make help` lists it.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all
SHELL := /bin/sh

CORPUS    ?= corpus
KB        ?= kb.db
BUILD     ?= build
PORT      ?= 8001
REQUESTS  ?= 20000
CLIENTS   ?= 4
JOBS      ?= $(shell nproc 2>/dev/null || echo 1)
GOLD      ?= corpus/gold
GOLD_CORPUS ?= ../shared/realtext
MEASURES  ?= ../shared/gold/measures.json
PYTHON    ?= python3

PY        := .venv/bin/python
OPTIONS    = --corpus $(CORPUS) --build $(BUILD) --kb $(KB) --jobs $(JOBS)
STAGE      = $(PY) -m pipeline
SITE      := pipeline/site
SERVE      = $(PY) -m datasette serve -i $(KB) -m $(SITE)/metadata.yaml -c $(SITE)/datasette.yaml \
             --plugins-dir $(SITE)/plugins --template-dir $(SITE)/templates --static assets:$(SITE)/static \
             $(if $(PROFILE),$(shell sed -nE 's/^([a-z_.]+): *([^ \#]+).*/-s \1 \2/p' $(SITE)/$(PROFILE).yaml))

# The modules that each stage is made of, beside its own.
NOUNS     := pipeline/records.py pipeline/findings.py pipeline/errors.py pipeline/rows.py pipeline/workspace.py pipeline/__main__.py requirements.lock
TABLES    := pipeline/tables.py
REGIONS   := pipeline/regions.py corpus/regions.toml $(TABLES)
TAXONOMY  := pipeline/taxonomy.py corpus/topics.toml pipeline/text.py $(TABLES)
LEXICON   := pipeline/lexicon.py $(wildcard corpus/lexicon/*) pipeline/text.py $(TABLES)
METADATA  := pipeline/metadata.py pipeline/titles.py pipeline/patterns.py corpus/patterns/citations.toml pipeline/enclosures.py pipeline/issuance.py pipeline/mastheads.py pipeline/title_lines.py pipeline/signatures.py pipeline/printed.py pipeline/dates.py pipeline/docnumbers.py corpus/patterns/metadata.toml
FORMATS   := $(wildcard pipeline/formats/*.py) pipeline/settings.py pipeline/settings.toml corpus/patterns/pages.toml
MARKERS   := pipeline/markers.py pipeline/numerals.py pipeline/text.py
OUTLINE   := pipeline/outline.py pipeline/layout.py pipeline/lines.py pipeline/contents.py pipeline/cuts.py pipeline/endings.py pipeline/attachments.py pipeline/sequence.py pipeline/cells.py $(MARKERS)
FACTFILES := pipeline/factfiles.py
COMPARED  := pipeline/comparisons.py corpus/comparisons.toml
FORCE     := pipeline/force.py
NATURES   := pipeline/natures.py corpus/natures.toml
PAIRED    := pipeline/expertpairs.py corpus/pairs.toml
DATED     := pipeline/docnumbers.py pipeline/dates.py pipeline/numerals.py pipeline/text.py
CITED     := pipeline/titles.py pipeline/mentions.py pipeline/listings.py pipeline/places.py pipeline/addresses.py pipeline/catalogue.py pipeline/patterns.py pipeline/cells.py $(FORCE) corpus/patterns/citations.toml $(DATED)
SETTINGS  := pipeline/settings.py pipeline/settings.toml
PATTERNS  := $(wildcard corpus/patterns/*.jsonl)
MATCHING  := pipeline/matcher.py pipeline/likeness.py pipeline/standing.py pipeline/matrices.py pipeline/sheets.py pipeline/passages.py pipeline/readings.py pipeline/background.py pipeline/classes.py pipeline/features.py pipeline/numerals.py corpus/gold/model.json corpus/patterns/classes.toml $(wildcard corpus/background/*)
NLP       := pipeline/nlp.py $(PATTERNS)

.PHONY: all serve test lint check evaluate train background gold-rows bench load add digests trace clean help
all: $(KB)                ## 构建知识库（默认目标）

serve: $(KB)              ## 构建并在本机打开知识库：http://127.0.0.1:8001（PORT=… 换端口，PROFILE=publish 按公开的网站）
	@test -z "$(PROFILE)" || test -s "$(SITE)/$(PROFILE).yaml" || { echo "错误：没有 $(SITE)/$(PROFILE).yaml；改法：make serve PROFILE=publish" >&2; exit 1; }
	@echo "在浏览器中打开 http://127.0.0.1:$(PORT)/ ，按 Ctrl+C 结束"
	@exec $(SERVE) -h 127.0.0.1 -p $(PORT)

test: .venv/.dev          ## 运行全部测试
	@$(PY) -m pytest

lint: .venv/.dev          ## 格式、规范和类型
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

check: lint test          ## 格式、规范、类型和测试

evaluate: gold-rows       ## 用人工标注评估对齐：GOLD=标注文件夹 GOLD_CORPUS=所标文本的语料文件夹
	@$(STAGE) evaluate $(GOLD_OPTIONS) --gold $(GOLD) --measures $(MEASURES)

train: gold-rows          ## 用人工标注重新训练对齐和差异种类的模型，写 corpus/gold/model.json、kinds.json
	@$(STAGE) train $(GOLD_OPTIONS)

background: gold-rows     ## 重新统计背景词频，写 corpus/background（之后须 make train）
	@$(STAGE) background $(GOLD_OPTIONS)

GOLD_OPTIONS = --corpus $(GOLD_CORPUS) --build $(BUILD)/gold --jobs $(JOBS)
gold-rows:
	@test -d "$(GOLD)" && test -d "$(GOLD_CORPUS)" || { echo "错误：没有标注 $(GOLD) 或语料 $(GOLD_CORPUS)；改法：make … GOLD=… GOLD_CORPUS=…" >&2; exit 1; }
	@$(MAKE) --no-print-directory CORPUS="$(GOLD_CORPUS)" BUILD=$(BUILD)/gold $(foreach noun,topics measures provisions conditions,$(BUILD)/gold/$(noun).jsonl)

bench: .venv/.dev         ## 与常规做法比较速度（同一次运行中的倍数）：CORPUS=… 换语料
	@$(MAKE) --no-print-directory $(BUILD)/topics.jsonl $(BUILD)/tokens.jsonl
	@PYTHONPATH=. $(PY) tests/bench.py $(BUILD)

load: $(KB)               ## 网站在多人同时阅读时有多快：REQUESTS=20000 CLIENTS=4
	@PYTHONPATH=. $(PY) tests/load.py $(REQUESTS) $(CLIENTS) $(KB) $(SERVE)

add: .venv/.ready         ## 收入文件：make add FILE=文件或文件夹 REGION=地区代码（DRY=1 只试读）
	@test -n "$$FILE" || { echo "错误：没有给出文件；改法：make add FILE=文件或文件夹 REGION=地区代码" >&2; exit 1; }
	@$(STAGE) add $(OPTIONS) $(if $(REGION),--region "$(REGION)") $(if $(filter-out 0,$(DRY)),--dry-run) -- "$$FILE"

digests: .venv/.ready     ## 由 corpus/facts 重新写出摘编及其 sha256
	@$(STAGE) digests $(OPTIONS)

trace:                    ## 跟踪一条条款经过的每一步：make trace CLAUSE=…
	@test -n "$(CLAUSE)" || { echo "错误：没有给出条款；改法：make trace CLAUSE=条款编号" >&2; exit 1; }
	@grep -HF '"$(CLAUSE)"' $(BUILD)/*.jsonl || echo "没有这条条款：$(CLAUSE)"

clean:                    ## 删去构建结果（不动语料和评议）
	@rm -rf $(BUILD) $(KB) $(KB).part

help:                     ## 列出可用的命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  make \1\t/' | expand -t 18

# The environment comes from the lock, with hashes; nothing is installed outside this folder.
.venv/.ready: requirements.lock
	@echo "正在建立运行环境（首次约一分钟）…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "错误：$(PYTHON) 低于 3.11；改法：make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv || { echo "错误：不能建立 .venv；改法：安装 Python 的 venv 模块（Debian：apt install python3-venv）" >&2; rm -rf .venv; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# What files there are, and which folders: rewritten only when that changes, so that a deleted,
# added or renamed file is noticed.
$(BUILD)/inputs.txt: FORCE
	@mkdir -p $(@D)
	@{ echo "$(CORPUS)"; find corpus $(CORPUS) -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort -u; } > $@.part
	@cmp -s $@.part $@ && rm $@.part || mv $@.part $@
FORCE:

TEXTS = $(shell find $(CORPUS) -type f ! -name '.*' 2>/dev/null)

# Each line reads: this file is made from those files, by the module of the same name.
$(BUILD)/sources.jsonl:    $(BUILD)/inputs.txt $(TEXTS) pipeline/sources.py $(FORMATS) $(MARKERS) $(REGIONS) $(NOUNS)
$(BUILD)/documents.jsonl:  $(BUILD)/sources.jsonl pipeline/documents.py pipeline/shapes.py $(FORMATS) $(METADATA) $(OUTLINE) $(TABLES) $(NOUNS)
$(BUILD)/clauses.jsonl:    $(BUILD)/documents.jsonl pipeline/clauses.py $(OUTLINE) $(NOUNS)
$(BUILD)/facts.jsonl:      $(BUILD)/clauses.jsonl $(BUILD)/documents.jsonl pipeline/facts.py $(FACTFILES) $(NOUNS)
$(BUILD)/tokens.jsonl:     $(BUILD)/clauses.jsonl pipeline/tokens.py $(LEXICON) $(NOUNS)
$(BUILD)/topics.jsonl:     $(BUILD)/facts.jsonl $(BUILD)/clauses.jsonl pipeline/topics.py $(FACTFILES) $(TAXONOMY) $(REGIONS) $(NOUNS)
$(BUILD)/measures.jsonl:   $(BUILD)/clauses.jsonl pipeline/measures.py pipeline/quantities.py pipeline/bounds.py pipeline/roles.py pipeline/cells.py pipeline/numerals.py pipeline/text.py corpus/patterns/measures.toml $(TABLES) $(NOUNS)
$(BUILD)/provisions.jsonl: $(BUILD)/tokens.jsonl pipeline/provisions.py $(NLP) $(LEXICON) $(NOUNS)
$(BUILD)/conditions.jsonl: $(BUILD)/clauses.jsonl $(BUILD)/measures.jsonl $(BUILD)/provisions.jsonl pipeline/conditions.py pipeline/steps.py pipeline/text.py corpus/patterns/conditions.toml $(TABLES) $(NOUNS)
$(BUILD)/document_pairs.jsonl: $(BUILD)/tokens.jsonl $(BUILD)/documents.jsonl pipeline/document_pairs.py $(MATCHING) $(COMPARED) $(SETTINGS) $(LEXICON) $(REGIONS) $(NOUNS)
$(BUILD)/alignments.jsonl: $(BUILD)/document_pairs.jsonl $(BUILD)/topics.jsonl $(BUILD)/measures.jsonl $(BUILD)/provisions.jsonl pipeline/alignments.py pipeline/units.py pipeline/counterparts.py pipeline/diffs.py $(MATCHING) $(COMPARED) $(PAIRED) $(SETTINGS) $(LEXICON) $(REGIONS) $(NOUNS)
$(BUILD)/revisions.jsonl:  $(BUILD)/document_pairs.jsonl $(BUILD)/measures.jsonl $(BUILD)/provisions.jsonl pipeline/revisions.py pipeline/diffs.py $(MATCHING) $(SETTINGS) $(LEXICON) $(NOUNS)
$(BUILD)/citations.jsonl:  $(BUILD)/clauses.jsonl $(BUILD)/documents.jsonl pipeline/citations.py $(CITED) $(REGIONS) $(NOUNS)
$(BUILD)/validity.jsonl:   $(BUILD)/document_pairs.jsonl $(BUILD)/facts.jsonl $(BUILD)/citations.jsonl pipeline/validity.py pipeline/terms.py pipeline/effects.py pipeline/markers.py corpus/validity.toml corpus/validity_rules.toml corpus/patterns/validity.toml $(CITED) $(REGIONS) $(NOUNS)
$(BUILD)/gaps.jsonl:       $(BUILD)/alignments.jsonl $(BUILD)/validity.jsonl $(BUILD)/conditions.jsonl $(BUILD)/measures.jsonl $(BUILD)/provisions.jsonl $(BUILD)/topics.jsonl pipeline/gaps.py pipeline/evidence.py pipeline/absences.py pipeline/differences.py pipeline/contrasts.py pipeline/contexts.py pipeline/severities.py pipeline/instruments.py pipeline/stacks.py pipeline/summaries.py pipeline/kinds.py corpus/gold/kinds.json pipeline/passages.py pipeline/classes.py pipeline/background.py pipeline/numerals.py corpus/patterns/classes.toml $(wildcard corpus/background/*) $(FORCE) $(NATURES) $(FACTFILES) $(TAXONOMY) $(LEXICON) $(COMPARED) $(PAIRED) $(SETTINGS) $(REGIONS) pipeline/features.py $(NOUNS)
$(BUILD)/gap_changes.jsonl: $(BUILD)/gaps.jsonl $(BUILD)/validity.jsonl pipeline/gap_changes.py pipeline/severities.py pipeline/contrasts.py $(FORCE) $(SETTINGS) $(NOUNS)

$(BUILD)/%.jsonl: | .venv/.ready
	@$(STAGE) $* $(OPTIONS)
	@touch $@

$(KB): $(BUILD)/citations.jsonl $(BUILD)/conditions.jsonl $(BUILD)/revisions.jsonl $(BUILD)/gap_changes.jsonl pipeline/gap_tables.py pipeline/build_changes.py $(FORCE) $(NATURES) $(BUILD)/claims.jsonl corpus/indicators.toml pipeline/claims.py $(BUILD)/gaps.jsonl $(BUILD)/facts.jsonl pipeline/database.py pipeline/numbering.py pipeline/lines.py $(MARKERS) $(MATCHING) corpus/gold/figures.json pipeline/schema.sql pipeline/views.sql pipeline/checks.sql $(SITE)/zhfts.py $(FACTFILES) $(TAXONOMY) $(REGIONS) $(COMPARED) | .venv/.ready
	@$(STAGE) database $(OPTIONS)
$(BUILD)/claims.jsonl:     $(BUILD)/gaps.jsonl $(BUILD)/facts.jsonl $(BUILD)/clauses.jsonl pipeline/claims.py corpus/claims.toml $(FACTFILES) $(TAXONOMY) $(REGIONS) $(NOUNS)
