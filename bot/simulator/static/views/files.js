// The file that goes with a message: chosen, dropped or pasted, and shown before it is sent.

import { kindWords, sizeWords } from "../contents.js";
import { el, icon } from "../dom.js";

const CLIP =
  "M16.500 6.500v9.700a4.500 4.500 0 0 1-9 0V5.800a3 3 0 0 1 6 0v9.500a1.500 1.500 0 0 1-3 0V7H9v8.300a3 3 0 0 0 6 0V5.800a4.500 4.500 0 0 0-9 0v10.400a6 6 0 0 0 12 0V6.500z";
const MOST_BYTES = 100 * 1024 * 1024;

export class Attachment {
  /** `onChange()` hears that a file came or went, `onTaken()` that a person gave it, `onTrouble(words)` why not. */
  constructor({ onChange, onTaken, onTrouble }) {
    this.onChange = onChange;
    this.onTaken = onTaken;
    this.onTrouble = onTrouble;
    this.file = null;
    this.input = el("input", { type: "file", hidden: true, dataset: { testid: "file" }, onchange: () => this.chosen() });
    this.button = el(
      "button",
      { type: "button", class: "clip", "aria-label": "Attach a file", title: "Attach a file", onclick: () => this.input.click() },
      icon(CLIP),
    );
    this.element = el("div", { class: "attached", dataset: { testid: "attached" }, hidden: true });
  }

  chosen() {
    this.take([...this.input.files]);
    // Or choosing the same file once more would be no change.
    this.input.value = "";
  }

  /** The first of these, if Webex would take it. */
  take(files) {
    const [file] = files;
    if (!file) return;
    if (file.size > MOST_BYTES) {
      this.onTrouble(`“${file.name}” has ${sizeWords(file.size)}: Webex takes files of at most 100 MB.`);
      return;
    }
    this.put(file);
    this.onTaken();
    if (files.length > 1) this.onTrouble(`One file goes with a message: this is “${file.name}”. Send the others after it.`);
  }

  /** A File, or null for none. */
  put(file) {
    this.file = file;
    this.element.hidden = file === null;
    this.element.replaceChildren(...(file ? this.chip(file) : []));
    this.onChange();
  }

  chip(file) {
    const onclick = () => {
      this.put(null);
      this.button.focus();
    };
    const words = el("span", { class: "file-words" });
    words.append(
      el("span", { class: "file-name" }, file.name),
      el("span", { class: "file-facts" }, `${kindWords(file.name, file.type)} · ${sizeWords(file.size)}`),
    );
    const label = `Remove ${file.name}`;
    return [words, el("button", { type: "button", class: "remove", "aria-label": label, title: "Remove", onclick }, "×")];
  }

  /** Files from the clipboard, unless there are words too: spreadsheets copy a picture beside them. */
  paste(event) {
    const { files, types } = event.clipboardData;
    if (files.length === 0 || types.includes("text/plain") || this.button.hidden) return;
    event.preventDefault();
    this.take([...files]);
  }

  /** Takes what is dropped onto an element; `whereTo()` is the name of the space. */
  listen(target, whereTo) {
    const zone = el("div", { class: "dropzone", hidden: true, dataset: { testid: "dropzone" } });
    target.append(zone);
    const over = (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      // Without this, a file dropped beside the mark would be opened in place of the page.
      event.preventDefault();
      const welcome = target.contains(event.target) && !this.button.hidden;
      event.dataTransfer.dropEffect = welcome ? "copy" : "none";
      if (welcome) zone.textContent = `Drop a file to send it to ${whereTo()}`;
      zone.hidden = !welcome;
    };
    document.addEventListener("dragenter", over);
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) zone.hidden = true;
    });
    document.addEventListener("drop", (event) => {
      over(event);
      if (!zone.hidden) this.dropped(event.dataTransfer);
      zone.hidden = true;
    });
  }

  dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
    if (entries.some((entry) => entry?.isDirectory)) {
      this.onTrouble("A folder cannot be sent. Drop one file of it, or an archive.");
      return;
    }
    this.take([...transfer.files]);
  }
}
