"""What writes: judgements, which wait in the queue until no run is writing."""

from datetime import date
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from flows.page.judging import WITHDRAWN, Queued, author, fault_of
from flows.page.pages import BadRequest, NotThere, Site
from warehouse.browsing.article import Held, article_of, held_in
from warehouse.corrections import CORRECTABLE
from warehouse.query import Snapshot

MARKS = ("right", "wrong", "corrected", WITHDRAWN)
LONGEST = 2000  # characters of a reason or a value


def routes(site: Site) -> APIRouter:
    """The routes that write, and the one that tells what waits."""
    router = APIRouter()

    @router.post("/judge/{position_id}")
    async def judge(request: Request, position_id: str) -> HTMLResponse:
        form = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40)
        given = {name: values[-1].strip() for name, values in form.items()}
        return await run_in_threadpool(_judged, site, position_id, given)

    @router.get("/card/{position_id}")
    def card(position_id: str) -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            held, names = _held(snapshot, position_id), site.names(snapshot)
        return HTMLResponse(site.render("card.html", held=held, names=names, fault=None, reason="", opened=""))

    @router.get("/waiting")
    def waiting() -> HTMLResponse:
        return HTMLResponse(site.render("waiting.html"))

    return router


def _judged(site: Site, position_id: str, given: dict[str, str]) -> HTMLResponse:
    """Keep the judgement, and give the position as it is shown from now on."""
    mark = given.get("mark", "")
    if mark not in MARKS:
        raise BadRequest(f"mark {mark!r} is none of {', '.join(MARKS)}")
    values = {name: given[name] for name in CORRECTABLE if name in given} if mark == "corrected" else {}
    if any(len(value) > LONGEST for value in (given.get("reason", ""), *values.values())):
        raise BadRequest(f"a reason or a value is no longer than {LONGEST} characters")
    with site.snapshots.look() as snapshot:
        held = _held(snapshot, position_id)
        queued = Queued(
            position_id=position_id,
            recorded_at=held.recorded_at,
            mark=mark,
            reason=given.get("reason", ""),
            values=values,
            author=author(),
            made_on=date.today(),
        )
        fault = fault_of(snapshot, queued)
        names = site.names(snapshot)
    if fault is None:
        site.queue.put(queued)
        site.lander.call()
    page = site.render(
        "card.html", held=held, names=names, fault=fault, reason=queued.reason, opened=mark if fault else ""
    )
    return HTMLResponse(page + site.render("waiting.html", beside=True))


def _held(snapshot: Snapshot, position_id: str) -> Held:
    """The position as it stands in its article. Raises NotThere."""
    article_id = article_of(snapshot, position_id)
    held = [one for one in held_in(snapshot, article_id or "") if one.position_id == position_id]
    if not held:
        raise NotThere(f"No position that stands is called {position_id}.")
    return held[0]
