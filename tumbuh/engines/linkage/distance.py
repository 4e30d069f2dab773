"""How far two texts are from each other."""


def edit_distance(one: str, two: str, limit: int) -> int:
    """Insertions, deletions, replacements, exchanges of neighbours from one to two; limit + 1 when there are more."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == two[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def count_changes(one: str, two: str) -> int:
    """The same without a limit, and with letters between two exchanged ones: as DuckDB counts."""
    far = len(one) + len(two)
    table = [[far] * (len(two) + 2) for _ in range(len(one) + 2)]
    for i in range(len(one) + 1):
        table[i + 1][1] = i
    for j in range(len(two) + 1):
        table[1][j + 1] = j
    seen: dict[str, int] = {}
    for i, left in enumerate(one, 1):
        matched = 0
        for j, right in enumerate(two, 1):
            at, back = seen.get(right, 0), matched
            if left == right:
                matched = j
            table[i + 1][j + 1] = min(
                table[i][j] + (left != right), table[i + 1][j] + 1, table[i][j + 1] + 1,
                table[at][back] + (i - at - 1) + 1 + (j - back - 1),
            )  # fmt: skip
        seen[left] = i
    return table[-1][-1]
