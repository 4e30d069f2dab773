"""NIK at rest."""

import pytest

from tumbuh.records.errors import NikUnreadableError
from tumbuh.records.nik import decrypt_nik, encrypt_nik, index_nik, mask_nik

NIK = "9101014503240001"


def test_round_trip_and_no_trace_of_the_digits():
    stored = encrypt_nik(NIK)
    assert decrypt_nik(stored) == NIK
    assert NIK.encode() not in stored and b"910101" not in stored
    assert stored[:1] == b"\x01"


def test_the_index_is_keyed(settings):
    first = index_nik(NIK)
    assert len(first) == 32 and index_nik(NIK) == first and index_nik("9101014503240002") != first
    settings.NIK_KEY = "another key, as long as any other key may be"
    assert index_nik(NIK) != first


def test_another_key_cannot_read(settings):
    stored = encrypt_nik(NIK)
    settings.NIK_KEY = "another key, as long as any other key may be"
    with pytest.raises(NikUnreadableError) as error:
        decrypt_nik(stored)
    assert error.value.code == "NIK_UNREADABLE" and NIK not in str(error.value)


@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b"\x02" + b[1:], lambda b: b[:5] + b"\x00" + b[6:]])
def test_changed_bytes_are_found(harm):
    with pytest.raises(NikUnreadableError):
        decrypt_nik(harm(encrypt_nik(NIK)))


def test_mask():
    assert mask_nik(NIK) == "9101••••••••••01"
