"""The people of the southern clinic. They bear the same numbers as those of the northern one."""

from sessionward.demo.people import Message, Person, Prescription, Record, Role

SOL = Person(
    id="sol",
    tenant="south",
    number=1001,
    doctor="ole",
    role=Role.PATIENT,
    name="Sol Castellanos",
    email="sol@example.org",
    password="amber-thicket-52-saddle",
    phone="+34 91 555 04 61",
    address="Calle del Olivar 18, Kalmar",
    emergency_contact="Inés Castellanos (daughter), +34 91 555 04 62",
    records=(
        Record(
            id="rec-3c08",
            date="2026-03-06",
            title="Thyroid check",
            text="TSH back in range at 2.1. Levothyroxine stays at 75 micrograms, blood test again in autumn.",
        ),
        Record(
            id="rec-d54f",
            date="2025-10-14",
            title="Shoulder consultation",
            text="Frozen shoulder on the right, seven months now. Injection given, exercises twice a day.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-07",
            sender="Dr. Ole Brandvik",
            text="Dear Sol Castellanos, the dose was right all along; no need to change your breakfast.",
        ),
    ),
    prescriptions=(
        Prescription(
            date="2026-03-06",
            medicine="Levothyroxine 75 micrograms, 100 tablets",
            directions="One tablet on waking, half an hour before breakfast.",
            doctor="Dr. Ole Brandvik",
        ),
    ),
)

SAM = Person(
    id="sam",
    tenant="south",
    number=1002,
    doctor="ole",
    role=Role.PATIENT,
    name="Sam Whitfield",
    email="sam@example.org",
    password="silver-anchor-18-thimble",
    phone="+44 117 496 0710",
    address="31 Mill Reach, Kalmar",
    emergency_contact="Priya Whitfield (wife), +44 117 496 0711",
    records=(
        Record(
            id="rec-6be2",
            date="2026-02-18",
            title="Asthma review",
            text="Peak flow 480, night cough gone since the new spacer. Reliever used once in two weeks.",
        ),
    ),
    messages=(
        Message(
            date="2026-02-19",
            sender="Dr. Ole Brandvik",
            text="Dear Sam Whitfield, bring the inhaler along next time, I want to see how you use it.",
        ),
    ),
)

OLE = Person(
    id="ole",
    tenant="south",
    number=2001,
    totp="N5WGKIDCOJQW4ZDWNFVSA3DPO5SXE4YA",
    role=Role.CLINICIAN,
    name="Dr. Ole Brandvik",
    email="ole@example.org",
    password="winter-gallery-74-pepper",
    phone="+47 38 50 02 96",
    address="Kaivegen 7, Kalmar",
    emergency_contact="Southern front desk, extension 41",
    records=(
        Record(
            id="doc-08ac",
            date="2026-03-01",
            title="Southern rota",
            text="Surgery hours on Tuesdays, video on Thursdays and Fridays. Away from the 23rd to the 27th.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-02",
            sender="Administration",
            text="Dear Dr. Brandvik, the blood pressure cuffs of room one were calibrated yesterday.",
        ),
    ),
)

SIV = Person(
    id="siv",
    tenant="south",
    number=3001,
    totp="ONUXMIDON5ZHEZLUEBTGSZTUPFXW4ZIA",
    role=Role.ADMINISTRATOR,
    name="Siv Norrman",
    email="siv@example.org",
    password="paper-lagoon-36-trellis",
    phone="+46 480 555 02 77",
    address="Storgatan 61, Kalmar",
    emergency_contact="Rut Norrman (sister), +46 480 555 02 78",
    records=(
        Record(
            id="adm-e93b",
            date="2026-02-02",
            title="Fire drill",
            text="Evacuated in three minutes and ten seconds, assembly point at the harbour car park.",
        ),
    ),
    messages=(
        Message(
            date="2026-03-04",
            sender="Dr. Ole Brandvik",
            text="Dear Siv, could the waiting room in Kalmar have a second clock, please?",
        ),
    ),
)

NEIGHBOURS = (SOL, SAM, OLE, SIV)
