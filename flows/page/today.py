"""The first page: what is new and what changed; and what stands in the way of knowing: the health of the warehouse."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from flows.page.pages import BadRequest, Site
from flows.watches.named import WatchesError, watches_of
from schemas.watch import News, Watch
from warehouse.browsing.health import calibration, health, judged, rejected, unknown
from warehouse.browsing.today import extent, news, turned
from warehouse.news import UnknownName
from warehouse.news import news as watched_news
from warehouse.query import Snapshot

LAST_VISIT, THIS_VISIT = "positions-last", "positions-this"
A_VISIT = timedelta(hours=4)
MOST_OF_A_WATCH = 20
A_YEAR = 365 * 24 * 3600
PERIODS = ("visit", "7", "30", "90")


def routes(site: Site) -> APIRouter:
    """The routes of the first page and of health."""
    router = APIRouter()

    @router.get("/")
    def today(request: Request, period: str = "") -> HTMLResponse:
        now = datetime.now(UTC)
        last, this = _visits(request, now)
        period = period or ("visit" if last else "30")
        if period not in PERIODS:
            raise BadRequest(f"period {period!r} is none of {', '.join(PERIODS)}")
        with site.snapshots.look() as snapshot:
            reach = site.remember("extent", lambda: extent(snapshot))
            after = last if period == "visit" else None
            span = timedelta(days=30 if period == "visit" else int(period))
            since = (reach.last_day or now.date()) - span
            found = site.remember(("news", since, after), lambda: news(snapshot, since, after))
            watched = _watched(site, snapshot, since, after)
            changes = site.remember(("turned", since, after), lambda: turned(snapshot, since, after))
        page = site.render(
            "today.html",
            reach=reach,
            period=period,
            since=since,
            last=last,
            news=found,
            changes=changes,
            watched=watched,
            here="today",
        )
        answer = HTMLResponse(page)
        for name, moment in ((LAST_VISIT, last), (THIS_VISIT, this)):
            if moment:
                answer.set_cookie(name, f"{moment:%Y-%m-%dT%H:%M:%S}", max_age=A_YEAR, httponly=True, samesite="lax")
        return answer

    @router.get("/health")
    def health_page(reason: str = "") -> HTMLResponse:
        from warehouse.browsing.charts import calibration_svg  # the page starts without what draws

        with site.snapshots.look() as snapshot:
            told = site.remember("health", lambda: health(snapshot))
            bins = site.remember("calibration", lambda: calibration(snapshot))
            page = site.render(
                "health.html",
                told_of=told,
                reason=reason,
                rejected=rejected(snapshot, reason or None),
                unknown=site.remember("unknown", lambda: unknown(snapshot)),
                judged=site.remember("judged", lambda: judged(snapshot)),
                bins=bins,
                curve=site.picture("calibration", lambda: calibration_svg(bins)) if bins else "",
                here="health",
            )
        return HTMLResponse(page)

    return router


@dataclass(frozen=True)
class Watched:
    """A watch of watches.yaml, what it brings, and what is wrong with it."""

    name: str
    news: tuple[News, ...] = ()
    fault: str = ""


def _watched(site: Site, snapshot: Snapshot, since: date, after: datetime | None) -> list[Watched]:
    """What the named watches bring; looking here tells none of their channels, and they forget nothing."""
    try:
        watches = watches_of(site.settings)
    except WatchesError as error:
        return [Watched("watches", fault=error.problems[0])]
    return [_brought(site, snapshot, watch, since, after) for watch in watches]


def _brought(site: Site, snapshot: Snapshot, watch: Watch, since: date, after: datetime | None) -> Watched:
    try:
        found = site.remember(
            (watch.model_dump_json(), since, after),
            lambda: watched_news(snapshot, watch, after, None if after else since),
        )
    except UnknownName as error:
        return Watched(watch.name, fault=str(error))
    return Watched(watch.name, found[:MOST_OF_A_WATCH])


def _visits(request: Request, now: datetime) -> tuple[datetime | None, datetime]:
    """When the visit before this one was, and when this one began: one lasts until nobody has looked for hours."""
    last, this = _moment(request, LAST_VISIT), _moment(request, THIS_VISIT)
    if this is None:
        return last, now
    return (this, now) if now - this > A_VISIT else (last, this)


def _moment(request: Request, name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(request.cookies.get(name, "")).replace(tzinfo=UTC)
    except ValueError:
        return None
