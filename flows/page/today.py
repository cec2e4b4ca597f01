"""The first page: what is new and what changed; and what stands in the way of knowing: the health of the warehouse."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from flows.page.pages import BadRequest, Site
from warehouse.browsing.health import calibration, health, judged, rejected, unknown
from warehouse.browsing.today import extent, news, turned

LAST_VISIT, THIS_VISIT = "positions-last", "positions-this"
A_VISIT = timedelta(hours=4)
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
            changes = site.remember(("turned", since, after), lambda: turned(snapshot, since, after))
        page = site.render(
            "today.html", reach=reach, period=period, since=since, last=last, news=found, changes=changes, here="today"
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
