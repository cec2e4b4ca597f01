"""The search page, and files of what it finds."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from flows.page.pages import BadRequest, Site
from warehouse.browsing.search import find, write_file
from warehouse.browsing.selection import Selection, selection_of
from warehouse.formats import FORMATS

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def routes(site: Site) -> APIRouter:
    """The routes of search."""
    router = APIRouter()

    @router.get("/search")
    def search(request: Request) -> HTMLResponse:
        selection = _selection(request)
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            found = site.remember(
                (selection.key, selection.order, selection.page), lambda: find(snapshot, selection, names)
            )
        return HTMLResponse(
            site.render(
                "search.html", selection=selection, found=found.counts, rows=found.rows, names=names, here="search"
            )
        )

    @router.get("/download.{file_format}")
    def download(request: Request, file_format: str) -> Response:
        if file_format not in FORMATS:
            raise BadRequest(f"{file_format}: no such format; there are {', '.join(sorted(FORMATS))}")
        selection = _selection(request)
        with site.snapshots.look() as snapshot:
            file = site.snapshots.room / f"{id(snapshot)}.{file_format}"
            try:
                write_file(snapshot, selection, file, file_format)
                data = file.read_bytes()
            finally:
                file.unlink(missing_ok=True)
        named = {"content-disposition": f'attachment; filename="positions.{file_format}"'}
        return Response(data, media_type=MEDIA[file_format], headers=named)

    return router


def _selection(request: Request) -> Selection:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return selection_of(query)
