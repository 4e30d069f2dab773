"""The things that the cells ask for: a child and an import in each desa, somebody for each role."""

from collections.abc import Callable
from datetime import date, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.documents import make_document
from tests.factories.partners import make_partnerships
from tests.factories.programme import NOTE, make_duty, make_evidence, make_note, make_obligation
from tests.factories.records import make_staged, save_rows
from tests.factories.regions import make_province
from tests.factories.targets import make_targets
from tests.spec.authorisation.table import VISITOR, list_holders
from tumbuh.accounts.api import AccountBatch
from tumbuh.activities.models import Activity, FollowUp, Photo
from tumbuh.documents.api import DocumentBatch
from tumbuh.intake.api import Import, State
from tumbuh.records.models import DuplicateCandidate, Measurement, Person, PersonMerge
from tumbuh.regions.api import Level, Region
from tumbuh.verification.api import GROWTH, CellReturn, Move, Package, Step, Tier, submit_item
from tumbuh.verification.api import State as PackageState


class World:
    """A province with one thing of each kind in each desa; `users` by (role, region code)."""

    def __init__(self) -> None:
        self.sessions: dict[int, SimpleCookie] = {}  # of those who signed in already, by user number
        self.regions = make_province()
        regulation = make_targets("91")
        make_note(regulation)
        duty = make_duty(regulation)
        make_cells(self.regions)
        uploader = make_user("pengunggah")
        desa = [region for region in self.regions.values() if region.level == Level.DESA]
        save_rows(*(make_staged(f"ANAK {place.code}", desa_id=place.pk) for place in desa))
        self.children = {person.desa.code: person for person in Person.objects.select_related("desa")}
        self.imports = {place.code: make_import(uploader, place) for place in desa}
        self.cells = {place.code: make_cell(uploader, place) for place in desa}
        self.pairs = {code: make_double(child) for code, child in self.children.items()}
        keeper = make_user("penyimpan", role="PROVINSI_ADMIN", region=self.regions["91"])
        self.documents = {place.code: make_document(keeper, place) for place in desa}
        self.merges = {place.code: make_merge(keeper, self.children[place.code]) for place in desa}
        self.upload = DocumentBatch.objects.create(by=keeper, name="dokumen.zip")
        self.obligations = {place.code: make_obligation(duty, place) for place in desa}
        self.evidence = {place.code: make_evidence(uploader, place) for place in desa}
        self.activities = {place.code: make_activity(uploader, place) for place in desa}
        self.accounts = {
            place.code: make_user(f"operator-{place.code}", role="DESA_OPERATOR", region=place) for place in desa
        }
        self.batch = AccountBatch.objects.create(made_by=uploader, file_name="akun.xlsx", counts={})
        self.partnerships = {
            (place.code, slug): entry for place in desa for slug, entry in make_partnerships(keeper, place).items()
        }
        self.users = {
            (role, held_at): AnonymousUser()
            if role == VISITOR
            else make_user(f"{role}-{held_at}", role=role, region=self.regions[held_at])
            for role, held_at in list_holders()
        }

    def fill(self, route: str, about: str, place: str) -> str:
        """The address with the thing at that place in it."""
        things: dict[str, Callable[[], Any]] = {
            "<str:code>": lambda: place,
            "<uuid:public_id>": lambda: self.children[place].public_id,
            "<uuid:candidate_id>": lambda: self.pairs[place].public_id,
            "<uuid:merge_id>": lambda: self.merges[place].public_id,
            "<int:account_id>": lambda: self.accounts[place].pk,
            "<int:held_id>": lambda: self.accounts[place].assignments.get().pk,
            "<uuid:batch_id>": lambda: self.batch.pk,
            "<str:token>": lambda: "A" * 43,
            "<uuid:import_id>": lambda: self.imports[place].pk,
            "<uuid:cell_id>": lambda: self.cells[place].public_id,
            "<uuid:document_id>": lambda: self.documents[place].public_id,
            "<uuid:upload_id>": lambda: self.upload.public_id,
            "<uuid:activity_id>": lambda: self.activities[place].public_id,
            "<uuid:photo_id>": lambda: self.activities[place].photos.get().public_id,
            "<uuid:follow_up_id>": lambda: self.activities[place].follow_ups.get().public_id,
            "<uuid:entry_id>": lambda: self.partnerships[place, route.split("/")[1]].public_id,
            "<int:membership_id>": lambda: self.partnerships[place, "jejaring"].pk,
            "<int:institution_id>": lambda: self.partnerships["91.01.01.2001", "jejaring"].institution_id,
            "<slug:event>": lambda: "keterangan",
            "<slug:indicator>": lambda: "stunting",
            "<slug:chosen>": lambda: "aksi-bangda-29",
            "<uuid:notice_id>": uuid4,  # nobody's: everybody has only their own
            "<month:month>": lambda: "2026-09",
            "<int:number>": lambda: 1,
            "<int:pk>": lambda: 1,
            "<int:obligation_id>": lambda: self.obligations[place].pk,
            "<slug:source>": lambda: "document",
            "<uuid:subject_id>": lambda: self.evidence[place].public_id,
            "<str:clause>": lambda: "PS3.uji",
            "<slug:note>": lambda: NOTE,
            "<slug:name>": lambda: "dtsen",
            "<slug:institution>": lambda: "dinas",
            "<int:year>": lambda: 2026,
            "<slug:provider_id>": lambda: "sso",
        }
        for name, find in things.items():
            if name in route:
                route = route.replace(name, str(find()))
        assert "<" not in route, f"{route}: say in world.py what to put in"
        return f"/{route}"


def make_double(child: Person) -> DuplicateCandidate:
    """The child written a second time, and the question whether they are one."""
    named = {"name": child.name, "name_key": child.name_key, "sex": child.sex, "birth_date": child.birth_date}
    other = Person.objects.create(
        desa_id=child.desa_id, registered_on=child.registered_on, batch_id=child.batch_id, **named
    )
    return DuplicateCandidate.objects.create(
        one=child, other=other, probability="0.9", levels={"name": "same"}, fingerprint=b"0" * 32
    )


def make_merge(user: Any, child: Person) -> PersonMerge:
    """Somebody who was taken into the child; the matrix never gives the reason without which nothing is taken back."""
    return PersonMerge.objects.create(
        kept_key=child.pk, absorbed_key=child.pk + 10**9, desa_id=child.desa_id, absorbed_desa_id=child.desa_id,
        content={"moved": [], "aside": []}, reason="satu anak", merged_by=user,
    )  # fmt: skip


def make_cell(user: Any, desa: Region) -> CellReturn:
    """A measurement's weight, sent back to that desa."""
    held = {
        "source": PackageState.SUBMITTED,
        "target": PackageState.RETURNED_DESA,
        "move": Move.RETURN,
        "tier": Tier.KECAMATAN,
    }
    package = Package.objects.create(
        region=desa, month=date(2026, 3, 1), data_set=GROWTH, state=PackageState.RETURNED_DESA, is_whole_open=False
    )
    step = Step.objects.create(package=package, by=user, reason="periksa", **held)
    visit = Measurement.objects.get(desa=desa)
    return CellReturn.objects.create(
        package=package, step=step, object_kind="measurement", object_id=visit.pk, field="weight_kg", reason="jump"
    )


def make_activity(user: Any, desa: Region) -> Activity:
    """A rembuk of that desa, held, with a photo and a follow-up; it waits for the kecamatan."""
    start = timezone.now() - timedelta(days=2)
    held = Activity.objects.create(
        kind="REMBUK_STUNTING", title="Rembuk", region=desa, starts_at=start, ends_at=start + timedelta(hours=2),
        state="HELD", planned_by=user,
    )  # fmt: skip
    kept = {"image": "activities/tidak-ada.jpg", "width": 1, "height": 1, "sha256": "0" * 64, "added_by": user}
    Photo.objects.create(activity=held, caption="foto", **kept)
    FollowUp.objects.create(activity=held, text="mendata", owner_name="PKK", due_on=date(2026, 12, 1))
    submit_item(by=user, kind="ACTIVITY", subject_id=held.public_id, region=desa)
    return held


def make_import(user: Any, region: Region) -> Import:
    """An import of that desa which waits for a decision; nobody of the matrix uploaded it."""
    return Import.objects.create(
        source="eppgbm", state=State.PREVIEW, by=user, region=region, file_name="berkas.xlsx", stored_as="tidak-ada",
        sha256="0" * 64, size_bytes=1, columns={"sheets": []}, counts={"rows": 0, "needs_review": 0},
    )  # fmt: skip
