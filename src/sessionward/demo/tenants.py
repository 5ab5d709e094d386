"""The two clinics that share this app and no data: each is a tenant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One clinic. Every account belongs to exactly one."""

    id: str
    name: str
    town: str
    address: str
    phone: str


NORTH = Tenant(
    id="north",
    name="Fjordview North",
    town="Uddevalla",
    address="Hamngatan 2, Uddevalla",
    phone="+46 522 555 01 00",
)
SOUTH = Tenant(
    id="south",
    name="Fjordview South",
    town="Kalmar",
    address="Ölandsgatan 40, Kalmar",
    phone="+46 480 555 02 00",
)
TENANTS = {tenant.id: tenant for tenant in (NORTH, SOUTH)}
