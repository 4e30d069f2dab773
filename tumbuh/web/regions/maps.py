"""A choropleth drawn on the server: outlines when boundaries are loaded, a tile grid when not, by the same function."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from tumbuh.regions.api import Layout, Shape, get_layout
from tumbuh.web.regions.scales import Number, Scale

LETTER = 0.56  # a letter's width in font sizes
VALUE_SIZE, NAME_SIZE = 15, 12
SWATCH = '<li><svg class="map-swatch" viewBox="0 0 16 16" aria-hidden="true"><path {} d="M0 0h16v16H0z"/></svg> {}</li>'
MISSING, PROTECTED = "missing", "protected"


@dataclass(frozen=True)
class MapItem:
    """One region: its figure, how the figure is written, and where a click leads ("" for nowhere).

    `value` None is drawn as a pattern: dots when `is_protected` (a small count kept back), lines when
    there are no data.
    """

    code: str
    name: str
    value: Number | None
    label: str
    href: str = ""
    is_protected: bool = False

    @property
    def state(self) -> str:
        if self.value is not None and not self.is_protected:
            return ""
        return PROTECTED if self.is_protected else MISSING

    @property
    def text(self) -> str:
        """The figure in words, also where there is none."""
        words = {MISSING: gettext("belum ada data"), PROTECTED: gettext("kurang dari 10, dilindungi"), "": ""}
        return self.label or words[self.state]


@dataclass(frozen=True)
class Sheet:
    """A layout placed in a picture: factor and shift from the layout's units to the picture's."""

    layout: Layout
    factor: float
    left: float
    key: str

    def place(self, shape: Shape) -> tuple[float, float, float]:
        return self.left + shape.x * self.factor, shape.y * self.factor, shape.room * self.factor


def draw_map(
    items: Sequence[MapItem],
    *,
    scale: Scale,
    width: int = 600,
    height: int = 600,
    title: str,
    description: str = "",
    legend: bool = True,
) -> SafeString:
    """The map as inline SVG, followed by its legend in words and the outlines' attribution; one query.

    Items are regions of one level, in any order. Every region is a link with its name and figure, reached by Tab in
    the order of codes. Without links the picture has the role img, with links group, since links within an img
    cannot be reached by a screen reader. Text and numbers are escaped here.
    """
    ordered = sorted(items, key=lambda item: item.code)
    if not ordered:
        return format_html('<p class="map-empty">{}</p>', gettext("Belum ada wilayah untuk dipetakan."))
    layout, source = get_layout([item.code for item in ordered])
    factor = min(width / layout.width, height / layout.height)
    key = f"map-{crc32(f'{title}|{ordered[0].code}|{len(ordered)}'.encode()):x}"
    sheet = Sheet(layout, factor, 0, key)
    picture = draw_picture(ordered, sheet, scale, title, description)
    words = draw_legend(ordered, scale) if legend else ""
    return picture + words + draw_source(source)


def draw_picture(items: Sequence[MapItem], sheet: Sheet, scale: Scale, title: str, description: str) -> SafeString:
    """The <svg> element."""
    role = "group" if any(item.href for item in items) else "img"
    size = f"{sheet.layout.width * sheet.factor:.0f} {sheet.layout.height * sheet.factor:.0f}"
    desc = format_html("<desc>{}</desc>", description) if description else ""
    shapes = mark_safe("".join(draw_region(item, sheet, scale) for item in items))  # noqa: S308  parts are escaped
    return format_html(
        '<svg class="map{}" role="{}" aria-labelledby="{}" viewBox="0 0 {}" '
        'font-family="Plus Jakarta Sans, DejaVu Sans, sans-serif" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{}">{}</title>{}{}{}</svg>',
        " map-tiles" if sheet.layout.is_grid else "",
        role,
        f"{sheet.key}-t",
        size,
        f"{sheet.key}-t",
        title,
        desc,
        draw_patterns(sheet.key),
        shapes,
    )


def draw_patterns(key: str) -> SafeString:
    """Fillings for regions without a figure."""
    return format_html(
        '<defs><pattern id="{0}-missing" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path class="map-none" d="M0 0h7v7H0z" fill="#faf9f5"/>'
        '<path class="map-hatch" d="M0 7 7 0" stroke="#858c9b" stroke-width="1"/></pattern>'
        '<pattern id="{0}-protected" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path class="map-none" d="M0 0h7v7H0z" fill="#faf9f5"/>'
        '<circle class="map-dot" cx="3.5" cy="3.5" r="1.2" fill="#858c9b"/></pattern></defs>',
        key,
    )


def draw_region(item: MapItem, sheet: Sheet, scale: Scale) -> SafeString:
    """One region with its colour or pattern, its label, and its link."""
    shape = sheet.layout.shapes[item.code]
    if item.state:
        fill = format_html('class="map-{0}" fill="url(#{1}-{0})"', item.state, sheet.key)
    else:
        step = scale.find_step(item.value)
        fill = format_html('class="{}" fill="{}"', scale.get_class(step), scale.colours[step])
    move = format_html(' transform="scale({})"', f"{sheet.factor:.4g}") if sheet.factor != 1 else ""
    outline = format_html(
        '<path {} d="{}"{} stroke="#858c9b" stroke-width="0.8" vector-effect="non-scaling-stroke"/>',
        fill,
        shape.path,
        move,
    )
    words = f"{item.name}: {item.text}"
    content = format_html("<title>{}</title>{}{}", words, outline, draw_label(item, shape, sheet))
    if item.href:
        return format_html('<a href="{}" aria-label="{}">{}</a>', item.href, words, content)
    return format_html("<g>{}</g>", content)


def draw_label(item: MapItem, shape: Shape, sheet: Sheet) -> SafeString | str:
    """The figure, on tiles with the name above it; nothing where it would not fit."""
    x, y, room = sheet.place(shape)
    figure = item.label if not item.state else "–" if item.state == MISSING else "<10"
    names = split_name(shape.short or item.name, room) if shape.is_tile else []
    lines = [(name, NAME_SIZE, "map-name") for name in names]
    if len(figure) * VALUE_SIZE * LETTER <= room * 1.1:
        lines.append((figure, VALUE_SIZE, "map-value"))
    if not lines:
        return ""
    top = y - sum(size for _, size, _ in lines) * 0.6
    texts, bottom = [], top
    for text, size, kind in lines:
        bottom += size * 1.2
        texts.append((kind, f"{x:.0f}", f"{bottom - size * 0.25:.0f}", size, text))
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="middle" aria-hidden="true" '
        'fill="#14213d" stroke="#fff" stroke-width="3" paint-order="stroke">{}</text>',
        texts,
    )


def split_name(name: str, room: float) -> list[str]:
    """The name on one or two lines that fit the tile; nothing when the tile is too small for it."""
    most = int(room / (NAME_SIZE * LETTER))
    words = name.split()
    for cut in range(len(words), 0, -1):
        lines = [" ".join(words[:cut]), " ".join(words[cut:])]
        if all(len(line) <= most for line in lines):
            return [line for line in lines if line]
    return []


def draw_legend(items: Sequence[MapItem], scale: Scale) -> SafeString:
    """What the colours mean, in words: every step of the scale, and the patterns that occur."""
    rows = [
        (format_html('class="{}" fill="{}"', scale.get_class(step), scale.colours[step]), words)
        for step, words in enumerate(scale.list_steps())
    ]
    steps = format_html_join("", SWATCH, rows)
    states = {item.state for item in items}
    patterns = format_html_join(
        "",
        '<li><svg class="map-swatch" viewBox="0 0 16 16" aria-hidden="true">'
        '<path class="map-none" d="M0 0h16v16H0z" fill="#faf9f5"/>{}</svg> {}</li>',
        [(mark_safe(mark), words) for state, mark, words in list_patterns() if state in states],  # noqa: S308
    )
    target = ""
    if scale.target is not None:
        target = format_html("<li>{} {}</li>", gettext("Target:"), scale.write(scale.target))
    return format_html('<ul class="map-legend">{}{}{}</ul>', steps, patterns, target)


def list_patterns() -> list[tuple[str, str, str]]:
    """(state, mark on the swatch, words) of the fillings without a figure."""
    hatch = '<path class="map-hatch" d="M0 8 8 0M0 16 16 0M8 16 16 8" stroke="#858c9b"/>'
    dots = "".join(
        f'<circle class="map-dot" cx="{x}" cy="{y}" r="1.4" fill="#858c9b"/>' for x in (4, 12) for y in (4, 12)
    )
    return [(MISSING, hatch, gettext("belum ada data")), (PROTECTED, dots, gettext("kurang dari 10, dilindungi"))]


def draw_source(source: str) -> SafeString:
    """Attribution of the outlines, or a note that the tiles are not to scale."""
    text = source or gettext("Petak menunjukkan letak wilayah, bukan bentuk atau luasnya.")
    return format_html('<p class="map-source">{}</p>', conditional_escape(text))
