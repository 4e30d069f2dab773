"""Where things lie: the checkout, its environment, its private folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
BUILD = ROOT / "tumbuh" / "web" / "static" / "build"


def get_var() -> Path:
    """The folder of everything made at run time: database, keys, uploads, logs. TUMBUH_VAR moves it."""
    return Path(os.environ.get("TUMBUH_VAR") or ROOT / "var").resolve()


def make_private_folder(path: Path) -> Path:
    """`path`, made with mode 0700 when absent; a folder that is there keeps its mode."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
