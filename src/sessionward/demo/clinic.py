"""One running clinic: its settings and all that it remembers until it closes, but for who is logged in."""

from dataclasses import dataclass

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.consultations import Consultations
from sessionward.demo.diary import Diary, open_diary
from sessionward.demo.login_throttle import LoginThrottle
from sessionward.demo.mailed_links import MailedLinks
from sessionward.demo.one_time_codes import OneTimeCodes
from sessionward.demo.outbox import Outbox
from sessionward.demo.papers import Papers, open_papers
from sessionward.demo.people import Joining, People
from sessionward.demo.remembered_logins import RememberedLogins
from sessionward.demo.tenants import TENANTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The state behind one app; two apps share nothing."""

    settings: Settings
    people: People
    remembered: RememberedLogins
    throttle: LoginThrottle
    diary: Diary
    papers: Papers
    consultations: Consultations
    codes: OneTimeCodes
    outbox: Outbox
    resets: MailedLinks[str]
    """Links that choose a new password; each is for the account of that id."""
    joining: MailedLinks[Joining]
    """Links that confirm an address."""


def open_clinic(settings: Settings) -> Clinic:
    """A clinic in which nobody is logged in yet."""
    people = People(settings.people, settings.password_cost)
    return Clinic(
        settings=settings,
        people=people,
        remembered=RememberedLogins(settings.clock),
        throttle=LoginThrottle(settings.failed_logins, settings.clock),
        diary=open_diary(people, TENANTS, settings.calendar),
        papers=open_papers(people, TENANTS),
        consultations=Consultations(),
        codes=OneTimeCodes(),
        outbox=Outbox(settings.outbox),
        resets=MailedLinks(settings.clock),
        joining=MailedLinks(settings.clock),
    )
