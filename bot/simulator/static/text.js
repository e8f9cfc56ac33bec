// Turns messages into nodes that can only be text, and what a person types into what Webex is sent.

import { el, safeUrl } from "./dom.js";

const MENTION = /<@(?:personId:([^|>\s]+)|personEmail:([^|>\s]+)|(all))(?:\|([^>]*))?>/;
const MENTION_HERE = new RegExp(`^${MENTION.source}`);
const ALLOWED = new Set(
  "A BLOCKQUOTE BR CODE DEL EM H1 H2 H3 H4 H5 H6 HR LI OL P PRE S SPAN STRONG UL".split(" "),
);

/** What a message says, as nodes; `nameOf({id, email})` finds the name behind a mention without one. */
export function messageNodes(message, nameOf) {
  if (!message.markdown) return plain(message.text ?? "");
  const parser = markdownParser(nameOf);
  return parser ? markdownNodes(parser.render(message.markdown)) : withoutParser(message.markdown, nameOf);
}

/** Markdown of a card's text as a cleaned HTML string, which is what the card renderer asks for. */
export function cardHtml(markdown) {
  // Cards know links only where they are written as such.
  const parser = markdownParser(() => "", { linkify: false });
  return parser ? markdownNodes(parser.render(markdown)).innerHTML : null;
}

/** Bold, code and mentions only: what is shown until the markdown library is here. */
export function withoutParser(markdown, nameOf = () => "") {
  const parts = new RegExp(`(${MENTION.source})|\\*\\*(.+?)\\*\\*|\`([^\`]+)\``, "gs");
  const holder = el("div", { class: "plain" });
  let end = 0;
  for (const match of markdown.matchAll(parts)) {
    holder.append(unescaped(markdown.slice(end, match.index)));
    const [whole, mention, id, email, all, name, bold, code] = match;
    if (mention) holder.append(mentionNode(name || all || nameOf({ id, email })));
    else holder.append(bold ? el("strong", {}, bold) : el("code", {}, code));
    end = match.index + whole.length;
  }
  holder.append(unescaped(markdown.slice(end)));
  return holder;
}

/** The body of a message as typed: text, or markdown as soon as somebody is mentioned. */
export function outgoing(typed, people) {
  const text = typed.replaceAll("\u0000", "").trim();
  const pattern = mentionPattern(people);
  if (!pattern || !pattern.test(text)) return { text };
  pattern.lastIndex = 0;
  let markdown = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const person = people.find((one) => one.name.toLowerCase() === match[2].toLowerCase());
    markdown += `${text.slice(end, match.index)}${match[1]}\u0000${people.indexOf(person)}\u0000`;
    end = match.index + match[0].length;
  }
  markdown = escapeMarkdown(markdown + text.slice(end));
  // The mentions go in last, because they are the one thing that must not be escaped.
  return { markdown: markdown.replace(/\u0000(\d+)\u0000/g, (_, index) => mentionMarkdown(people[index])) };
}

/** What a person would have typed to say this: {typed}, or {typed, raw} where it is markdown that they wrote. */
export function retyped(message, people) {
  if (!message.markdown) return { typed: message.text ?? "", raw: false };
  const typed = unescaped(message.markdown.replace(/ {2}\n/g, "\n").replace(new RegExp(MENTION.source, "g"), mentionTyped));
  const same = outgoing(typed, people).markdown === message.markdown;
  return same ? { typed, raw: false } : { typed: message.markdown, raw: true };
}

export function mentions(typed, person) {
  return mentionPattern([person])?.test(typed) ?? false;
}

function mentionTyped(whole, id, email, all, name) {
  return name ? `@${name}` : whole;
}

function mentionMarkdown(person) {
  return `<@personId:${person.id}|${person.name}>`;
}

/** "@Name" at a word's beginning, so that an e-mail address is never a mention. */
function mentionPattern(people) {
  if (people.length === 0) return null;
  const names = people
    .map((person) => person.name)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(^|[\\s(,;:!?])@(${names.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
}

/** Every character that markdown would take as its own; a line break stays one. */
function escapeMarkdown(text) {
  return text
    .replace(/[\\`*_[\]<>~|!]/g, "\\$&")
    .replace(/&(?=#|\w+;)/g, "\\&")
    .replace(/^[ \t]+/gm, "")
    .replace(/^[#+=-]/gm, "\\$&")
    .replace(/^(\d+)([.)])/gm, "$1\\$2")
    .replace(/([^\n])\n(?=[^\n])/g, "$1  \n");
}

function plain(text) {
  return el("div", { class: "plain" }, text);
}

function unescaped(text) {
  return text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

function mentionNode(name) {
  return el("span", { class: "mention" }, `@${name || "someone"}`);
}

function markdownParser(nameOf, { linkify = true } = {}) {
  if (!window.markdownit) return null;
  const parser = window.markdownit({ html: false, linkify });
  parser.linkify.set({ fuzzyLink: false });
  // Webex draws neither tables nor images from markdown.
  parser.disable(["image", "table"]);
  parser.inline.ruler.before("autolink", "mention", takeMention);
  parser.renderer.rules.mention = (tokens, index) => {
    const { id, email, all, name } = tokens[index].meta;
    return `<span class="mention">@${parser.utils.escapeHtml(name || all || nameOf({ id, email }) || "someone")}</span>`;
  };
  return parser;
}

function takeMention(state, silent) {
  const match = MENTION_HERE.exec(state.src.slice(state.pos, state.posMax));
  if (!match) return false;
  const [whole, id, email, all, name] = match;
  if (!silent) state.push("mention", "", 0).meta = { id, email, all, name };
  state.pos += whole.length;
  return true;
}

/** The parser lets no HTML through already; this second gate keeps only the tags that markdown itself makes. */
function markdownNodes(html) {
  const holder = el("div", { class: "markdown" });
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const element of template.content.querySelectorAll("*")) clean(element);
  holder.append(template.content);
  return holder;
}

function clean(element) {
  if (!ALLOWED.has(element.tagName)) {
    element.replaceWith(element.textContent);
    return;
  }
  const { href, start } = { href: element.getAttribute("href"), start: element.getAttribute("start") };
  const isMention = element.tagName === "SPAN" && element.className === "mention";
  for (const { name } of [...element.attributes]) element.removeAttribute(name);
  if (isMention) element.className = "mention";
  if (element.tagName === "OL" && start) element.setAttribute("start", start);
  if (element.tagName === "A") linkSafely(element, href);
}

function linkSafely(anchor, href) {
  const address = href?.startsWith("mailto:") ? href : safeUrl(href);
  if (!address) return;
  anchor.setAttribute("href", address);
  anchor.setAttribute("target", "_blank");
  anchor.setAttribute("rel", "noopener noreferrer");
}
