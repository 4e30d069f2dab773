"""How long the whole trail takes to check, from its first event to its last.

`TUMBUH_BENCH_EVENTS` says how many events (1,000,000 unless told); the promise is 10,000,000 within 60 s. In a
database of its own that is dropped afterwards. Events and links are made by SQL of their own, so that the check is
held against a chain that its own code did not write.
"""

import os
import resource
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")

ROUNDS = 3
FILL = """
alter table audit_event disable trigger user;
alter table audit_link disable trigger user;
truncate audit_event, audit_link;
insert into audit_event (recorded_at, actor_id, actor_name, role, action, object_kind, object_id, region_id,
    before, after, reason)
select now(), n %% 5000, 'operator-' || n %% 5000, 'DESA_OPERATOR', 'records.child.read', 'person', md5(n::text),
    9101012001, null, case when n %% 3 = 0 then jsonb_build_object('rows', n, 'region', '91.01') end, ''
from generate_series(1, %s) n;
"""
CHAIN = """
do $$
declare
    e audit_event; number bigint := 0; last bytea := decode(repeat('00', 32), 'hex'); next bytea;
begin
    for e in select * from audit_event order by id loop
        number := number + 1;
        next := sha256(last || convert_to(json_build_array(number, e.id,
            (extract(epoch from e.recorded_at) * 1000000)::bigint, e.actor_id, e.actor_name, e.role, e.action,
            e.object_kind, e.object_id, e.region_id, e.before::text, e.after::text, e.reason)::text, 'UTF8'));
        insert into audit_link values (number, e.id, last, next);
        last := next;
    end loop;
end $$;
alter table audit_event enable trigger user;
alter table audit_link enable trigger user;
analyze audit_event; analyze audit_link;
"""


def fill_trail(events: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FILL, [events])
        cursor.execute(CHAIN)


def time_check(folder: Path, events: int) -> float:
    from tumbuh.audit.api import verify_trail

    started = time.perf_counter()
    verdict = verify_trail(folder=folder, key="bench")
    assert (verdict.checked, verdict.problem) == (events, None)
    return time.perf_counter() - started


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    events = int(os.environ.get("TUMBUH_BENCH_EVENTS", "1000000"))
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill_trail(events)
        with TemporaryDirectory() as folder:
            seconds = [time_check(Path(folder), events) for _ in range(ROUNDS)]
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    shown = ", ".join(f"{each:.1f}" for each in seconds)
    print(f"{events} events checked in {shown} s (median {statistics.median(seconds):.1f} s), {peak} MB in the process")


if __name__ == "__main__":
    main()
