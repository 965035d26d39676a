# Finds its files by itself. make [release|debug|asan], make tests, make deps; see STYLE.md section 11.
MODULES = sqlite3 libpq icu-uc icu-i18n pangocairo cairo jansson libsodium xlsxwriter libzip expat libqrencode libuv zlib gmime-3.0 libical libgsf-1
CC = gcc
# Only =local: nouns are types, and a local may be called like one (rows, value, need).
WARNINGS = -Wall -Wextra -Wshadow=local -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
           -Wcast-qual -Wvla -Werror
FLAVOURS = release debug asan clang fuzz tsan
CFLAGS_release = -O2 -g
CFLAGS_debug = -O0 -g3
CFLAGS_clang = -O0
CFLAGS_tsan = -O1 -g -fsanitize=thread
CFLAGS_fuzz = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS_asan = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all release debug asan clang fuzz tsan tests benches bench bench-server bench-roster clean deps lint lint-all headers FORCE
all: release

# Headers of libraries are theirs to keep free of warnings.
LIBRARY_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(MODULES) 2>/dev/null))
LIBRARY_LIBS := $(shell pkg-config --libs $(MODULES) 2>/dev/null)
# llhttp: newer Debian has a library; Debian 12 ships its source (node-llhttp), which is not ours to keep free of
# warnings. Strict, as without it a lone CR ends a line (CVE-2023-30589).
LLHTTP_FOLDER = /usr/share/llhttp
ifeq ($(shell pkg-config --exists libllhttp 2>/dev/null && echo yes),yes)
LIBRARY_CFLAGS += $(shell pkg-config --cflags libllhttp)
LIBRARY_LIBS += $(shell pkg-config --libs libllhttp)
else
LLHTTP_SOURCES := $(wildcard $(LLHTTP_FOLDER)/*.c)
LIBRARY_CFLAGS += -isystem /usr/share/include/llhttp
endif
TEST_LIBS := $(shell pkg-config --libs cmocka 2>/dev/null || echo -lcmocka)
ifeq ($(LIBRARY_LIBS),)
ifneq ($(filter-out clean deps,$(or $(MAKECMDGOALS),all)),)
$(error Libraries are missing: run "make deps" first)
endif
endif
# Same bytes on every machine: no fused multiply-add where a compiler would like one.
BASE_CFLAGS = -std=c17 -ffp-contract=off -D_GNU_SOURCE $(WARNINGS) -pthread -Isrc $(LIBRARY_CFLAGS)
# The second compiler, which does not know =local; `make clang` is there for its warnings.
CLANG_CFLAGS = $(patsubst -Wshadow=local,-Wunreachable-code,$(BASE_CFLAGS))

SOURCES := $(sort $(shell find src -name '*.c'))
HEADERS := $(sort $(shell find src tests -name '*.h'))
MAIN := src/cli/main.c
LIBRARY_SOURCES := $(filter-out $(MAIN),$(SOURCES))
TEST_SOURCES := $(sort $(shell find tests -mindepth 2 -name '*_test.c'))
TEST_SHARED := $(sort $(wildcard tests/*.c))
GENERATORS := tools/words.c tools/embed.c tools/pages.c
TOOL_SOURCES := $(filter-out $(GENERATORS),$(sort $(wildcard tools/*.c)))
BENCH_SOURCES := $(filter-out bench/plan_bench.c,$(sort $(wildcard bench/*_bench.c)))
# Yardsticks, and what tests have too: a city of any size, requests in any number.
BENCH_SHARED := bench/bare.c bench/roster_lp.c tests/crowd.c tests/load.c tests/rosters.c
PLAN_PHASES = plan_read plan_store plan_place plan_needs plan_rosters plan_print demo_commanders demo_city demo_people \
              demo_roles demo_place demo_order demo_teams demo_plan demo_duty demo_after

# -- what is generated ------------------------------------------------------------------------------
GEN = build/gen
WORDS_ZH := $(sort $(wildcard words/zh-CN/*.words))
WORDS_EN := $(sort $(wildcard words/en/*.words))
SQL := $(sort $(wildcard sql/*.sql))
MIGRATIONS := $(sort $(wildcard sql/migrations/*.sql))
VIEWS := $(sort $(wildcard views/*.sql))
DATA := $(sort $(wildcard data/*.csv))
PAGES := $(sort $(wildcard pages/*.html pages/*.css pages/*.js))
GENERATED = $(addprefix $(GEN)/,words_data.c pages_data.c embedded_sql.c embedded_migrations.c embedded_views.c embedded_data.c)

# Keeps in a file what the variable named $(2) holds; the file is new only when that changed.
keep = @mkdir -p $(dir $(1)); echo '$($(2))' | cmp -s - $(1) || echo '$($(2))' > $(1)

EMBEDDED = $(WORDS_ZH) $(WORDS_EN) $(PAGES) $(SQL) $(MIGRATIONS) $(VIEWS) $(DATA)
$(GEN)/files: FORCE
	$(call keep,$@,EMBEDDED)
$(GEN)/%: tools/%.c $(GEN)/files
	$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 $< -o $@ $(GENERATOR_LIBS)
$(GEN)/pages: GENERATOR_LIBS = $(shell pkg-config --libs zlib)
$(GEN)/words_data.c: $(GEN)/words $(WORDS_ZH) $(WORDS_EN)
	$(GEN)/words $@ $(WORDS_ZH) -- $(WORDS_EN)
$(GEN)/pages_data.c: $(GEN)/pages $(PAGES)
	$(GEN)/pages $@ $(PAGES)
$(GEN)/embedded_sql.c: $(GEN)/embed $(SQL)
	$(GEN)/embed $@ embedded_sql $(SQL)
$(GEN)/embedded_migrations.c: $(GEN)/embed $(MIGRATIONS)
	$(GEN)/embed $@ embedded_migrations $(MIGRATIONS)
$(GEN)/embedded_views.c: $(GEN)/embed $(VIEWS)
	$(GEN)/embed $@ embedded_views $(VIEWS)
$(GEN)/embedded_data.c: $(GEN)/embed $(DATA)
	$(GEN)/embed $@ embedded_data $(DATA)

# One short line for each step; make V=1 shows the whole commands.
say = $(if $(V),,@echo '  $(1)';) 

# -- what is compiled, the same for each flavour: build/<flavour>/obj mirrors the tree ----------------
$(foreach f,$(FLAVOURS),$(eval CC_$(f) = $$(CC))$(eval COMPILE_$(f) = $$(CC) $$(BASE_CFLAGS)))
CC_clang = clang
CC_fuzz = clang
COMPILE_clang = clang $(CLANG_CFLAGS)
COMPILE_fuzz = clang $(CLANG_CFLAGS)
define flavour
OBJECTS_$(1) = $(LIBRARY_SOURCES:%.c=build/$(1)/obj/%.o) $(GENERATED:build/%.c=build/$(1)/obj/%.o) \
    $(LLHTTP_SOURCES:$(LLHTTP_FOLDER)/%.c=build/$(1)/obj/llhttp/%.o)
FLAGS_$(1) = $(COMPILE_$(1)) $(CFLAGS_$(1)) $(CFLAGS) $(LIBRARY_LIBS) $(LDFLAGS)
TESTS_$(1) = $(TEST_SOURCES:%.c=build/$(1)/%)
TOOLS_$(1) = $(TOOL_SOURCES:%.c=build/$(1)/%)
BENCHES_$(1) = $(BENCH_SOURCES:%.c=build/$(1)/%)

build/$(1)/flags: FORCE
	$$(call keep,$$@,FLAGS_$(1))
build/$(1)/files: FORCE
	$$(call keep,$$@,LIBRARY_SOURCES)
build/$(1)/obj/%.o: %.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,$$@)$(COMPILE_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -MMD -MP -c $$< -o $$@
build/$(1)/obj/tests/%.o: tests/%.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,$$@)$(COMPILE_$(1)) -Itests $(CFLAGS_$(1)) $(CFLAGS) -MMD -MP -c $$< -o $$@
build/$(1)/obj/bench/%.o: bench/%.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,$$@)$(COMPILE_$(1)) -Itests $(CFLAGS_$(1)) $(CFLAGS) -MMD -MP -c $$< -o $$@
build/$(1)/obj/gen/%.o: build/gen/%.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,$$@)$(COMPILE_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -MMD -MP -c $$< -o $$@
build/$(1)/obj/llhttp/%.o: $(LLHTTP_FOLDER)/%.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,$$@)$$(CC_$(1)) -std=c17 -w -DLLHTTP_STRICT_MODE=1 $(CFLAGS_$(1)) $(CFLAGS) $(LIBRARY_CFLAGS) -c $$< -o $$@
build/$(1)/libmuster.a: $$(OBJECTS_$(1)) build/$(1)/files
	@rm -f $$@
	$$(call say,$$@)ar rcs $$@ $$(OBJECTS_$(1))
build/$(1)/muster: build/$(1)/obj/$(MAIN:.c=.o) build/$(1)/libmuster.a
	$$(call say,$$@)$(CC_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -pthread $$^ $(LDFLAGS) $(LIBRARY_LIBS) -lm -o $$@
$$(TESTS_$(1)): build/$(1)/%: build/$(1)/obj/%.o $(TEST_SHARED:%.c=build/$(1)/obj/%.o) build/$(1)/libmuster.a
	@mkdir -p $$(@D)
	$$(call say,$$@)$(CC_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -pthread $$^ $(LDFLAGS) $(TEST_LIBS) $(LIBRARY_LIBS) -lm -o $$@
$$(BENCHES_$(1)): $(BENCH_SHARED:%.c=build/$(1)/obj/%.o)
$$(TOOLS_$(1)) $$(BENCHES_$(1)): build/$(1)/%: build/$(1)/obj/%.o build/$(1)/libmuster.a
	@mkdir -p $$(@D)
	$$(call say,$$@)$(CC_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -pthread $$(filter %.o,$$^) $$(filter %.a,$$^) $(LDFLAGS) $(LIBRARY_LIBS) -lm -o $$@
build/$(1)/bench/plan_bench: build/$(1)/obj/bench/plan_bench.o build/$(1)/obj/$(MAIN:.c=.o) build/$(1)/libmuster.a
	@mkdir -p $$(@D)
	$$(call say,$$@)$(CC_$(1)) $(CFLAGS_$(1)) $(CFLAGS) -pthread $(PLAN_PHASES:%=-Wl,--wrap=%) $$^ $(LDFLAGS) $(LIBRARY_LIBS) -lm -o $$@
ifeq ($(filter fuzz tsan,$(1)),)
$(1): build/$(1)/muster $$(TOOLS_$(1))
endif
-include $$(shell find build/$(1)/obj -name '*.d' 2>/dev/null)
endef
$(foreach f,$(FLAVOURS),$(eval $(call flavour,$(f))))
.SECONDARY:

tests: $(TESTS_asan) asan
benches: release $(BENCHES_release) build/release/bench/plan_bench
bench: benches
	bench/run.sh
bench-server: benches
	bench/server.sh
bench-roster: release build/release/bench/roster_bench
	bench/roster.sh
clang: $(TESTS_clang)
# Where threads meet. Not in ./test, as it is slow; PostgreSQL where MUSTER_TEST_PG names one.
RACES = web/server web/events store/store store/batch job/loop command/swap
tsan: $(RACES:%=build/tsan/tests/%_test) build/tsan/muster
	@for t in $(RACES); do echo "$$t"; TSAN_OPTIONS=exitcode=66 CMOCKA_MESSAGE_OUTPUT=TAP build/tsan/tests/$${t}_test || exit 1; done
# For an hour or a night: make fuzz && build/fuzz/sheet_fuzz FOLDER. Each ./test runs the seeds.
fuzz: $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
build/fuzz/%_fuzz: build/fuzz/obj/tests/fuzz/%_fuzz.o build/fuzz/libmuster.a
	$(call say,$@)clang $(CFLAGS_fuzz) -fsanitize=fuzzer $^ $(LIBRARY_LIBS) -lm -o $@

# -- the rest ---------------------------------------------------------------------------------------
clean:
	rm -rf build
deps:
	tools/deps.sh test
headers: $(HEADERS:%=build/headers/%.ok)
build/headers/%.ok: % FORCE
	@mkdir -p $(@D)
	@echo '#include "$(patsubst src/%,%,$(patsubst tests/%,%,$<))"' | \
	    $(CC) $(BASE_CFLAGS) -Itests -fsyntax-only -x c - && touch $@

# -- lint: a stamp for each source in build/lint, made anew when it, a header of it or the checks change -----
LINT_CPPCHECK = cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --error-exitcode=1 -D_GNU_SOURCE -Isrc
lint:
	@MAKEFLAGS= $(MAKE) --no-print-directory $(if $(V),V=$(V)) -j2 -k lint-all
lint-all: build/lint/cppcheck $(SOURCES:%.c=build/lint/%.ok)
build/lint/flags: FORCE
	$(call keep,$@,CLANG_CFLAGS)
build/lint/%.ok: %.c .clang-tidy build/lint/flags | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,$@)clang-tidy --quiet $< -- $(CLANG_CFLAGS) >$@.log 2>&1 || { cat $@.log; exit 1; }
	@clang $(CLANG_CFLAGS) -MM -MP -MT $@ -MF $(@:.ok=.d) $< && touch $@
build/lint/cppcheck: $(SOURCES) $(filter src/%,$(HEADERS)) Makefile
	@mkdir -p build/lint/cppcheck.d
	$(call say,$@)$(LINT_CPPCHECK) --cppcheck-build-dir=build/lint/cppcheck.d src && touch $@
-include $(shell find build/lint -name '*.d' -type f 2>/dev/null)
