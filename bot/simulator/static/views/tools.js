// The tools in the header: small signs with words beside them where there is room.

import { el, icon } from "../dom.js";

export const TWO =
  "M8 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM16.500 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6z" +
  "M2 18.500C2 15.500 5 14 8 14s6 1.500 6 4.500V20H2zM15.800 20v-1.500c0-1.800-.8-3.200-2-4.200.9-.2 1.800-.3 2.700-.3 2.700 0 5.500 1.300 5.500 4V20z";
export const ONE = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 19c0-3.300 4-5 8-5s8 1.700 8 5v1H4z";

export function linkTool(words, { title, path, testid }) {
  return el(
    "a",
    { class: "tool", href: "/", title, "aria-label": words, dataset: { testid } },
    icon(path),
    el("span", { class: "tool-words" }, words),
  );
}
