// For those who know what they want: a form with everything that a fault can be.

import { el } from "../dom.js";
import { plain } from "./faults-state.js";

const KINDS = [
  ["status", "a status (an error)"],
  ["latency", "a late answer"],
  ["hang", "no answer for a while"],
  ["drop_before", "cut off before it is done"],
  ["drop_after", "cut off after it is done"],
  ["html", "an error page"],
  ["empty", "nothing at all"],
  ["broken_json", "an answer that breaks off"],
  ["body", "an answer of my own"],
];
const METHODS = [["", "any"], ...["GET", "POST", "PUT", "DELETE"].map((name) => [name, name])];
const WHOSE = [["", "everybody's"], ["bot", "the bot's only"]];
const SERVICES = [["webex", "Webex"], ["broadworks", "BroadWorks"]];
const WHOLE = new Set(["status", "times"]);

/** [name, label, hint or choices, kind of control] */
const FIELDS = [
  ["service", "Service", SERVICES, "select"],
  ["kind", "What goes wrong", KINDS, "select"],
  ["person", "Whose calls", WHOSE, "select"],
  ["method", "Method", METHODS, "select"],
  ["path", "Path", "a pattern for all of it, such as /messages/.+", "input"],
  ["status", "Status", "such as 503", "input"],
  ["retry_after", "Retry-After", "seconds, or whatever is to be said", "input"],
  ["seconds", "Seconds", "to wait, for late or no answers", "input"],
  ["times", "Times", "empty: without end", "input"],
  ["lasts", "Lasts", "seconds; empty: without end", "input"],
  ["body", "Body", "JSON, or text as it is", "textarea"],
  ["headers", "Headers", "one on each line: Name: value", "textarea"],
];

export class AdvancedPart {
  constructor(state) {
    this.state = state;
    this.fields = new Map(FIELDS.map((field) => [field[0], new Field(field)]));
    this.applied = el("input", { type: "checkbox", id: "faults-form-applied" });
    this.trouble = el("p", { class: "faults-trouble", role: "alert", dataset: { testid: "faults-form-trouble" } });
    const send = (event) => {
      event.preventDefault();
      this.send();
    };
    this.root = el(
      "details",
      { class: "faults-group", dataset: { testid: "faults-advanced" } },
      el("summary", {}, el("h3", {}, "Advanced"), el("span", { class: "faults-quiet" }, "a fault of my own")),
      el(
        "form",
        { class: "faults-form", novalidate: true, onsubmit: send },
        ...[...this.fields.values()].map(({ root }) => root),
        el("label", { class: "faults-check" }, this.applied, "The call is carried out first"),
        this.trouble,
        el("div", { class: "faults-buttons" }, el("button", { type: "submit", class: "faults-button" }, "Add this fault")),
      ),
    );
  }

  async send() {
    for (const field of this.fields.values()) field.refuse("");
    this.trouble.textContent = "";
    try {
      await this.state.lab.post("/control/faults", this.body());
    } catch (error) {
      this.refuse(plain(error));
      return;
    }
    // What was typed stays: the next fault is often nearly the same.
    this.state.lab.say("The fault is on.");
    this.state.read();
  }

  body() {
    const body = this.applied.checked ? { applied: true } : {};
    for (const [name, { control }] of this.fields) {
      const text = name === "body" ? control.value : control.value.trim();
      if (text !== "") body[name] = value(name, text);
    }
    // BroadWorks is called by nobody but the bot.
    if (body.service === "broadworks") delete body.person;
    return body;
  }

  /** The server begins its words with the field that they are about. */
  refuse(words) {
    const name = words.split(" ")[0].toLowerCase().replace("-", "_");
    const field = this.fields.get(name);
    if (field) field.refuse(words);
    else this.trouble.textContent = words;
    field?.control.focus();
  }
}

class Field {
  constructor([name, label, more, tag]) {
    const id = `faults-form-${name}`;
    this.complaint = el("span", { class: "faults-trouble", id: `${id}-trouble`, role: "alert" });
    this.control = el(
      tag,
      {
        id,
        class: "faults-field",
        "aria-describedby": `${id}-hint ${id}-trouble`,
        ...(tag !== "select" && { autocomplete: "off", spellcheck: "false" }),
        ...(tag === "textarea" && { rows: "2" }),
      },
      ...(tag === "select" ? more.map(([value, words]) => el("option", { value }, words)) : []),
    );
    const hint = tag === "select" ? "" : more;
    this.root = el(
      "div",
      { class: `faults-entry ${tag === "textarea" || name === "path" ? "faults-wide" : ""}` },
      el("label", { for: id }, label),
      this.control,
      el("span", { class: "faults-quiet", id: `${id}-hint`, hidden: !hint }, hint),
      this.complaint,
    );
  }

  refuse(words) {
    this.complaint.textContent = words;
    this.control.setAttribute("aria-invalid", String(words !== ""));
  }
}

/** What is not as it should be goes out as it was typed: the server says what is wrong with it. */
function value(name, text) {
  if (WHOLE.has(name)) return /^-?\d+$/.test(text) ? Number(text) : text;
  if (name === "seconds" || name === "lasts") return text.replace(",", ".");
  if (name === "body") return parsed(text);
  if (name === "headers") return headers(text);
  return text;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headers(text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.some((line) => !line.includes(":"))) return text;
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]),
  );
}
