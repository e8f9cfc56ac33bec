// The gallery: every golden card as phones and desktops show it, in light and dark.

import { cardElement } from "./card.js";
import { byId, el } from "./dom.js";
import { loadRenderer } from "./renderer.js";
import { messageNodes } from "./text.js";
import { flagList, jsonButton } from "./views/card-frame.js";

const WIDTHS = ["phone", "desktop"];
const THEMES = ["light", "dark"];
const NONE =
  "The gallery is made from the golden cards of a checkout, in tests/cards/golden. There are none here: " +
  "start the playground from a checkout to see them.";
// Far enough ahead that nobody who scrolls sees a card come.
const AHEAD = "1200px 0px";

class Gallery {
  constructor(cards) {
    this.cards = cards;
    this.drawn = new Map();
    this.sections = cards.map((card) => this.section(card));
    this.observer = new IntersectionObserver((entries) => this.came(entries), { rootMargin: AHEAD });
    byId("cards").append(...grouped(cards, this.sections));
    byId("words").addEventListener("input", () => this.choose());
    for (const name of ["theme", "width"]) byId(name).addEventListener("change", () => this.choose());
    this.recall();
    this.choose();
  }

  /** Draws what is in view from now on. */
  begin() {
    this.aim = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    for (const kind of ["wheel", "keydown", "pointerdown"]) {
      window.addEventListener(kind, () => (this.aim = null), { once: true, passive: true });
    }
    this.aim?.scrollIntoView();
    for (const slot of document.querySelectorAll(".gallery-slot")) this.observer.observe(slot);
  }

  /** Everything once more, after the official renderer has come. */
  redraw() {
    for (const [slot, card] of this.drawn) slot.replaceChildren(tried(card));
  }

  section(card) {
    const title = el("h3", {}, el("a", { href: `#${card.name}` }, titleOf(card)));
    const pair = (width) => THEMES.map((theme) => stageOf(width, theme));
    const stages = WIDTHS.map((width) => el("div", { class: "gallery-stages" }, ...pair(width)));
    return el(
      "section",
      { class: "gallery-card", id: card.name, "aria-label": titleOf(card), dataset: { testid: "golden" } },
      el(
        "header",
        {},
        title,
        el("span", { class: "gallery-file" }, `${card.name}.json`),
        card.card ? jsonButton(card.card, card.words) : null,
      ),
      flagList(card.flags),
      ...(card.card ? stages : []),
      wordsOf(card),
    );
  }

  came(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.observer.unobserve(target);
      const name = target.closest(".gallery-card").id;
      const { card } = this.cards.find((one) => one.name === name);
      this.drawn.set(target, card);
      target.replaceChildren(tried(card));
    }
    // Cards grow as they are drawn, which moves what the address asks for, until somebody takes over.
    this.aim?.scrollIntoView();
  }

  /** Shows what is asked for, and keeps it in the address so that it can be sent to somebody. */
  choose() {
    const { words, theme, width } = choices();
    Object.assign(byId("cards").dataset, { themes: theme, widths: width });
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    this.sections.forEach((section, index) => {
      const { name } = this.cards[index];
      // Also as the file is named: that is what people copy.
      const about = `${name}.json ${name.replaceAll("_", " ")}`.toLowerCase();
      section.hidden = !wanted.every((word) => about.includes(word));
      if (!section.hidden) shown += 1;
    });
    for (const group of document.querySelectorAll(".gallery-group")) {
      group.hidden = [...group.querySelectorAll(".gallery-card")].every((section) => section.hidden);
    }
    byId("count").textContent = countWords(shown, this.cards.length);
    const query = new URLSearchParams(Object.entries({ words, theme, width }).filter(([, v]) => v && v !== "both"));
    const address = `${window.location.pathname}${query.size ? `?${query}` : ""}${window.location.hash}`;
    window.history.replaceState(null, "", address);
  }

  recall() {
    const query = new URLSearchParams(window.location.search);
    byId("words").value = query.get("words") ?? "";
    for (const name of ["theme", "width"]) {
      const chosen = [...document.getElementsByName(name)].find((radio) => radio.value === query.get(name));
      if (chosen) chosen.checked = true;
    }
  }
}

function choices() {
  const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
  return { words: byId("words").value, theme: chosen("theme"), width: chosen("width") };
}

function countWords(shown, all) {
  const cards = all === 1 ? "1 card" : `${all} cards`;
  if (shown === all) return cards;
  return `${shown || "None"} of ${cards}`;
}

function grouped(cards, sections) {
  const groups = new Map();
  cards.forEach(({ group }, index) => groups.set(group, [...(groups.get(group) ?? []), sections[index]]));
  return [...groups].map(([group, members]) =>
    el("section", { class: "gallery-group", "aria-label": capital(group) }, el("h2", {}, capital(group)), ...members),
  );
}

function titleOf({ name, group }) {
  const state = name.replaceAll("_", " ").slice(group.length).trim();
  return state ? `${capital(group)}: ${state}` : capital(group);
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stageOf(width, theme) {
  return el(
    "figure",
    { class: "gallery-stage", dataset: { theme, width, testid: `${width}-${theme}` } },
    el("figcaption", {}, `${capital(width)}, ${theme}`),
    el("div", { class: "gallery-slot" }),
  );
}

/** A card that can be tried: what a press would send is said, and nothing is sent. */
function tried(card) {
  return cardElement(card, (inputs, { status }) => {
    status.textContent = `Nothing is sent from here. This would be: ${JSON.stringify(inputs)}`;
  });
}

function wordsOf({ words }) {
  // Only once somebody asks for them: by then the markdown library is here.
  const said = () => (words ? messageNodes({ markdown: words }, () => "someone") : el("p", {}, "There are none."));
  const summary = el("summary", {}, "Show in words");
  const ontoggle = ({ target }) => target.replaceChildren(summary, said());
  return el("details", { class: "gallery-words", ontoggle }, summary);
}

function rendererMissing({ reason, command }) {
  const notice = byId("notice");
  notice.textContent = reason ? `The cards are drawn plainly. ${reason} By hand: ${command}` : "";
  notice.hidden = !reason;
}

async function start() {
  const response = await fetch("/play/gallery");
  const { available, cards } = await response.json();
  if (!available || cards.length === 0) {
    byId("cards").append(el("p", { class: "gallery-none" }, NONE));
    document.body.dataset.gallery = "empty";
    return;
  }
  const gallery = new Gallery(cards);
  let begun = false;
  const begin = () => {
    if (!begun) gallery.begin();
    begun = true;
  };
  await loadRenderer((missing) => {
    rendererMissing(missing);
    begin();
  });
  byId("notice").hidden = true;
  gallery.redraw();
  begin();
  document.body.dataset.gallery = "ready";
}

start();
