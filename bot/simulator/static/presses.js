// Sends what is pressed on cards, and keeps a card's buttons still until the answer.

const SHOWN_AT_LEAST_MS = 700;
const PATIENCE_MS = 8000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Presses {
  constructor() {
    this.answers = new EventTarget();
    this.count = 0;
  }

  /** The bot said or changed something: that is what a pressed button waits for. */
  answered() {
    this.count += 1;
    this.answers.dispatchEvent(new Event("answer"));
  }

  /** `send()` posts the action; the card is {element, status}. */
  async press({ element, status }, send) {
    if (element.classList.contains("busy")) return;
    const before = this.count;
    hold(element, true);
    status.classList.remove("error");
    status.textContent = "Sending…";
    try {
      await send();
      status.textContent = "Sent";
      await Promise.all([pause(SHOWN_AT_LEAST_MS), this.nextAnswer(before)]);
      status.textContent = "";
    } catch (error) {
      status.classList.add("error");
      status.textContent = `Not sent: ${error.message}`;
    }
    hold(element, false);
  }

  nextAnswer(before) {
    if (this.count > before) return Promise.resolve();
    const answer = new Promise((resolve) => this.answers.addEventListener("answer", resolve, { once: true }));
    return Promise.race([answer, pause(PATIENCE_MS)]);
  }
}

/** aria-disabled instead of disabled: a disabled button would throw away the keyboard's focus. */
function hold(element, held) {
  element.classList.toggle("busy", held);
  for (const button of element.querySelectorAll("button")) {
    if (held) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
