"""The rule bench: how a sentence is read, and what an overlay would change."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from flows.page.bench import MOST_TEXT
from flows.page.pages import BadRequest, NotThere, Site, day_of


def routes(site: Site) -> APIRouter:
    """The routes of the rule bench."""
    router = APIRouter()

    @router.get("/bench")
    def bench(text: str = "", published: str = "", overlay: str = "") -> HTMLResponse:
        _allowed(site, overlay)
        if len(text) > MOST_TEXT:
            raise BadRequest(f"the text is longer than {MOST_TEXT} characters")
        day = day_of(published, "published") or date.today()
        told, problems = _read(site, text, day, overlay)
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
        page = site.render(
            "bench.html",
            text=text,
            published=published,
            overlay=overlay,
            overlays=list(site.trials.overlays),
            sentences=told,
            problems=problems,
            running=site.trials.is_running(overlay),
            trial=site.trials.found(overlay),
            names=names,
            here="bench",
        )
        return HTMLResponse(page)

    @router.post("/trial")
    def begin(overlay: str) -> HTMLResponse:
        _allowed(site, overlay)
        if not overlay:
            raise BadRequest("name an overlay to be tried")
        site.trials.begin(overlay)
        return trial(overlay)

    @router.get("/trial")
    def trial(overlay: str) -> HTMLResponse:
        _allowed(site, overlay)
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
        found = site.trials.found(overlay)
        running = site.trials.is_running(overlay)
        return HTMLResponse(site.render("trial.html", overlay=overlay, trial=found, running=running, names=names))

    return router


def _allowed(site: Site, overlay: str) -> None:
    if overlay and overlay not in site.trials.overlays:
        raise NotThere("No such overlay was named by --overlay when the page was started.")


def _read(site: Site, text: str, day: date, overlay: str) -> tuple[list[object], tuple[str, ...]]:
    from rules.ruleset.load import RuleSetError

    if not text.strip():
        return [], ()
    try:
        return list(site.bench.read(text, day, site.trials.overlays.get(overlay))), ()
    except RuleSetError as error:
        return [], tuple(error.problems)
