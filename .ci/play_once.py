"""Starts the playground with the Python named on the command line, says hello, and checks that the bot answers."""

import json
import signal
import subprocess
import sys
import time
import urllib.request

WITHIN = 60.0


def call(url: str, token: str, body: dict[str, str] | None = None) -> dict[str, list[dict[str, str]]]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)  # noqa: S310 - loopback.
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the playground's own address.
        found: dict[str, list[dict[str, str]]] = json.load(answer)
        return found


began = time.monotonic()
command = [sys.argv[1], "-m", "bot", "play", "--json", "--port", "0"]
play = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program.
try:
    where = json.loads(play.stdout.readline() if play.stdout else "")
    ready = time.monotonic() - began
    token, room, bot = where["people"]["ann"]["token"], where["spaces"]["ann"], where["bot_person"]["id"]
    call(f"{where['webex']}messages", token, {"roomId": room, "text": "precheck ann@example.com"})
    answered: list[dict[str, str]] = []
    while not answered and time.monotonic() - began < WITHIN:
        messages = call(f"{where['webex']}messages?roomId={room}", token)["items"]
        answered = [each for each in messages if each["personId"] == bot]
        time.sleep(0.1)
    if not answered or "Webex expects this to work" not in answered[0]["markdown"]:
        sys.exit(f"the bot did not answer as it should: {answered}")
finally:
    play.send_signal(signal.SIGINT)
    play.wait(timeout=30)
version = subprocess.run([sys.argv[1], "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - named by CI.
sys.stdout.write(f"{version}: ready after {ready:.1f} s, and it answers\n")
