"""`make bench`: prints every figure as a Markdown table for docs/performance.md."""

import platform
import sys
from datetime import UTC, datetime

from tests.bench import medicines, paper, rules, screen, startup, store
from tests.bench.figures import HEADER


def main() -> int:
    """Run all benches; exit code 1 when a target is missed."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(HEADER)
    missed = 0
    for part in (startup, store, medicines, rules, screen, paper):
        for figure in part.figures():
            print(figure.line(), flush=True)
            missed += figure.met is False
    return 1 if missed else 0


sys.exit(main())
