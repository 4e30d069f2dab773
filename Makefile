# What can be called here. Everything else is in tumbuh/config/launch, which needs only python3 and the registries.
PYTHON ?= python3
LAUNCH = @exec env TUMBUH_MAKE=$$PPID $(PYTHON) -m tumbuh.config.launch

.PHONY: run test test-fast bench lock clean
.DEFAULT_GOAL := run

run:        # set up, load and start the site; DEMO=none|small|full  PORT=8000  HOST=127.0.0.1
	$(LAUNCH) run
test:       # everything: lint, types and all tests
	$(LAUNCH) test
test-fast:  # within a minute: no browser, no slow tests
	$(LAUNCH) test-fast
bench:      # the benchmarks, each with its own table
	$(LAUNCH) bench
lock:       # write requirements/*.txt anew from pyproject.toml; UPGRADE=1 takes the newest versions
	$(LAUNCH) lock
clean:      # remove what can be made again; never the database, keys or uploads
	$(LAUNCH) clean
