"""How both services say no: one exception, one JSON envelope."""

from typing import Any

TEXTS = {
    400: "The request was invalid or cannot be otherwise served.",
    401: "The request requires a valid access token set in the Authorization request header.",
    403: "The request is understood, but it has been refused or access is not allowed.",
    404: "The URI requested is invalid or the resource requested, such as a user, does not exist.",
    405: "The request was made to a resource using an HTTP request method that is not supported.",
    409: "The request could not be processed because it conflicts with some established rule of the system.",
    410: "The requested resource is no longer available.",
    415: "The request was made to a resource without specifying a media type or used one that is not supported.",
    423: "The requested resource is temporarily unavailable.",
    428: "File(s) cannot be scanned for malware and need to be force downloaded.",
    429: "Too many requests have been sent in a given amount of time and the request has been rate limited.",
    500: "Something went wrong on the server.",
    502: "The server received an invalid response from an upstream server while processing the request.",
    503: "Server is overloaded with requests. Try again later.",
    504: "An upstream server failed to respond on time.",
}


class Problem(Exception):
    """A refusal. `errors` replaces the list of one description where a call has more, or another shape, to say.

    `retry_after` are the seconds after which it may be asked again, where the answer tells.
    """

    def __init__(
        self, status: int, message: str | None = None, *, errors: Any = None, retry_after: float | None = None
    ) -> None:
        self.status = status
        self.retry_after = retry_after
        self.message = message or text_of(status)
        self.errors: Any = errors if errors is not None else [{"description": self.message}]
        super().__init__(self.message)

    def envelope(self, tracking_id: str) -> dict[str, Any]:
        return {"message": self.message, "errors": self.errors, "trackingId": tracking_id}


def text_of(status: int) -> str:
    return TEXTS.get(status, f"The request was answered with status {status}.")
