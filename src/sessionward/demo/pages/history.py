"""The long form about the patient's health. What is typed is kept as a draft until it is sent."""

from starlette.requests import Request
from starlette.responses import Response

from sessionward.demo.forgery_guard import own_form
from sessionward.demo.pages.notices import done
from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.questions import QUESTIONS, SECTIONS, mistakes
from sessionward.demo.rendering import page


@page_for(Role.PATIENT)
async def history(request: Request, account: Account) -> Response:
    """The form with the answers that were sent last."""
    return page(request, "history.html", sections=SECTIONS, answers=account.history)


@page_for(Role.PATIENT)
async def save_history(request: Request, account: Account) -> Response:
    """Keep the answers."""
    form = await own_form(request)
    answers = {question.name: form.get(question.name, "").strip() for question in QUESTIONS}
    if errors := mistakes(answers):
        return page(request, "history.html", status=422, sections=SECTIONS, answers=answers, errors=errors)
    account.history = answers
    return done(request, "/history", "Thank you. Your medical history is saved for your doctor.")
