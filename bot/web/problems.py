"""Answers what goes wrong in few words: no page, no traceback, nothing of what was asked."""

from flask import Flask, Response
from werkzeug.exceptions import HTTPException


def answer_briefly(app: Flask) -> None:
    """Let every error of the app be one line of text; Flask logs what was not expected."""
    app.register_error_handler(HTTPException, brief)


def brief(problem: HTTPException) -> Response:
    """The status in words, with the headers that belong to it (such as Allow)."""
    kept = [(name, value) for name, value in problem.get_headers() if name.lower() != "content-type"]
    answer = Response(f"{problem.name}\n", status=problem.code, headers=kept)
    answer.content_type = "text/plain; charset=utf-8"
    return answer
