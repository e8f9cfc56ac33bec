// A file in a message: a preview where it is a small picture, what it is, and Download.

import { download, factsOf, kindWords, pictureOf, sizeWords } from "../contents.js";
import { el, icon } from "../dom.js";

const SHEET = "M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 1.500V8h4.500z";

export function fileElement(address, api) {
  const name = el("span", { class: "file-name" }, "File");
  const about = el("span", { class: "file-facts", role: "status" });
  const button = el("button", { type: "button", class: "download" }, "Download");
  const row = el("div", { class: "file-row" }, icon(SHEET), el("span", { class: "file-words" }, name, about), button);
  const element = el("div", { class: "file", dataset: { testid: "message-file" } }, row);
  show({ element, name, about, button }, { address, api });
  return element;
}

async function show({ element, name, about, button }, { address, api }) {
  try {
    const facts = await factsOf(api, address);
    const words = `${kindWords(facts.name, facts.type)} · ${sizeWords(facts.size)}`;
    name.textContent = facts.name;
    name.title = facts.name;
    about.textContent = words;
    button.setAttribute("aria-label", `Download ${facts.name}`);
    button.addEventListener("click", () => save(facts, { about, words, address, api }));
    if (facts.drawable) element.prepend(await picture(facts, { address, api }));
  } catch (error) {
    button.hidden = name.textContent === "File";
    about.textContent = `It could not be read: ${error.message}`;
  }
}

async function save(facts, { about, words, address, api }) {
  about.textContent = "Downloading…";
  try {
    await download(api, address, facts.name);
    about.textContent = words;
  } catch (error) {
    about.textContent = `Not downloaded: ${error.message}`;
  }
}

/** Whole before it is put in, so that the messages do not jump. */
async function picture({ name, type }, { address, api }) {
  const image = el("img", { src: await pictureOf(api, address, type), alt: name, class: "file-picture" });
  await image.decode();
  return image;
}
