"""Where somebody consents to an integration, and where that gets its tokens."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

from flask import Response, jsonify, request

from bot.simulator.gate import TRACKING_ID
from bot.simulator.local import LOCAL_NAMES
from bot.simulator.oauth.grants import Grants, Refused, Tokens
from bot.simulator.problems import Problem, text_of
from bot.simulator.routing import Api, Asked

api: "Api[SignInCall]" = Api("oauth")

_PASSED_ON = ("client_id", "response_type", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none';"
    # Browsers hold what a form is answered with to this as well.
    " form-action 'self' http://127.0.0.1:* http://localhost:*"
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to the simulated Webex</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem }}
  button {{ font: inherit; padding: .5rem 1.25rem; margin-right: .5rem }}
</style></head><body>
<h1>The simulated Webex</h1>
<p>The integration <b>{client}</b> wants to act as the provisioning administrator of this simulated organisation.
You will be sent back to <b>{back}</b>. It asks for:</p>
<ul>{scopes}</ul>
<form method="post" action="?{query}">
<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>
</form></body></html>
"""


@dataclass(frozen=True)
class SignInCall(Asked):
    grants: Grants


@api.get("/authorize")
def ask(call: SignInCall) -> Response:
    """The page on which somebody decides."""
    asked = _asked(call)
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in asked["scope"].split())
    page = _PAGE.format(
        client=escape(asked["client_id"]),
        back=escape(asked["redirect_uri"]),
        scopes=scopes,
        query=escape(urlencode(asked)),
    )
    # Without a referrer a browser would not say of the form either where it comes from.
    headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
    return Response(page, headers=headers, content_type="text/html; charset=utf-8")


@api.post("/authorize")
def decide(call: SignInCall) -> Response:
    """Somebody has decided, and is sent back."""
    asked = _asked(call)
    back = {"state": asked["state"]} if asked["state"] else {}
    if request.form.get("decision") == "allow":
        code = call.grants.consent(redirect_uri=asked["redirect_uri"], challenge=asked["code_challenge"])
        back = {"code": code, **back}
    else:
        back = {"error": "access_denied", "error_description": "The person said no.", **back}
    separator = "&" if urlsplit(asked["redirect_uri"]).query else "?"
    return Response(status=302, headers={"Location": f"{asked['redirect_uri']}{separator}{urlencode(back)}"})


@api.post("/access_token")
def tokens(call: SignInCall) -> Response:
    """Tokens for a code or for a refresh token."""
    said, grants = request.form, call.grants
    if not grants.is_client(said.get("client_id", ""), said.get("client_secret", "")):
        return _refused(401, Refused("invalid_client", "The client ID or secret is wrong."))
    try:
        if said.get("grant_type") == "authorization_code":
            redirect_uri, verifier = said.get("redirect_uri", ""), said.get("code_verifier", "")
            return _granted(grants.redeem(said.get("code", ""), redirect_uri=redirect_uri, verifier=verifier))
        if said.get("grant_type") == "refresh_token":
            return _granted(grants.renew(said.get("refresh_token", "")))
    except Refused as refused:
        return _refused(400, refused)
    return _refused(400, Refused("unsupported_grant_type", "There is no such grant type."))


def _asked(call: SignInCall) -> dict[str, str]:
    """What is asked for; a 400, and nobody is sent anywhere, unless it is for a client and a place that are known."""
    asked = {name: request.args.get(name, "") for name in _PASSED_ON}
    if asked["client_id"] != call.grants.client_id:
        raise Problem(400, "There is no integration with this client_id.")
    back = urlsplit(asked["redirect_uri"])
    if back.scheme != "http" or back.hostname not in LOCAL_NAMES or back.fragment:
        raise Problem(400, "This redirect_uri is not registered: it must be on this machine.")
    if asked["response_type"] != "code":
        raise Problem(400, "response_type must be code.")
    if asked["code_challenge"] and asked["code_challenge_method"] != "S256":
        raise Problem(400, "code_challenge_method must be S256.")
    return asked


def _granted(granted: Tokens) -> Response:
    answer = jsonify(
        access_token=granted.access,
        expires_in=int(granted.access_life.total_seconds()),
        refresh_token=granted.refresh,
        refresh_token_expires_in=int(granted.refresh_life.total_seconds()),
        token_type="Bearer",  # noqa: S106 - the kind of token, not one.
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(status: int, refused: Refused) -> Response:
    """In the shape of all refusals, with what OAuth adds."""
    envelope = Problem(status, text_of(status), errors=[{"description": refused.words}])
    body = envelope.envelope(request.environ.get(TRACKING_ID, ""))
    answer = jsonify({**body, "error": refused.error, "error_description": refused.words})
    answer.status_code = status
    return answer
