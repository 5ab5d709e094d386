"""Documents: the list, and each as a file."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sessionward.demo.pages.role_doors import page_for
from sessionward.demo.people import Account, Role
from sessionward.demo.rendering import page
from sessionward.demo.visitor import visitor_of


@page_for(Role.PATIENT)
async def documents(request: Request, account: Account) -> Response:
    """The patient's own."""
    return page(request, "documents.html", papers=visitor_of(request).clinic.papers.of(account))


async def download(request: Request) -> Response:
    """The file, for its owner and for the doctor who looks after the owner."""
    visitor = visitor_of(request)
    paper = visitor.clinic.papers.get(request.path_params["paper_id"])
    if paper and visitor.clinic.settings.protections.may_download(visitor.account, paper.owner):
        disposition = f'inline; filename="{paper.file_name}"'
        return Response(
            paper.content, media_type=paper.media_type, headers={"content-disposition": disposition}
        )
    if visitor.account is None:
        return RedirectResponse("/login", 303)
    raise HTTPException(404, "There is no such document.")
