// What goes wrong just now, as the server says it, kept for everything on the page that shows it.

const PAUSE_MS = 120;
const TICK_MS = 1000;

export class Faults {
  constructor(lab) {
    this.lab = lab;
    this.groups = [];
    this.items = [];
    this.others = [];
    this.trouble = "";
    this.followers = [];
    this.ticking = 0;
  }

  /** Everything that is on: scenarios first, then what was set in other ways. */
  get on() {
    return [...this.items.filter((item) => item.on), ...this.others];
  }

  /** `show()` is called now and whenever something has changed, the seconds that are left among it. */
  follow(show) {
    this.followers.push(show);
    show();
  }

  /** Announcements come in bursts; one reading after the last of them is enough. */
  async read() {
    this.wanted = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.wanted) {
        this.wanted = false;
        this.take(await this.lab.get("/control/scenarios"));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.reading = false;
    }
  }

  begin(item, limits) {
    return this.ask(() => this.lab.post(`/control/scenarios/${item.key}`, limits), `On: ${item.words}`);
  }

  /** A scenario has a key; what was set in another way has only an id. */
  end(item) {
    const path = item.key ? `scenarios/${item.key}` : `faults/${item.id}`;
    return this.ask(() => this.lab.remove(`/control/${path}`), `Off: ${item.words}`);
  }

  heal() {
    if (!this.on.length) return null;
    return this.ask(() => this.lab.remove("/control/scenarios"), "Everything works again.");
  }

  async ask(call, words) {
    try {
      const answer = await call();
      if (answer?.items) this.take(answer);
      else await this.read();
      this.lab.say(words);
    } catch (error) {
      this.failed(error);
      // A switch that was not taken shows again how it really is.
      this.read();
    }
  }

  take({ groups, items, others }) {
    Object.assign(this, { groups, items, others, trouble: "", taken: performance.now() });
    this.tell();
    clearInterval(this.ticking);
    if (this.on.some((item) => item.left !== null)) this.ticking = setInterval(() => this.tick(), TICK_MS);
  }

  failed(error) {
    this.trouble = plain(error);
    this.tell();
  }

  tell() {
    for (const show of this.followers) show();
  }

  tick() {
    this.tell();
    // The server announces when the time is up; this is for the announcement that was missed.
    if (this.on.some((item) => this.left(item) === 0)) this.read();
  }

  /** Seconds that something stays on, counted down since the server was asked; null for what is not timed. */
  left(item) {
    if (item.left === null || item.left === undefined) return null;
    return Math.max(0, Math.ceil(item.left - (performance.now() - this.taken) / 1000));
  }

  /** "2 left · 8 s left · met 3 calls" */
  words(item) {
    const left = this.left(item);
    const parts = [];
    if (item.times !== null) parts.push(item.times ? `${item.times} left` : "the last one is under way");
    if (left !== null) parts.push(`${duration(left)} left`);
    if (item.hits) parts.push(`met ${item.hits} ${item.hits === 1 ? "call" : "calls"}`);
    return parts.join(" · ");
  }
}

/** 75 is "1 min 15 s". */
export function duration(seconds) {
  const parts = [];
  let rest = Math.round(seconds);
  for (const [size, name] of [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]]) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole) parts.push(`${whole} ${name}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** What an error says, without the number that is for programs. */
export function plain(error) {
  return error.message.replace(/ \(\d{3}\)$/, "");
}
