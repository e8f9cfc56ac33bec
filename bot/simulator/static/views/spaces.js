// The list of spaces of the current person, and the head of the open one.

import { addressOf } from "../address.js";
import { byId, el } from "../dom.js";

export function showSpaces(root, spaces, { current, person, people, unread }) {
  root.replaceChildren(
    ...spaces.map((space) => el("li", {}, link(space, { current, person, people, count: unread(space) }))),
  );
}

export function showHead(space, { person, people }) {
  const title = titleOf(space, people);
  byId("space-title").textContent = title;
  byId("space-members").textContent = space.type === "direct" ? "Direct chat" : memberNames(space, people);
  document.title = `${title} · ${person.name.split(" ")[0]} · Playground`;
}

/** A direct chat is called by the other one's name, as in Webex. */
export function titleOf(space, people) {
  return space.type === "direct" ? people.bot.name : space.title;
}

function memberNames(space, people) {
  const members = people.people.filter((person) => space.members.includes(person.key));
  return [...members.map((person) => person.name.split(" ")[0]), people.bot.name].join(", ");
}

function link(space, { current, person, people, count }) {
  const title = titleOf(space, people);
  return el(
    "a",
    {
      class: "space",
      href: addressOf({ person: person.key, space: space.key }),
      "aria-current": space === current ? "page" : null,
      dataset: { testid: `space-${space.key}` },
    },
    el("span", { class: `space-sign ${space.type}`, "aria-hidden": "true" }, space.type === "direct" ? "@" : "#"),
    el("span", { class: "space-name" }, title),
    count ? el("span", { class: "badge" }, count, el("span", { class: "visually-hidden" }, " unread")) : null,
  );
}
