"""Whom the clinic knows when it opens: made-up people with published passwords."""

from dataclasses import dataclass, field

from sessionward.demo.people import Message, Person, Prescription, Record, Role
from sessionward.demo.sample_neighbours import NEIGHBOURS

ANA = Person(
    id="ana",
    tenant="north",
    number=1001,
    doctor="ida",
    role=Role.PATIENT,
    name="Ana Lindqvist",
    email="ana@example.org",
    password="quiet-harbour-41-lantern",
    phone="+46 70 555 01 17",
    address="Bryggargatan 12, 3 tr, Uddevalla",
    emergency_contact="Mats Lindqvist (brother), +46 70 555 01 18",
    records=(
        Record(
            id="rec-7f3a",
            date="2026-03-04",
            title="Blood pressure follow-up",
            text="Morning values average 128/82 over fourteen days. Continue amlodipine 5 mg, next reading in June.",
        ),
        Record(
            id="rec-b921",
            date="2026-01-19",
            title="Allergy test",
            text="Marked reaction to birch pollen, none to cat or dust mite. Antihistamine before the season begins.",
        ),
        Record(
            id="rec-20ce",
            date="2025-11-02",
            title="Knee examination",
            text="Left meniscus tender after a fall on stairs. Physiotherapy twice a week, no surgery advised.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-05",
            sender="Dr. Ida Moreau",
            text="Dear Ana Lindqvist, your home readings look steady. Please keep the cuff at heart height.",
        ),
        Message(
            date="2026-01-22",
            sender="Reception",
            text="The birch pollen leaflet that you asked for is waiting at the desk in Uddevalla.",
        ),
    ),
    prescriptions=(
        Prescription(
            date="2026-03-04",
            medicine="Amlodipine 5 mg, 90 tablets",
            directions="One tablet each morning, with water.",
            doctor="Dr. Ida Moreau",
        ),
    ),
)

BEN = Person(
    id="ben",
    tenant="north",
    number=1002,
    doctor="ida",
    role=Role.PATIENT,
    name="Ben Okafor",
    email="ben@example.org",
    password="copper-meadow-87-violin",
    phone="+44 20 7946 0852",
    address="9 Tannery Lane, Flat B, Whitby",
    emergency_contact="Ngozi Okafor (mother), +44 20 7946 0377",
    records=(
        Record(
            id="rec-e48d",
            date="2026-02-27",
            title="Migraine diary review",
            text="Five attacks in six weeks, mostly after night shifts. Propranolol 40 mg, review in eight weeks.",
        ),
        Record(
            id="rec-915b",
            date="2025-12-11",
            title="Eye test",
            text="Mild short sight, right eye -0.75. New glasses for driving; retina without findings.",
        ),
    ),
    messages=(
        Message(
            date="2026-02-28",
            sender="Dr. Ida Moreau",
            text="Dear Ben Okafor, write down hours of sleep beside each attack; it helps us both.",
        ),
        Message(
            date="2025-12-12",
            sender="Optician",
            text="Your frame from Whitby will be ready on Thursday after three o'clock.",
        ),
    ),
    prescriptions=(
        Prescription(
            date="2026-02-27",
            medicine="Propranolol 40 mg, 60 tablets",
            directions="One tablet in the morning and one in the evening; do not stop at once.",
            doctor="Dr. Ida Moreau",
        ),
    ),
)

IDA = Person(
    id="ida",
    tenant="north",
    number=2001,
    totp="MFXGKY3ZEBYXKYLJOJSSA5DPOBQXU33O",
    role=Role.CLINICIAN,
    name="Dr. Ida Moreau",
    email="ida@example.org",
    password="granite-orchard-63-compass",
    phone="+33 1 99 00 42 65",
    address="4 quai des Tilleuls, Annecy",
    emergency_contact="Front desk, extension 19",
    records=(
        Record(
            id="doc-54d0",
            date="2026-03-01",
            title="Rota for March",
            text="Video consultations on Mondays and Wednesdays, ward rounds on Fridays. On call on the 20th.",
        ),
        Record(
            id="doc-c76f",
            date="2026-02-10",
            title="Training certificate",
            text="Remote prescribing, twelve hours, passed with distinction. To be renewed in February 2028.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-02",
            sender="Administration",
            text="Dear Dr. Moreau, the new headset for room three has arrived from Annecy.",
        ),
    ),
)

NORA = Person(
    id="nora",
    tenant="north",
    number=3001,
    totp="NZXXEYJAMJXW643TEB2GQ2LSORSWK3QA",
    role=Role.ADMINISTRATOR,
    name="Nora Haugen",
    email="nora@example.org",
    password="velvet-summit-29-beacon",
    phone="+47 55 50 01 33",
    address="Strandgaten 5, Bergen",
    emergency_contact="Even Haugen (husband), +47 55 50 01 34",
    records=(
        Record(
            id="adm-a1f7",
            date="2026-01-08",
            title="Keys handed out",
            text="Archive room and server cupboard, both signed for by Nora Haugen. To be counted in July.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-03",
            sender="Dr. Ida Moreau",
            text="Dear Nora, please open an account for the locum who starts on the sixteenth.",
        ),
    ),
)

PEOPLE = (ANA, BEN, IDA, NORA, *NEIGHBOURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """What somebody must know to log in to the demo."""

    name: str
    email: str
    password: str = field(repr=False)
    role: str
    tenant: str
    totp: str = field(repr=False)


DEMO_ACCOUNTS = tuple(
    DemoAccount(
        name=person.id,
        email=person.email,
        password=person.password,
        role=person.role.value,
        tenant=person.tenant,
        totp=person.totp,
    )
    for person in PEOPLE
)
"""The accounts of the demo, in a form from which an audit's configuration can be made."""
