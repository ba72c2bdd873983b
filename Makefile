# make build   install what is missing, build the release binary, build this repository's own site into public/
# make test    install what is missing, run every test
# make fuzz    a minute of random edits, kills and damage, each history compared with clean builds
# make bench   this generator and Hugo side by side (see Tests/Bench/README.md)
# make bench-serve   the same for the preview: from a save to its page
# make docs    write the documentation's tables anew from the sources

SWIFT ?= swift
SWIFT_NEEDED := 6.3
SITE := .build/release/site

# What the build links and reads, as Debian names it.
PACKAGES := git pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libxml2-dev libyaml-dev \
            libtomlplusplus-dev
BENCH_PACKAGES := python3 python3-venv

SOURCES := Package.swift Sources Tests

# One seed for each change, so that a failure comes again when it is looked for.
FUZZ_SEED ?= $(shell printf '%d' 0x$$(git rev-parse --short=7 HEAD 2>/dev/null || echo 1))

.PHONY: help build release test fuzz bench bench-serve docs format lint clean packages swift

help:
	@sed -n '1,/^$$/s/^# //p' Makefile

build: release
	$(SITE) build

release: packages swift
	$(SWIFT) build -c release --static-swift-stdlib --product site

test: packages swift
	$(SWIFT) test

fuzz: packages swift
	@echo "random histories from seed $(FUZZ_SEED)"
	FUZZ_SEED=$(FUZZ_SEED) FUZZ_SECONDS=15 SITE_FUZZ_SEED=$(FUZZ_SEED) SITE_FUZZ_SECONDS=30 \
	    $(SWIFT) test --no-parallel --filter FuzzTests

bench: release
	@Tests/Scripts/install-packages $(BENCH_PACKAGES)
	python3 Tests/Bench/bench.py --site $(SITE) $(BENCH)

bench-serve: release
	@Tests/Scripts/install-packages $(BENCH_PACKAGES) wrk
	python3 Tests/Bench/serve.py --site $(SITE) $(BENCH)

# The tables of the documentation that are written from the sources.
docs: packages swift
	SITE_UPDATE_SNAPSHOTS=1 $(SWIFT) test --filter HouseTests

format: swift
	$(SWIFT) format format --in-place --parallel --recursive $(SOURCES)

lint: swift
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

clean:
	rm -rf .build public .site

packages:
	@Tests/Scripts/install-packages $(PACKAGES)

swift:
	@command -v $(SWIFT) >/dev/null || { \
	    echo "error: '$(SWIFT)' is not on the path; Swift $(SWIFT_NEEDED) is needed: https://www.swift.org/install/" >&2; \
	    exit 3; }
	@found=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1); \
	oldest=$$(printf '%s\n%s\n' "$$found" "$(SWIFT_NEEDED)" | sort -V | head -n 1); \
	[ "$$oldest" = "$(SWIFT_NEEDED)" ] || { \
	    echo "error: Swift $(SWIFT_NEEDED) is needed, '$(SWIFT)' is $${found:-of an unknown version}" >&2; \
	    exit 3; }
