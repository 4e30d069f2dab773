"""Photos drawn anew: nothing of the file but the picture, upright; anything else is refused."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.factories.activities import make_photo
from tumbuh.lib.photos import NoPictureError, redraw_photo


def write(image: Image.Image, kind: str, **options) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_format_becomes_a_jpeg(kind):
    picture = redraw_photo(write(Image.new("RGB", (300, 200), (9, 99, 199)), kind))
    assert (picture.width, picture.height) == (300, 200) and picture.data.startswith(b"\xff\xd8")
    with Image.open(BytesIO(picture.data)) as again:
        red, green, blue = again.convert("RGB").getpixel((100, 100))
        assert abs(red - 9) < 9 and abs(green - 99) < 9 and abs(blue - 199) < 9


def test_what_the_camera_wrote_is_left_behind():
    data = make_photo() + b"<script>alert(1)</script>"
    picture = redraw_photo(data)
    assert b"KAMERA" in data and b"KAMERA" not in picture.data and b"script" not in picture.data
    with Image.open(BytesIO(picture.data)) as again:
        assert dict(again.getexif()) == {} and "icc_profile" not in again.info


def test_turned_as_the_camera_says_before_that_is_forgotten():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = redraw_photo(write(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert (picture.width, picture.height) == (20, 40)


@pytest.mark.parametrize(("size", "kept"), [((4000, 1000), (1600, 400)), ((1000, 4000), (400, 1600)), ((5, 5), (5, 5))])
def test_no_side_is_longer_than_asked(size, kept):
    picture = redraw_photo(write(Image.new("RGB", size), "PNG"))
    assert (picture.width, picture.height) == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_of_writing_colours(mode):
    assert redraw_photo(write(Image.new(mode, (10, 10)), "PNG")).width == 10


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PDF"])
def test_other_formats_are_refused(kind):
    with pytest.raises(NoPictureError):
        redraw_photo(write(Image.new("RGB", (10, 10)), kind))


def test_a_bomb_is_refused_before_it_is_drawn():
    for size in ((60_000, 1_000), (60_000, 2_000), (60_000, 4_000)):
        with pytest.raises(NoPictureError):
            redraw_photo(write(Image.new("1", size), "PNG"))


@given(st.binary(max_size=400) | st.integers(0, 700).map(lambda end: make_photo()[:end]))
def test_any_bytes_get_an_answer(data):
    with suppress(NoPictureError):
        assert redraw_photo(data).width > 0
