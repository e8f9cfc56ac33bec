// Loads the official card renderer as soon as the server has it.

import { fetchRendererState } from "./api.js";
import { el } from "./dom.js";

const WAITING_MS = 700;
const MISSING_MS = 4000;

let ready = false;

/** Whether cards and markdown can be drawn by the official libraries now. */
export function rendererReady() {
  return ready;
}

/** Resolves when the renderer is loaded; `onMissing({reason, command})` hears why it is not, until then. */
export async function loadRenderer(onMissing) {
  while (!(await available(onMissing))) {
    // Asked again, so that the command run by hand is noticed without a reload.
  }
  await Promise.all([
    addStylesheet("/static/vendor/adaptivecards.css"),
    addScript("/static/vendor/markdown-it.min.js"),
    addScript("/static/vendor/adaptivecards.min.js"),
  ]);
  ready = true;
}

async function available(onMissing) {
  const state = await fetchRendererState().catch(() => ({ ready: false, reason: null }));
  if (state.ready) return true;
  onMissing(state);
  await new Promise((resolve) => setTimeout(resolve, state.reason ? MISSING_MS : WAITING_MS));
  return false;
}

function addScript(address) {
  return loaded(el("script", { src: address }), (script) => document.head.append(script));
}

function addStylesheet(address) {
  // Before our own sheets, so that ours have the last word.
  return loaded(el("link", { rel: "stylesheet", href: address }), (link) => document.head.prepend(link));
}

function loaded(element, insert) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error("The card renderer could not be loaded.")));
    insert(element);
  });
}
