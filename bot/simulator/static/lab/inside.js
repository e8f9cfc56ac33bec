// Shows what happens inside: webhooks, the bot's work, its calls and cards, as they come, or by request in time.

import { el } from "../dom.js";
import { Entries, fits } from "./inside-entries.js";
import { List } from "./inside-list.js";
import { Timeline } from "./inside-timeline.js";
import { Tools } from "./inside-tools.js";

// A burst of calls is one look: more often than this nobody could read it.
const BREATH_MS = 250;
const ADDRESS = "/play/inside";

class Inside {
  constructor(root, lab) {
    this.lab = lab;
    this.entries = new Entries();
    this.only = null;
    this.request = null;
    this.paused = false;
    this.tools = new Tools({
      onFilter: () => this.choose(),
      onRequest: (number, pressed) => this.follow(number, pressed),
      onPause: (paused) => this.pause(paused),
      onClear: () => this.clear(),
      onAll: () => this.back(),
    });
    const acts = { only: (entry) => this.limit(entry.trackingId, entry), request: (number) => this.follow(number, true) };
    this.list = new List(acts);
    this.timeline = new Timeline(acts, { onBack: () => this.back() });
    this.trouble = el("p", { class: "inside-trouble", role: "alert", hidden: true });
    root.classList.add("inside");
    root.append(this.tools.root, this.trouble, this.list.root, this.timeline.root);
    lab.on("inside", () => this.look());
    lab.on("opened", () => this.look());
    // What nobody sees need not be read; it is read when it comes into sight.
    new IntersectionObserver(([seen]) => this.sight(seen.isIntersecting)).observe(root);
  }

  sight(visible) {
    this.visible = visible;
    if (visible) this.look();
  }

  /** Reads what is new: once at a time, and once more if there was something meanwhile. */
  async look() {
    this.wanted = true;
    if (this.looking || !this.visible || this.paused) return;
    this.looking = true;
    while (this.wanted && this.visible && !this.paused) {
      this.wanted = false;
      await this.read();
      await pause(BREATH_MS);
    }
    this.looking = false;
  }

  async read() {
    try {
      const answer = await this.lab.get(`${ADDRESS}?after=${this.entries.last}`);
      if (!this.entries.take(answer)) {
        // Another playground stands behind the same address: its entries are read from the first one on.
        this.wanted = true;
        return;
      }
      this.tools.count(answer.counters);
      if (this.stale || answer.entries.some((entry) => entry.request !== null) || answer.first > answer.last) {
        this.tools.offer((await this.lab.get(`${ADDRESS}/requests`)).items);
        this.stale = false;
      }
      await this.readAside();
      this.tell("");
    } catch (error) {
      this.stale = true;
      this.tell(error.message);
    }
    this.show();
  }

  /** What only the server knows: which entries belong together. */
  async readAside() {
    const { only, request } = this;
    if (only) {
      const { entries } = await this.lab.get(`${ADDRESS}?${new URLSearchParams({ tracking_id: only })}`);
      if (only === this.only) {
        this.related = new Set(entries.map(({ n }) => n));
        this.tools.relate([...new Set(entries.map((entry) => entry.request))].filter((number) => number !== null));
      }
    }
    if (request !== null) {
      const found = await this.lab.get(`${ADDRESS}/requests/${request}`).catch(missing);
      if (request === this.request) this.timeline.found = found;
    }
  }

  show() {
    const asked = this.request !== null;
    this.list.root.hidden = asked;
    this.timeline.root.hidden = !asked;
    if (asked) {
      this.timeline.show(this.request);
      return;
    }
    const filter = this.tools.filter();
    const chosen = this.entries.all.filter((entry) => (!this.only || this.related?.has(entry.n)) && fits(entry, filter));
    this.list.show(chosen, { none: this.entries.all.length ? "Nothing here fits your choice." : null });
  }

  /** Another choice is read from its end. */
  choose() {
    this.list.toEnd();
    this.show();
  }

  /** Only what belongs to a tracking id, as the pressed entry does; null shows everything again. */
  async limit(trackingId, pressed = null) {
    this.only = trackingId;
    this.related = null;
    this.request = null;
    this.tools.say({ only: trackingId, request: null });
    this.list.toEnd();
    await this.again();
    if (pressed) this.list.bring(pressed.n);
    this.lab.say(trackingId ? "Showing only what belongs together." : "Showing everything.");
  }

  /** The button that was pressed is gone then, so the keyboard goes on where the choice is. */
  back() {
    this.tools.focus();
    this.limit(null);
  }

  /** The timeline of a request, or everything; a press goes on there, a choice may be followed by the next choice. */
  follow(number, pressed = false) {
    this.request = number;
    this.only = null;
    this.timeline.found = undefined;
    this.tools.say({ only: null, request: number });
    this.choose();
    this.again();
    if (pressed) this.timeline.focus();
  }

  /** A choice is answered even while paused: nothing new comes into the list by that. */
  async again() {
    try {
      await this.readAside();
      this.tell("");
    } catch (error) {
      this.tell(error.message);
    }
    this.show();
  }

  pause(paused) {
    this.paused = paused;
    this.lab.say(paused ? "Paused." : "Going on.");
    if (!paused) this.look();
  }

  async clear() {
    try {
      await this.lab.remove(ADDRESS);
    } catch (error) {
      this.tell(error.message);
      return;
    }
    this.entries.clear();
    this.tools.offer([]);
    this.limit(null);
    this.look();
  }

  tell(words) {
    this.trouble.textContent = words;
    this.trouble.hidden = words === "";
  }
}

/** A request of which nothing is known any more is not a failure of the page. */
function missing(error) {
  if (error.status === 404) return null;
  throw error;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const panel = {
  key: "inside",
  title: "Inside",
  mount(root, lab) {
    new Inside(root, lab);
  },
};
