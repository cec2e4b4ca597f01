"""The pages of actors, issues, pairs and threads."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from flows.page.pages import NotThere, Site, address, day_of, number_of
from warehouse.browsing import parties
from warehouse.browsing.parties import LATEST, About, Told
from warehouse.browsing.shown import Names
from warehouse.query import Snapshot

CHARTS = ("months", "network")


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

    @router.get("/chart/{kind}")
    def chart(kind: str, actor: str = "", other: str = "", issue: str = "", thread: str = "") -> HTMLResponse:
        about = About(actor or None, other or None, issue or None, thread or None)
        if kind not in CHARTS or about == About():
            raise NotThere("There is no such chart.")
        with site.snapshots.look() as snapshot:
            names, told = site.names(snapshot), _told(site, snapshot, about)
        return HTMLResponse(site.picture((about, kind), lambda: _drawn(kind, told, names)))

    return router


def _drawn(kind: str, told: Told, names: Names) -> str:
    from warehouse.browsing.charts import network_svg, stances_svg  # the page starts without what draws

    if kind == "months":
        return stances_svg(told.months) if told.months else ""
    return network_svg(told.edges, dict(names.actors)) if told.edges else ""


def _told(site: Site, snapshot: Snapshot, about: About) -> Told:
    return site.remember((about, "told"), lambda: parties.told(snapshot, about))


def _known(known: object, one: str, what: str) -> None:
    if one not in known:  # type: ignore[operator]
        raise NotThere(f"No {what} is called {one}.")


def _page(
    site: Site, snapshot: Snapshot, names: Names, about: About, path: str, title: str, since: str, until: str, skip: str
) -> HTMLResponse:
    first, last, passed = day_of(since, "since"), day_of(until, "until"), number_of(skip, "skip")
    rows = site.remember((about, first, last, passed), lambda: parties.timeline(snapshot, about, first, last, passed))
    told = _told(site, snapshot, about)
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
        total=sum(n for _, _, n in told.months),
        totals=_totals(told.months),
        told_of=told,
        search=_search(about),
        standing=site.remember((about, "standing"), lambda: parties.standing(snapshot, about)),
        standoffs=site.remember((about, "standoffs"), lambda: parties.standoffs(snapshot, about)),
        threads=site.remember((about, "threads"), lambda: parties.threads(snapshot, about)),
        turns=site.remember((about, "turns"), lambda: parties.turns(snapshot, about)),
        names=names,
        here="issues" if about.issue else "actors" if about.actor else "",
    )
    return HTMLResponse(page)


def _search(about: About) -> str:
    """Where what the page is about is searched, with room for one more facet; empty where no search says it."""
    if about.thread:
        return ""
    pairs: list[tuple[str, object]] = [("actor", about.actor), ("issue", about.issue)]
    if about.other:
        pairs = [(role, party) for role in ("actor", "target") for party in (about.actor, about.other)]
    return f"{address('/search', pairs)}&"


def _totals(months: list[tuple[date, str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, stance, n in months:
        found[stance] = found.get(stance, 0) + n
    return found
