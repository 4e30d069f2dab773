"""An import from one room to another goes to that room's door, `api.py`."""

from tests.architecture.house import PACKAGE, list_imports, list_rooms, list_sources, room_of

# Rooms without a door: plain libraries whose folders are doors themselves, and the frame of all pages.
OPEN = {"lib", "engines", "config"}
DJANGO_LOOKS_THERE = {"tumbuh.accounts.passwords"}


def leads_inside(importer: str, name: str) -> bool:
    parts = name.split(".")
    if parts[0] != "tumbuh" or len(parts) < 2 or parts[1] == "__version__":
        return False
    room = parts[1]
    return room != importer and room not in OPEN and (len(parts) < 3 or parts[2] != "api")


def test_rooms_are_entered_by_their_door():
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in list_sources(PACKAGE)
        for line, name in list_imports(path)
        if leads_inside(room_of(path), name)
    ]
    assert wrong == []


def test_each_room_with_a_door_says_what_it_gives():
    for room in list_rooms():
        door = PACKAGE / room / "api.py"
        if door.exists():
            assert "__all__" in door.read_text(), f"{room}/api.py has no __all__"


def test_engines_are_entered_by_their_door():
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in list_sources(PACKAGE)
        for line, name in list_imports(path)
        if name.startswith("tumbuh.engines.") and enters_engine_sideways(path, name)
    ]
    assert wrong == []


def enters_engine_sideways(path, name: str) -> bool:
    engine = name.split(".")[2]
    own = path.relative_to(PACKAGE).parts[:2] == ("engines", engine)
    has_door = (PACKAGE / "engines" / engine / "api.py").exists()
    return has_door and not own and name.split(".")[3:4] != ["api"]
