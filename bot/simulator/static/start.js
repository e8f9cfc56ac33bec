// Starts the chat page: who is there, what was read already, and the parts in their order.

import { Api, fetchConfig } from "./api.js";
import { App } from "./app.js";
import { loadRenderer } from "./renderer.js";
import { surround } from "./shell.js";
import { Unread } from "./unread.js";
import * as status from "./views/status.js";

const RETRY_MS = 2000;

async function start() {
  const config = await found();
  const unread = new Unread();
  const begun = config.people.map(async (person) => {
    unread.begin(person, await new Api(person.token).rooms().catch(() => []));
  });
  await Promise.all(begun);
  const app = new App(config, unread);
  app.shell = surround(app);
  await loadRenderer(status.showRendererMissing);
  app.rendererArrived();
}

async function found() {
  for (;;) {
    const config = await fetchConfig().catch(() => null);
    if (config) return config;
    status.showConnection("lost");
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

start();
