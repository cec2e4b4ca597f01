"""The pages and what they answer."""

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles

from flows.page import judge, parties, reading, rules, searching, today
from flows.page.pages import HERE, BadRequest, NotThere, Site
from warehouse.browsing.selection import BadSelection
from warehouse.formats import CannotExport
from warehouse.query import NoSnapshot
from warehouse.telling import base_style

FAULTS: dict[type[Exception], int] = {
    BadRequest: 400,
    BadSelection: 400,
    CannotExport: 400,
    NotThere: 404,
    NoSnapshot: 503,
}


def app_of(site: Site) -> FastAPI:
    """The application; it trusts whoever reaches it, so it is served behind a Guard."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, default_response_class=HTMLResponse)
    for part in (today, searching, reading, parties, rules, judge):
        app.include_router(part.routes(site))

    @app.get("/base.css")
    def base() -> Response:
        return Response(base_style(), media_type="text/css")

    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for kind, code in FAULTS.items():
        app.add_exception_handler(kind, _told(site, code))
    app.add_exception_handler(404, _told(site, 404, "There is no such page."))
    return app


def _told(site: Site, code: int, words: str = ""):  # type: ignore[no-untyped-def]
    def answer(request: Request, error: Exception) -> Response:
        text = words or str(error)
        if request.headers.get("hx-request") and request.method == "POST":
            return PlainTextResponse(text, code)
        return HTMLResponse(site.render("error.html", text=text, code=code), code)

    return answer
