"""Every address of the site; each room's folder in `web` lists its own."""

from importlib import import_module
from pathlib import Path

from django.urls import include, path

WEB = Path(__file__).resolve().parents[1] / "web"
FOLDERS = sorted(file.parent.name for file in WEB.glob("*/urls.py"))

urlpatterns = [path("", include(import_module(f"tumbuh.web.{folder}.urls"))) for folder in FOLDERS]
