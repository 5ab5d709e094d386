"""A small clinic to audit: sound as it stands, and with any of its protections switched off."""

from sessionward.demo.app import create_app
from sessionward.demo.certificate import make_certificate
from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard, find_hazards, with_hazards
from sessionward.demo.hazards import HAZARDS
from sessionward.demo.sample_people import DEMO_ACCOUNTS, DemoAccount
from sessionward.demo.server import Certificate, serve, serving, serving_in_thread

__all__ = [
    "DEMO_ACCOUNTS",
    "HAZARDS",
    "Certificate",
    "DemoAccount",
    "Hazard",
    "Settings",
    "create_app",
    "find_hazards",
    "make_certificate",
    "serve",
    "serving",
    "serving_in_thread",
    "with_hazards",
]
