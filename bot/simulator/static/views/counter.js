// Counts the bytes of a message that comes near what Webex takes.

import { el } from "../dom.js";

export const MOST_BYTES = 7439;
const NEAR_BYTES = 6600;

const encoder = new TextEncoder();
const written = (count) => count.toLocaleString("en");

/** Bytes as they are sent, which are more than the characters in most languages and with every mention. */
export function bytesOf(words) {
  return encoder.encode(words).length;
}

export class Counter {
  constructor() {
    this.figures = el("span", { "aria-hidden": "true", dataset: { testid: "counter" } });
    // Read out when a border is crossed, not at every key.
    this.spoken = el("span", { class: "visually-hidden", role: "status" });
    this.element = el("p", { class: "counter", id: "composer-counter" }, this.figures, this.spoken);
  }

  /** Whether so many bytes can be sent. */
  show(bytes) {
    const fits = bytes <= MOST_BYTES;
    const near = bytes >= NEAR_BYTES;
    this.element.classList.toggle("over", !fits);
    this.figures.textContent = near ? `${written(bytes)} of ${written(MOST_BYTES)} bytes` : "";
    const words = this.words({ fits, near });
    if (this.spoken.textContent !== words) this.spoken.textContent = words;
    return fits;
  }

  words({ fits, near }) {
    if (!fits) return `Too long to send: Webex takes ${written(MOST_BYTES)} bytes.`;
    return near ? `Nearly as long as Webex takes: ${written(MOST_BYTES)} bytes.` : "";
  }
}
