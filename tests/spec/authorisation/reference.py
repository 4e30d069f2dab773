"""The page `docs/reference/authorisation.md`, written from the matrix by `tumbuh docs build`."""

from tests.spec.authorisation.table import read_matrix

INTRO = """# Authorisation: who reaches what

Generated from `tests/spec/authorisation/matrix.yaml`; do not edit here. The tests ask every address with every method
as every role, at every level at which the role can be held and in every relation to the thing asked for; an address
that is not declared fails them. Whoever is not let in finds what they would find if there were nothing: 404. Visitors
are sent to sign in. Behind the pages PostgreSQL itself keeps the same bounds, see [scope](../explanation/scope.md).

Relations, seen from the region for which the role is held: *own* the thing lies in that region, *child* in one below
it, *parent* in the one above, *sibling* in or below another with the same parent, *other* in another kabupaten, *none*
the address is about no region.
"""


def write_reference() -> str:
    """The page in Markdown."""
    matrix = read_matrix()
    return "\n\n".join([INTRO, "## Addresses", *list_routes(matrix), "## Rules", *list_rules(matrix)]) + "\n"


def list_routes(matrix: dict) -> list[str]:
    rows = ["| address | method: rule | about |", "| --- | --- | --- |"]
    for name, route in matrix["routes"].items():
        methods = ", ".join(f"{method}: {rule}" for method, rule in route["methods"].items())
        about = f"{route['about']} ({route.get('at', 'DESA').lower()})" if "about" in route else ""
        rows.append(f"| `/{name}` | {methods} | {about} |")
    return ["\n".join(rows)]


def list_rules(matrix: dict) -> list[str]:
    rows = ["| rule | role | let in at |", "| --- | --- | --- |"]
    for name, rule in matrix["rules"].items():
        rows += [f"| {name} | {role} | {', '.join(relations)} |" for role, relations in rule.items()]
        if not rule:
            rows.append(f"| {name} | nobody | |")
    return ["\n".join(rows)]
