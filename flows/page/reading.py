"""The article page: its text with what was found in it; and why a row is as sure as it is."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from flows.page.pages import NotThere, Site, address
from warehouse.browsing.article import article_of, held_in, next_unsure, read_article

MOST_PASSED = 200  # positions that were passed over, of which the address keeps track


def routes(site: Site) -> APIRouter:
    """The routes of articles and positions."""
    router = APIRouter()

    @router.get("/article/{article_id}")
    def article(request: Request, article_id: str, at: str = "") -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            read = read_article(snapshot, article_id)
        if read is None:
            raise NotThere(f"No article is called {article_id}.")
        site.bench.warm(site.snapshots)
        passed = request.query_params.getlist("passed")[-MOST_PASSED:]
        unsure = address("/unsure", [("passed", one) for one in (*passed, at)])
        return HTMLResponse(site.render("article.html", article=read, at=at, unsure=unsure, names=names, here=""))

    @router.get("/position/{position_id}")
    def position(position_id: str) -> Response:
        with site.snapshots.look() as snapshot:
            found = article_of(snapshot, position_id)
        if found is None:
            raise NotThere(f"No position that stands is called {position_id}.")
        return _to(found, position_id, [])

    @router.get("/unsure")
    def unsure(request: Request) -> Response:
        site.bench.warm(site.snapshots)
        passed = request.query_params.getlist("passed")[-MOST_PASSED:]
        with site.snapshots.look() as snapshot:
            found = next_unsure(snapshot, [*passed, *site.queue.waiting()])
        if found is None:
            raise NotThere("Every position that is shown has been judged or passed.")
        return _to(*found, passed)

    @router.get("/why/{position_id}")
    def why(position_id: str) -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            article_id = article_of(snapshot, position_id)
            held = [one for one in held_in(snapshot, article_id or "") if one.position_id == position_id]
            if article_id is None or not held:
                raise NotThere(f"No position that stands is called {position_id}.")
            told = site.bench.why(snapshot, article_id, held[0].section, held[0].sentence_start)
            names = site.names(snapshot)
        return HTMLResponse(site.render("why.html", held=held[0], told_of=told, names=names))

    return router


def _to(article_id: str, position_id: str, passed: list[str]) -> Response:
    pairs: list[tuple[str, object]] = [("at", position_id), *(("passed", one) for one in passed)]
    return RedirectResponse(f"{address(f'/article/{article_id}', pairs)}#p-{position_id}", 303)
