// One of two chats side by side: the frame, whose it is, and its button where only one of them fits.

import { addressOf } from "../address.js";
import { el } from "../dom.js";
import { say } from "../frames.js";

export class Pane {
  /** `person` and `space` as the server describes them. */
  constructor({ person, space }, { side }) {
    this.place = { person: person.key, space: space.key };
    this.shows = { person, space };
    this.name = firstName(person);
    this.frame = el("iframe", {
      src: `/${addressOf(this.place)}`,
      title: `${this.name}’s window`,
      name: side,
      dataset: { testid: `pane-${side}` },
    });
    this.element = el("div", { class: "pane" }, this.frame);
    this.words = el("span", { class: "segment-name" }, this.name);
    this.news = el("span", { class: "badge", hidden: true }, el("span", { class: "visually-hidden" }, "new"));
    this.tab = el("button", { type: "button", class: "segment", dataset: { testid: `pane-tab-${side}` } }, this.words, this.news);
  }

  /** The chat in the frame went to another person or space. */
  moved({ person, space }) {
    this.shows = { person, space };
    this.place = { person: person.key, space: space.key };
    this.name = firstName(person);
    this.frame.title = `${this.name}’s window`;
    this.words.textContent = this.name;
  }

  goTo(place) {
    if (addressOf(place) === addressOf(this.place)) return;
    this.frame.contentWindow.location.replace(`/${addressOf(place)}`);
  }

  front(isFront) {
    this.element.classList.toggle("in-front", isFront);
    this.tab.setAttribute("aria-pressed", String(isFront));
    if (isFront) this.news.hidden = true;
  }

  /** Something new is here while the other one is in front. */
  mark() {
    this.news.hidden = false;
  }

  focus() {
    this.frame.contentWindow.focus();
    say(this.frame.contentWindow, "focus");
  }

  fill(text) {
    this.frame.contentWindow.focus();
    say(this.frame.contentWindow, "fill", { text });
  }
}

const firstName = ({ name }) => name.split(" ")[0];
