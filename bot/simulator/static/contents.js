// The files of messages: what they are called, how big they are, and getting them onto this machine.

import { answerOf } from "./api.js";

// What a browser draws without ever running anything of it.
const DRAWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
// Above this, Webex shows no preview either.
const PREVIEW_BYTES = 1024 * 1024;
const UNITS = ["bytes", "KB", "MB", "GB"];

// Kept for each person's own Api, because what one may see another may not.
const known = new WeakMap();

/** {name, size, type, drawable} of a file. */
export function factsOf(api, address) {
  return remembered(api, `facts ${address}`, async () => {
    const response = await fetched(api, "HEAD", address);
    const type = (response.headers.get("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
    const size = Number(response.headers.get("Content-Length") ?? 0);
    const name = plainly(nameIn(response.headers.get("Content-Disposition")) ?? "file");
    return { name, size, type, drawable: DRAWN.has(type) && size <= PREVIEW_BYTES };
  });
}

/** An address under which an <img> finds the picture, and nothing else finds anything. */
export function pictureOf(api, address, type) {
  return remembered(api, `picture ${address}`, async () => {
    const bytes = await (await fetched(api, "GET", address)).arrayBuffer();
    return URL.createObjectURL(new Blob([bytes], { type }));
  });
}

/** Saves a file. It is never opened: as part of this page a hostile one could do whatever the page can. */
export async function download(api, address, name) {
  const bytes = await (await fetched(api, "GET", address)).arrayBuffer();
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** "1.2 KB" */
export function sizeWords(bytes) {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  const digits = unit > 0 && size < 10 ? 1 : 0;
  return `${size.toFixed(digits).replace(/\.0$/, "")} ${bytes === 1 ? "byte" : UNITS[unit]}`;
}

/** "CSV file", "PNG image" */
export function kindWords(name, type = "") {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1].toUpperCase();
  const noun = DRAWN.has(type) ? "image" : "file";
  return ending ? `${ending} ${noun}` : noun.replace(/^./, (letter) => letter.toUpperCase());
}

/** The token goes to the contents of this very server and nowhere else: the address is data from a message. */
async function fetched(api, method, address) {
  const { pathname } = new URL(address, window.location.href);
  if (!/^\/v1\/contents\/[\w-]+$/.test(pathname)) throw new Error("This is no file of the playground.");
  const response = await api.send(method, pathname);
  if (!response.ok) await answerOf(response);
  return response;
}

function nameIn(disposition) {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "") ?? [];
  if (encoded) return decoded(encoded);
  const [, quoted, bare] = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition ?? "") ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? bare?.trim() ?? null;
}

function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

/** Without signs that nobody sees but that turn others around: they let a program's name end like a picture's. */
function plainly(name) {
  return name.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "");
}

/** Asked for once, unless that failed. */
function remembered(api, key, ask) {
  if (!known.has(api)) known.set(api, new Map());
  const answers = known.get(api);
  if (!answers.has(key)) {
    const answer = ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
  }
  return answers.get(key);
}
