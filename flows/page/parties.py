"""The pages of actors, issues, pairs and threads."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from flows.page.pages import NotThere, Site, day_of, number_of
from warehouse.browsing import parties
from warehouse.browsing.parties import LATEST, About
from warehouse.browsing.shown import Names
from warehouse.query import Snapshot


def routes(site: Site) -> APIRouter:
    """The routes of actors, issues, pairs and threads."""
    router = APIRouter()

    @router.get("/actors")
    def actors() -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            rows = site.remember("actors", lambda: parties.heaviest(snapshot, "actor"))
        return HTMLResponse(site.render("list.html", what="actor", rows=rows, names=names, here="actors"))

    @router.get("/issues")
    def issues() -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            rows = site.remember("issues", lambda: sorted(parties.heaviest(snapshot, "issue")))
        return HTMLResponse(site.render("list.html", what="issue", rows=rows, names=names, here="issues"))

    @router.get("/actor/{actor}")
    def actor_page(actor: str, since: str = "", until: str = "", skip: str = "") -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            _known(names.actors, actor, "actor")
            return _page(
                site, snapshot, names, About(actor=actor), f"/actor/{actor}", names.actor(actor), since, until, skip
            )

    @router.get("/issue/{issue}")
    def issue_page(issue: str, since: str = "", until: str = "", skip: str = "") -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            above = {".".join(one.split(".")[:end]): "" for one in names.issues for end in range(1, one.count(".") + 1)}
            _known({**names.issues, **above}, issue, "issue")
            return _page(
                site, snapshot, names, About(issue=issue), f"/issue/{issue}", names.issue(issue), since, until, skip
            )

    @router.get("/pair/{actor}/{other}")
    def pair_page(actor: str, other: str, since: str = "", until: str = "", skip: str = "") -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names = site.names(snapshot)
            _known(names.actors, actor, "actor")
            _known(names.actors, other, "actor")
            title = f"{names.actor(actor)} and {names.actor(other)}"
            about = About(actor=actor, other=other)
            return _page(site, snapshot, names, about, f"/pair/{actor}/{other}", title, since, until, skip)

    @router.get("/thread/{thread}")
    def thread_page(thread: str, since: str = "", until: str = "", skip: str = "") -> HTMLResponse:
        with site.snapshots.look() as snapshot:
            names, about = site.names(snapshot), About(thread=thread)
            found = parties.threads(snapshot, about)
            if not found:
                raise NotThere(f"No thread is called {thread}.")
            title = ", ".join(names.actor(party) for party in found[0].parties[:3])
            title += f": {names.issue(found[0].issue)}" if found[0].issue else ""
            return _page(site, snapshot, names, about, f"/thread/{thread}", title, since, until, skip)

    return router


def _known(known: object, one: str, what: str) -> None:
    if one not in known:  # type: ignore[operator]
        raise NotThere(f"No {what} is called {one}.")


def _page(
    site: Site, snapshot: Snapshot, names: Names, about: About, path: str, title: str, since: str, until: str, skip: str
) -> HTMLResponse:
    from warehouse.browsing.charts import network_svg, stances_svg  # the page starts without what draws

    first, last, passed = day_of(since, "since"), day_of(until, "until"), number_of(skip, "skip")
    rows = site.remember((about, first, last, passed), lambda: parties.timeline(snapshot, about, first, last, passed))
    told = site.remember((about, "told"), lambda: parties.told(snapshot, about))
    months, edges = told.months, told.edges
    page = site.render(
        "party.html",
        about=about,
        path=path,
        title=title,
        rows=rows,
        skip=passed,
        more=passed + LATEST if len(rows) == LATEST else None,
        since=first,
        until=last,
        total=sum(n for _, _, n in months),
        totals=_totals(months),
        chart=site.picture((about, "months"), lambda: stances_svg(months)) if months else "",
        network=site.picture((about, "edges"), lambda: network_svg(edges, dict(names.actors))) if edges else "",
        told_of=told,
        standing=site.remember((about, "standing"), lambda: parties.standing(snapshot, about)),
        standoffs=site.remember((about, "standoffs"), lambda: parties.standoffs(snapshot, about)),
        threads=site.remember((about, "threads"), lambda: parties.threads(snapshot, about)),
        turns=site.remember((about, "turns"), lambda: parties.turns(snapshot, about)),
        names=names,
        here="issues" if about.issue else "actors" if about.actor else "",
    )
    return HTMLResponse(page)


def _totals(months: list[tuple[date, str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, stance, n in months:
        found[stance] = found.get(stance, 0) + n
    return found
