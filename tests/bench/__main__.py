"""`python -m tests.bench [name …]`: runs the benchmarks, modules here with a `main()`, and prints their tables."""

import importlib
import pkgutil
import sys

import tests.bench


def list_benchmarks() -> list[str]:
    names = [module.name for module in pkgutil.iter_modules(tests.bench.__path__)]
    return sorted(name for name in names if not name.startswith("_"))


if __name__ == "__main__":
    asked = sys.argv[1:] or list_benchmarks()
    for name in asked:
        importlib.import_module(f"tests.bench.{name}").main()
