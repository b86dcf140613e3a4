# Everything a user types. `make help` lists it.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all
SHELL := /bin/sh

CORPUS    ?= corpus
KB        ?= kb.db
BUILD     ?= build
PORT      ?= 8001
REVIEWS   ?= reviews.db
REVIEWERS ?= reviewers
VERIFIED  ?= $(dir $(KB))verified.jsonl
OUT       ?= reports
AS_OF     ?=
REQUESTS  ?= 20000
CLIENTS   ?= 4
STRESS    ?= 0
SECONDS   ?= 600
TESTS     ?= tests
TARGET    ?=
NUMBER    ?=
SEED      ?= 1
ROUNDS    ?= 3
SIZES     ?= 10000 100000 1000000
SCALE_FOLDER ?=
KILLS     ?= 200
SEED      ?= 1
JOBS      ?= $(shell nproc 2>/dev/null || echo 1)
GOLD      ?= corpus/gold
GOLD_CORPUS ?= ../shared/realtext
MEASURES  ?= ../shared/gold/measures.json
VERDICTS  ?= ../shared/facts/verdicts.jsonl
LAWS      ?= laws
FETCH     ?= corpus/fetch.toml
PYTHON    ?= python3

PY        := .venv/bin/python
OPTIONS    = --corpus $(CORPUS) --build $(BUILD) --kb $(KB) --jobs $(JOBS) --reviews "$(REVIEWS)" $(if $(SCHEDULER),--scheduler $(SCHEDULER))
STAGE      = $(PY) -m pipeline
SITE      := pipeline/site
SERVE      = $(PY) -m datasette serve -i $(KB) -m $(SITE)/metadata.yaml -c $(SITE)/datasette.yaml \
             --plugins-dir $(SITE)/plugins --template-dir $(SITE)/templates --static assets:$(SITE)/static \
             $(ACCOUNTS) $(if $(PROFILE),$(shell sed -nE 's/^([a-z_.]+): *([^ \#]+).*/-s \1 \2/p' $(SITE)/$(PROFILE).yaml))
# Who may review: a file for each, named for the account, which holds the hash of its password.
ACCOUNTS   = $(if $(REVIEWS),$(addprefix -s plugins.reviews.log ,$(abspath $(REVIEWS))) $(foreach file,$(wildcard $(REVIEWERS)/*),\
             -s 'plugins.datasette-auth-passwords.$(notdir $(file))_password_hash.$$file' $(abspath $(file))))

.PHONY: all serve test lint check evaluate train background report gold-rows gap-rows bench scale load faults fuzz coverage add fetch verify digests suggest reviewer exportreviews importreviews trace clean help

# make finds the stages that are stale, and one process runs them, each in a copy of itself: most stages
# take less time than a process of their own takes to load its libraries. The plan has a line for each:
# the stage, and those whose rows it waits for; the last line, end, says that it is whole.
GOALS ?= $(KB)
all: .venv/.ready $(if $(SCHEDULER),.venv/.cluster) ## 构建知识库（默认目标）：CORPUS="corpus my" 连同自己的语料文件夹 my，SCHEDULER=tcp://… 在 Dask 集群上算
	@$(MAKE) --no-print-directory $(BUILD)/inputs.txt $(BUILD)/reviews.jsonl $(BUILD)/verified.jsonl
	@$(MAKE) --no-print-directory --dry-run PLAN=1 $(GOALS) | sed -n 's/^plan //p; $$s/.*/end/p' > $(BUILD)/plan.txt
	@test "$$(head -n 1 $(BUILD)/plan.txt | grep -vx end)" = "" || $(STAGE) build $(OPTIONS) $(BUILD)/plan.txt

serve: all                ## 构建并在本机打开知识库：http://127.0.0.1:8001（PORT=… 换端口，PROFILE=publish 按公开的网站）
	@test -z "$(PROFILE)" || test -s "$(SITE)/$(PROFILE).yaml" || { echo "错误：没有 $(SITE)/$(PROFILE).yaml；改法：make serve PROFILE=publish" >&2; exit 1; }
	@test "$(CORPUS)" != corpus || test -e "$(LAWS)" || echo "随库的是摘编；要官方原文：make fetch，再 make serve CORPUS=\"corpus $(LAWS)\""
	@echo "在浏览器中打开 http://127.0.0.1:$(PORT)/ ，按 Ctrl+C 结束"
	@exec $(SERVE) -h 127.0.0.1 -p $(PORT)

test: .venv/.dev          ## 运行全部测试：JOBS=… 换同时运行的进程数
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

lint: .venv/.dev          ## 格式、规范和类型
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

check: lint test          ## 格式、规范、类型和测试

evaluate: gold-rows gap-rows ## 用人工标注评估对齐、数量、差异和文件对：GOLD=标注文件夹 GOLD_CORPUS=所标文本的语料文件夹 MEASURES=数量标注 VERDICTS=差异判定
	@$(STAGE) evaluate $(GOLD_OPTIONS) --gold $(GOLD) --measures $(MEASURES)
	@$(STAGE) points $(GOLD_OPTIONS)
	@$(STAGE) document_pair_figures $(GOLD_OPTIONS)
	@$(STAGE) verdicts --build $(GAP_ROWS) --verdicts $(VERDICTS)

train: gold-rows          ## 用人工标注重新训练对齐、差异点和文件对的模型，写 corpus/models
	@$(STAGE) train $(GOLD_OPTIONS)
	@$(STAGE) train_points $(GOLD_OPTIONS)
	@$(STAGE) train_document_pairs $(GOLD_OPTIONS)

background: gold-rows     ## 重新统计背景词频，写 corpus/background（之后须 make train）
	@$(STAGE) reference_counts $(GOLD_OPTIONS)

GOLD_OPTIONS = --corpus $(GOLD_CORPUS) --build $(BUILD)/gold --jobs $(JOBS)
gold-rows:
	@test -d "$(GOLD)" && test -d "$(GOLD_CORPUS)" || { echo "错误：没有标注 $(GOLD) 或语料 $(GOLD_CORPUS)；改法：make … GOLD=… GOLD_CORPUS=…" >&2; exit 1; }
	@$(MAKE) --no-print-directory CORPUS="$(GOLD_CORPUS)" BUILD=$(BUILD)/gold GOALS="$(foreach noun,topics measures provisions citations reviews,$(BUILD)/gold/$(noun).jsonl)"

# Verdicts are on the bundled corpus, whichever CORPUS is being built.
GAP_ROWS = $(BUILD)$(if $(filter-out corpus,$(CORPUS)),/bundled)
gap-rows:
	@test ! -e "$(VERDICTS)" || $(MAKE) --no-print-directory CORPUS=corpus BUILD=$(GAP_ROWS) GOALS=$(GAP_ROWS)/gaps.jsonl

bench: .venv/.dev         ## 与常规做法比较速度（同一次运行中的倍数）：CORPUS=… 换语料，ROUNDS=3
	@$(MAKE) --no-print-directory GOALS="$(BUILD)/topics.jsonl $(BUILD)/tokens.jsonl"
	@PYTHONPATH=. $(PY) tests/benchmarks/bench.py $(BUILD)
	@PYTHONPATH=.:tests $(PY) tests/benchmarks/whole_build.py $(ROUNDS) $(JOBS) $(CORPUS)

scale: .venv/.dev         ## 构建随语料增长多快、多大（可能要几小时）：SIZES="10000 100000 1000000"，写 docs/scale.md
	@PYTHONPATH=.:tests $(PY) tests/benchmarks/scale.py $(BUILD)/scale $(JOBS) "$(SCALE_FOLDER)" $(GOLD_CORPUS) $(SIZES)

load: all                 ## 网站在多人同时阅读时有多快：REQUESTS=20000 CLIENTS=4；STRESS=720 至多七百二十秒，同时换库、慢读、离开、贵的查询
	@PYTHONPATH=. $(PY) tests/benchmarks/load.py $(REQUESTS) $(CLIENTS) $(STRESS) $(KB) $(SERVE)

faults: .venv/.dev        ## 故障演练：终止、断电、磁盘满、时钟不准之后，旧库还在、新库不错；KILLS=200 SEED=1，写 docs/reliability.md
	@PYTHONPATH=.:tests $(PY) tests/benchmarks/faults.py "$(SCALE_FOLDER)" $(KILLS) $(SEED)

fuzz: all .venv/.dev      ## 用有意弄坏的文件、地址、查询试错：SECONDS=600 SEED=1，TARGET=readers|hand_edited|requests|queries 只试一类，NUMBER=… 重试一个
	@PYTHONPATH=.:tests $(PY) -m fuzz $(SECONDS) $(SEED) $(BUILD) $(KB) $(JOBS) $(TARGET) $(NUMBER)

coverage: .venv/.dev      ## 测试走过 pipeline/ 的哪些行和分支：TESTS=tests 换测试
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest $(TESTS) || true
	@$(PY) -m coverage combine --quiet; $(PY) -m coverage report

add: .venv/.ready         ## 收入文件：make add FILE=文件或文件夹 REGION=地区代码（DRY=1 只试读）
	@test -n "$$FILE" || { echo "错误：没有给出文件；改法：make add FILE=文件或文件夹 REGION=地区代码" >&2; exit 1; }
	@$(STAGE) add $(OPTIONS) $(if $(REGION),--region "$(REGION)") $(if $(filter-out 0,$(DRY)),--dry-run) -- "$$FILE"

fetch: .venv/.ready       ## 取官方原文，存进 laws/：LAWS=… 换文件夹，DRY=1 只列出要取的，MIRROR=http://… 换主机，FETCH=… 换清单
	@$(STAGE) fetch $(OPTIONS) --laws "$(LAWS)" --sources "$(FETCH)" $(if $(MIRROR),--mirror "$(MIRROR)") $(if $(filter-out 0,$(DRY)),--dry-run)

verify: .venv/.ready      ## 核对摘编：所注的网页还在不在，上面有没有那个数字；VERIFIED=… 换记录文件，LIMIT=… 只问几页，FORCE=1 全部再问
	@$(STAGE) verify $(OPTIONS) --verified "$(VERIFIED)" --sources "$(FETCH)" $(if $(LIMIT),--limit "$(LIMIT)") $(if $(filter-out 0,$(FORCE)),--force)

digests: .venv/.ready     ## 由 corpus/facts 重新写出摘编及其 sha256
	@$(STAGE) digests $(OPTIONS)

suggest: .venv/.ready     ## 相近的事项：make suggest FACT=事实或条款编号；不给编号就列出没有归入事项的
	@$(STAGE) suggest $(OPTIONS) $(if $(FACT),--fact "$(FACT)")

report: all               ## 主题的 Word 简报和 Excel：make report TOPIC=主题 COMPARISON=比较 AS_OF=日期（不给主题写全部；OUT=reports，不覆盖已有的文件）
	@$(PY) -m pipeline.site.report $(KB) $(if $(TOPIC),--topic "$(TOPIC)") $(if $(COMPARISON),--comparison "$(COMPARISON)") \
		$(if $(AS_OF),--as-of "$(AS_OF)") --out "$(OUT)" --site "http://127.0.0.1:$(PORT)"

reviewer: .venv/.ready    ## 给审阅人设密码：make reviewer NAME=名字（写 reviewers/名字；已有的不改，换密码先删去）
	@test -n "$(NAME)" && echo "$(NAME)" | grep -qE '^[A-Za-z0-9-]{1,40}$$' || { echo "错误：名字“$(NAME)”不能用；改法：make reviewer NAME=字母、数字和连字符" >&2; exit 1; }
	@test ! -e "$(REVIEWERS)/$(NAME)" || { echo "错误：已有 $(REVIEWERS)/$(NAME)；改法：换密码先删去这个文件" >&2; exit 1; }
	@mkdir -p "$(REVIEWERS)" && umask 077 && $(PY) -m datasette hash-password $(if $(STDIN),--no-confirm) > "$(REVIEWERS)/.$(NAME)" \
		&& tail -n 1 "$(REVIEWERS)/.$(NAME)" > "$(REVIEWERS)/$(NAME)" && rm "$(REVIEWERS)/.$(NAME)" && echo "已写 $(REVIEWERS)/$(NAME)，重新打开网站后可以登录"

exportreviews: .venv/.ready ## 写出全部审阅，交给别处：make exportreviews FILE=审阅.jsonl
	@$(STAGE) reviews_export $(OPTIONS) $(if $(FILE),-- "$$FILE")

importreviews: .venv/.ready ## 收入别处的审阅，已有的不重收：make importreviews FILE=审阅.jsonl
	@$(STAGE) reviews_import $(OPTIONS) $(if $(FILE),-- "$$FILE")

trace:                    ## 跟踪一条条款经过的每一步：make trace CLAUSE=…
	@test -n "$(CLAUSE)" || { echo "错误：没有给出条款；改法：make trace CLAUSE=条款编号" >&2; exit 1; }
	@grep -HF '"$(CLAUSE)"' $(BUILD)/*.jsonl || echo "没有这条条款：$(CLAUSE)"

clean:                    ## 删去构建结果（不动语料）
	@rm -rf $(BUILD) $(KB) $(KB).part

help:                     ## 列出可用的命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  make \1\t/' | expand -t 22

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

.venv/.cluster: requirements-cluster.lock .venv/.ready
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.lock
	@touch $@

# What files there are, and which folders: rewritten only when that changes, so that a deleted,
# added or renamed file is noticed.
$(BUILD)/inputs.txt: $(if $(PLAN),,FORCE)
	@mkdir -p $(@D) && test -w $(@D) || { echo "错误：$(@D)：不能写；改法：改权限，或换一个可写的文件夹：make BUILD=… KB=…" >&2; exit 1; }
	@{ echo "$(CORPUS)"; find corpus $(CORPUS) -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort -u; } > $@.part
	@cmp -s $@.part $@ && rm $@.part || mv $@.part $@
	@find $$(realpath -s --relative-to=. corpus $(CORPUS) 2>/dev/null) -type f ! -name '.*' -printf '%p\t%s\t%T@\n' 2>/dev/null \
		| LC_ALL=C sort -u > $(STAMPS).part
	@cmp -s $(STAMPS).part $(STAMPS) || { LC_ALL=C comm -13 $(STAMPS) $(STAMPS).part 2>/dev/null | cut -f 1 \
		| sed -e 's/[ #:%]/\\&/g' -e 's/[$$]/&&/g' -e 's/$$/:/' > $(STAMPS).changed; \
		grep -lxF -f $(STAMPS).changed $(BUILD)/*.d 2>/dev/null | xargs rm -f; }
	@find $(BUILD) $(KB) -maxdepth 1 -type f -newer $(STAMPS).part -exec touch -r $(STAMPS).part {} + 2>/dev/null || true
	@rm -f $(STAMPS).changed && mv $(STAMPS).part $(STAMPS)
FORCE:

# Size and time of each file: make looks for newer files only, and misses one that was put back with its old time, or
# edited under a clock that was set back. The records of the stages that used a changed file are deleted, so that these
# run again. What a clock that was ahead dated in the future is dated now, or it would seem newer than what is built next.
# Where find or realpath is not GNU's there is no list, and make alone decides.
STAMPS := $(BUILD)/stamps.txt

# What reviewers said, from their log: likewise rewritten only when that changed.
$(BUILD)/reviews.jsonl: $(if $(PLAN),,FORCE) | .venv/.ready
	@mkdir -p $(@D)
	@if test -e "$(REVIEWS)"; then $(STAGE) reviews_export $(OPTIONS) --for-build -- $@.new; else : > $@.new; fi
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# What make verify found at the addresses of facts, likewise.
$(BUILD)/verified.jsonl: $(if $(PLAN),,FORCE)
	@mkdir -p $(@D)
	@if test -e "$(VERIFIED)"; then cp "$(VERIFIED)" $@.new; else : > $@.new; fi
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# Each line reads: these rows are made from those rows, by the stage of the same name. The modules and
# data files that a stage used are recorded by the stage itself, in $(BUILD)/STAGE.d, included below.
STAGES := sources documents clauses facts tokens topics measures provisions conditions citations document_pairs \
          alignments revisions validity article_points article_accounts article_matters matters rules gaps \
          article_gaps gap_changes claims database
ROWS = $(foreach stage,$(1),$(BUILD)/$(stage).jsonl)
$(BUILD)/sources.jsonl:        $(BUILD)/inputs.txt
$(BUILD)/documents.jsonl:      $(call ROWS,sources)
$(BUILD)/clauses.jsonl:        $(call ROWS,documents)
$(BUILD)/facts.jsonl:          $(call ROWS,documents clauses)
$(BUILD)/tokens.jsonl:         $(call ROWS,clauses)
$(BUILD)/topics.jsonl:         $(call ROWS,clauses facts)
$(BUILD)/measures.jsonl:       $(call ROWS,clauses)
$(BUILD)/provisions.jsonl:     $(call ROWS,tokens)
$(BUILD)/conditions.jsonl:     $(call ROWS,clauses measures provisions)
$(BUILD)/citations.jsonl:      $(call ROWS,documents clauses)
$(BUILD)/document_pairs.jsonl: $(call ROWS,tokens citations)
$(BUILD)/alignments.jsonl:     $(call ROWS,document_pairs topics measures provisions reviews)
$(BUILD)/revisions.jsonl:      $(call ROWS,document_pairs measures provisions)
$(BUILD)/validity.jsonl:       $(call ROWS,document_pairs facts citations)
$(BUILD)/article_points.jsonl: $(call ROWS,alignments)
$(BUILD)/matters.jsonl:        $(call ROWS,facts)
$(BUILD)/rules.jsonl:          $(call ROWS,matters measures reviews)
$(BUILD)/gaps.jsonl:           $(call ROWS,rules alignments)
$(BUILD)/article_accounts.jsonl: $(call ROWS,alignments)
$(BUILD)/article_matters.jsonl: $(call ROWS,article_accounts topics revisions validity)
$(BUILD)/article_gaps.jsonl:   $(call ROWS,article_matters article_points reviews)
$(BUILD)/gap_changes.jsonl:    $(call ROWS,gaps article_gaps)
$(BUILD)/claims.jsonl:         $(call ROWS,gaps facts clauses)
$(KB):                         $(call ROWS,citations conditions revisions validity gap_changes claims reviews verified)

RUN = $(if $(PLAN),plan $(1) $(basename $(notdir $(filter $(BUILD)/%.jsonl,$^))),$(STAGE) $(1) $(OPTIONS))

$(BUILD)/%.jsonl: $(BUILD)/%.d | .venv/.ready
	@$(call RUN,$*)

$(KB): $(BUILD)/database.d | .venv/.ready
	@$(call RUN,database)

# A stage without its record is run again: the records are targets by name, for make takes a missing
# file that only a pattern names as no reason to do anything.
RECORDS := $(foreach stage,$(STAGES),$(BUILD)/$(stage).d)
# One that was cut off (a power failure, a bad disk) counts as missing: its last line says that it is whole.
_ := $(if $(wildcard $(RECORDS)),$(shell grep -L '^WHOLE = yes$$' $(wildcard $(RECORDS)) | xargs rm -f))
$(RECORDS): ;
include $(wildcard $(RECORDS))
