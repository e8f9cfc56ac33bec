// Two people side by side: a chat for each, in a frame of its own, with the lab beside them.

import { addressOf, nextTo, placesIn } from "./address.js";
import { fetchConfig } from "./api.js";
import { byId } from "./dom.js";
import { listen } from "./frames.js";
import { pageKeys } from "./keys.js";
import { openLab } from "./lab/lab.js";
import { shortcuts } from "./shortcuts.js";
import { themeSwitch } from "./theme.js";
import { Pane } from "./views/pane.js";
import { showBotState } from "./views/status.js";
import { linkTool, ONE } from "./views/tools.js";

const RETRY_MS = 2000;

class Split {
  constructor(config) {
    this.bot = config.bot;
    this.panes = this.places(config).map((place, at) => new Pane(place, { side: ["left", "right"][at] }));
    for (const pane of this.panes) pane.tab.addEventListener("click", () => this.choose(pane));
    byId("panes").replaceChildren(...this.panes.map((pane) => pane.element));
    byId("pane-tabs").replaceChildren(...this.panes.map((pane) => pane.tab));
    this.choose(this.panes[0]);
    listen((kind, data, source) => this.heard(kind, data, source));
    window.addEventListener("hashchange", () => this.route());
    this.furnish();
  }

  /** Whoever the address does not name is the first person, or the next one after the left. */
  places({ people, spaces }) {
    const [left, right] = placesIn(window.location.hash);
    const first = people.find((person) => person.key === left.person) ?? people[0];
    const second = people.find((person) => person.key === right?.person) ?? nextTo(first, people);
    const place = ({ token, ...person }, asked) => {
      const theirs = spaces.filter((space) => space.members.includes(person.key));
      return { person, space: theirs.find((space) => space.key === asked) ?? theirs[0] };
    };
    return [place(first, left.space), place(second, right?.space)];
  }

  async furnish() {
    this.one = linkTool("One person", { title: "Go on with the left one alone", path: ONE, testid: "one-person" });
    const [theme, menu] = themeSwitch();
    const [button, dialog] = shortcuts();
    byId("tools").prepend(this.one, theme, button);
    document.body.append(menu, dialog);
    pageKeys({ dialog, onWrite: () => this.focus(this.chosen), onSwitch: () => this.focus(this.chosen) });
    this.show();
    this.lab = await openLab({
      covered: byId("page"),
      fill: (text) => this.fill(text),
      place: () => this.panes[0].shows,
    });
    if (this.connected) this.lab.hear("opened");
  }

  heard(kind, data, source) {
    const pane = this.panes.find(({ frame }) => frame.contentWindow === source);
    if (!pane) return;
    if (kind === "place") this.moved(pane, data);
    if (kind === "switch") this.focus(this.panes.find((one) => one !== pane));
    if (kind === "heard") this.announced(pane, data);
  }

  moved(pane, data) {
    pane.moved(data);
    const address = addressOf(...this.panes.map(({ place }) => place));
    if (window.location.hash !== address) window.history.replaceState(null, "", address);
    this.show();
  }

  /** The left chat's connection serves the lab as well: a browser has only six for each server. */
  announced(pane, { kind, data }) {
    if (kind === "message" && data.kind === "created" && pane !== this.chosen) pane.mark();
    if (pane !== this.panes[0]) return;
    if (kind === "opened") this.connected = true;
    if (kind === "bot") showBotState(this.bot, data);
    this.lab?.hear(kind, data);
  }

  route() {
    placesIn(window.location.hash).forEach((place, at) => this.panes[at]?.goTo(place));
  }

  show() {
    const [left, right] = this.panes;
    this.one.href = `/${addressOf(left.place)}`;
    document.title = `${left.name} and ${right.name} · Playground`;
  }

  /** Where there is room for one only, this one is in front. */
  choose(pane) {
    this.chosen = pane;
    for (const one of this.panes) one.front(one === pane);
  }

  focus(pane) {
    this.choose(pane);
    pane.focus();
  }

  fill(text) {
    this.choose(this.panes[0]);
    this.panes[0].fill(text);
  }
}

async function start() {
  const trouble = byId("split-trouble");
  for (;;) {
    const config = await fetchConfig().catch(() => null);
    trouble.hidden = config !== null;
    trouble.textContent = config ? "" : "Connection lost. Trying again…";
    if (config) return new Split(config);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

start();
