// What stands around the chat: the tools in its header and the lab, or the page that holds it as one of two panes.

import { addressOf, nextTo, placeFor } from "./address.js";
import { byId } from "./dom.js";
import { listen, say } from "./frames.js";
import { ChatKeys } from "./keys.js";
import { openLab } from "./lab/lab.js";
import { shortcuts } from "./shortcuts.js";
import { themeSwitch } from "./theme.js";
import { linkTool, TWO } from "./views/tools.js";

/** The shell hears from the chat: moved(), opened(), hear(kind, data). */
export function surround(app) {
  const [button, dialog] = shortcuts();
  document.body.append(dialog);
  const shell = window.parent === window ? new Alone(app, button) : new Pane(app);
  new ChatKeys(app, { dialog, onSwitch: shell.switchPane });
  shell.moved();
  if (app.online) shell.opened();
  return shell;
}

class Alone {
  constructor(app, shortcutsButton) {
    this.app = app;
    this.two = linkTool("Two people", { title: "See two people side by side", path: TWO, testid: "two-people" });
    const [theme, menu] = themeSwitch();
    byId("tools").prepend(this.two, theme, shortcutsButton);
    document.body.append(menu);
    this.furnish();
  }

  async furnish() {
    const { app } = this;
    // The lab listens through the chat's connection: a browser has only six for each server.
    this.lab = await openLab({
      covered: byId("page"),
      fill: (text) => app.composer.fill(text),
      place: () => placeOf(app),
    });
    if (app.online) this.lab.hear("opened");
  }

  moved() {
    const { person, space, people, config } = this.app;
    const other = placeFor(nextTo(person, people.people), { near: space, spaces: config.spaces });
    this.two.href = `/split${addressOf({ person: person.key, space: space.key }, other)}`;
  }

  opened() {
    this.lab?.hear("opened");
  }

  hear(kind, data) {
    this.lab?.hear(kind, data);
  }
}

/** In a frame: the page around it has the tools and the lab, and hears everything from here. */
class Pane {
  constructor(app) {
    this.app = app;
    listen((kind, data, source) => {
      if (source !== window.parent) return;
      if (kind === "fill") app.composer.fill(String(data.text));
      if (kind === "focus") app.composer.field.focus();
    });
  }

  moved() {
    say(window.parent, "place", placeOf(this.app));
  }

  opened() {
    this.hear("opened", {});
  }

  hear(kind, data) {
    say(window.parent, "heard", { kind, data });
  }

  switchPane = () => say(window.parent, "switch");
}

/** Whom and what the chat shows; what opens the simulated Webex stays with the chat. */
function placeOf({ person, space }) {
  const { token, ...known } = person;
  return { person: known, space };
}
