"""`./run proof`: nothing lifted twice, no sale lost, books equal, whatever is killed or cut. The last line is JSON."""

import argparse
import json
import random
import signal
import sys
from pathlib import Path


def main() -> None:
    """Run it; exit 1 on any violation."""
    said = argparse.ArgumentParser(prog="./run proof", description=__doc__)
    said.add_argument("--operations", type=int, default=100_000)
    said.add_argument("--seed", type=int, default=0, help="of what the clients choose; 0: by chance")
    said.add_argument("--history", type=Path, help="keep every call here, a JSON line each")
    said.add_argument("--kills", type=int, default=0, help="of the server, and as many of PostgreSQL")
    said.add_argument("--lanes", type=int, default=2)
    asked = said.parse_args()
    # Ended from outside, it still takes its server and database with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    from tests.proof.run import prove

    seed = asked.seed or random.SystemRandom().randrange(1, 1_000_000)
    seen = prove(
        operations=asked.operations, seed=seed, kills=asked.kills, lanes=asked.lanes, keep=asked.history
    )
    print(json.dumps({**seen, "seed": seed}))
    sys.exit(1 if seen["violations"] else 0)


if __name__ == "__main__":
    main()
