"""How many people can sign in a second on one core: the password alone, and the whole sign-in with its pages."""

import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumbuh.config.settings")

TIMES = 30


def run() -> None:
    from django.conf import settings
    from django.contrib.auth.hashers import check_password
    from django.test import Client

    from tests.factories.accounts import PASSWORD, make_user
    from tests.factories.regions import make_province

    settings.MFA_ROLES = frozenset()
    user = make_user("operator", role="DESA_OPERATOR", region=make_province()["91.01.01.2001"])
    started = time.perf_counter()
    for _ in range(TIMES):
        assert check_password(PASSWORD, user.password)
    print(f"password checked (argon2id): {TIMES / (time.perf_counter() - started):.1f} a second")
    seconds = []
    for _ in range(TIMES):
        client = Client(HTTP_HOST="localhost")
        started = time.perf_counter()
        answer = client.post("/masuk", {"login": "operator", "password": PASSWORD})
        seconds.append(time.perf_counter() - started)
        assert answer.status_code == 302, answer.status_code
    print(f"whole sign-in: {1 / statistics.median(seconds):.1f} a second (median {statistics.median(seconds):.3f} s)")


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    from tumbuh.accounts.counts import OWN

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        run()
    finally:
        OWN.drop()  # the limits' own connection would keep the database from being dropped
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
