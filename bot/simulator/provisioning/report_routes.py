"""The routes of billing reports, and the one of their files, which asks for a signature and no token."""

import re
from threading import RLock
from typing import Any

from flask import Blueprint, Response, request

from bot.simulator.control.switches import Switches
from bot.simulator.problems import Problem
from bot.simulator.provisioning.call import ProvisioningCall
from bot.simulator.provisioning.complaints import Complaint, refuse, shape
from bot.simulator.provisioning.records import BroadWorks
from bot.simulator.provisioning.reports import Report
from bot.simulator.routing import Api

NO_REPORT = {"code": 2024, "description": "Billing Report not found."}
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_SORTS = ("id", "status", "billingPeriod")
_DENIED = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>'
_LOGIN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to go on</h1></body></html>"

api: Api[ProvisioningCall] = Api("reports")


@api.get("/broadworks/billing/reports")
def some(call: ProvisioningCall) -> Any:
    """Before and after are months of the making, as they are documented; each is left out itself."""
    before, after = _month(call, "before"), _month(call, "after")
    sort = call.query("sortBy") or "billingPeriod"
    if sort not in _SORTS:
        raise Problem(400, f"sortBy must be one of {', '.join(_SORTS)}.")
    found = [
        call.state.reports.brief(each)
        for each in call.state.reports.all()
        if (before is None or f"{each.created:%Y-%m}" < before) and (after is None or f"{each.created:%Y-%m}" > after)
    ]
    return {"items": sorted(found, key=lambda each: str(each[sort]))}


@api.post("/broadworks/billing/reports")
def create(call: ProvisioningCall) -> Any:
    message = "The billing report could not be requested."
    refuse(400, message, shape(call.body, ("billingPeriod",), required=("billingPeriod",)))
    period = call.body["billingPeriod"]
    if not _MONTH.fullmatch(period):
        refuse(400, message, [Complaint("billingPeriod must be written as YYYY-MM.", "billingPeriod")])
    if period > f"{call.state.reports.now():%Y-%m}":
        refuse(400, message, [Complaint("billingPeriod is still to come.", "billingPeriod")])
    return {"id": call.state.reports.request(period).id}


@api.get("/broadworks/billing/reports/<report_id>")
def one(call: ProvisioningCall, report_id: str) -> Any:
    return call.state.reports.shown(_report(call, report_id), host=request.host_url)


@api.delete("/broadworks/billing/reports/<report_id>")
def remove(call: ProvisioningCall, report_id: str) -> None:
    call.state.reports.remove(_report(call, report_id))


def create_files(state: BroadWorks, switches: Switches, lock: RLock) -> Blueprint:
    """Where the links lead: a store of files, which is no part of the API."""
    files = Blueprint("report-files", __name__)

    @files.get("/billing-reports/<report_id>.csv")
    def file(report_id: str) -> Response:
        expires, signature = request.args.get("Expires", ""), request.args.get("Signature", "")
        if switches.report_link_page:
            return Response(_LOGIN, content_type="text/html; charset=utf-8")
        with lock:
            found = state.reports.get(report_id)
            if found is None or not state.reports.opens(report_id, expires=expires, signature=signature):
                return Response(_DENIED, 403, content_type="application/xml")
            return Response(state.reports.file(found), content_type="text/csv")

    return files


def _report(call: ProvisioningCall, report_id: str) -> Report:
    found = call.state.reports.get(report_id)
    if found is None:
        raise Problem(404, str(NO_REPORT["description"]), errors=[NO_REPORT])
    return found


def _month(call: ProvisioningCall, name: str) -> str | None:
    said = call.query(name)
    if said is not None and not _MONTH.fullmatch(said):
        raise Problem(400, f"{name} must be written as YYYY-MM.")
    return said
