"""The text of an anchor and its signature."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import date


@dataclass(frozen=True)
class AnchorText:
    """The trail on a day: how many events, the last one's number and hash, the signature of the anchor before."""

    day: date
    count: int
    sequence: int
    hash: str
    previous_signature: str
    signature: str = ""


def sign_anchor(anchor: AnchorText, key: str) -> AnchorText:
    """The same anchor with the signature that this key gives it."""
    text = write_anchor(replace(anchor, signature=""))
    return replace(anchor, signature=hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest())


def is_genuine(anchor: AnchorText, key: str) -> bool:
    """Whether this key signed exactly this anchor."""
    return hmac.compare_digest(sign_anchor(anchor, key).signature, anchor.signature)


def write_anchor(anchor: AnchorText) -> str:
    """The anchor as the text of its file."""
    return json.dumps({**asdict(anchor), "day": anchor.day.isoformat()}, sort_keys=True, indent=1) + "\n"


def parse_anchor(text: str) -> AnchorText:
    """The anchor of a file; ValueError where the text is none."""
    try:
        found = json.loads(text)
        return AnchorText(**{**found, "day": date.fromisoformat(found["day"])})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not an anchor") from error
