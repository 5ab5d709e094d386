"""The doctor's pages: own patients, and what is known of each."""

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.questions import QUESTIONS
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of


@page_for(Role.CLINICIAN)
async def patients(request: Request, account: Account) -> Response:
    """Whom the doctor looks after, and the appointments to come."""
    clinic = visitor_of(request).clinic
    schedule = [(slot, clinic.people.get(slot.holder)) for slot in clinic.diary.of_doctor(account)]
    return page(request, "patients.html", patients=clinic.people.patients_of(account), schedule=schedule[:8])


@page_for(Role.CLINICIAN)
async def patient(request: Request, account: Account) -> Response:
    """One of them: contact details, records, documents, prescriptions and answers."""
    found = own_patient(request, account)
    answers = [
        (question.label, found.history[question.name])
        for question in QUESTIONS
        if found.history.get(question.name)
    ]
    papers = visitor_of(request).clinic.papers.of(found)
    return page(request, "patient.html", patient=found, papers=papers, answers=answers)


def own_patient(request: HTTPConnection, doctor: Account) -> Account:
    """The patient of the address. Raises HTTPException 404 for anybody whom `doctor` does not look after."""
    patient_id = request.path_params["patient_id"]
    own = visitor_of(request).clinic.people.patients_of(doctor)
    found = next((each for each in own if each.id == patient_id), None)
    if found is None:
        raise HTTPException(404, "There is no such patient.")
    return found
