// The users whom a provisioning waits for: who they are, and doing for them what only they could do.

import { el } from "../dom.js";
import { plain } from "./faults-state.js";

const WAITS = {
  pending_email_input: "must give an e-mail address",
  pending_email_validation: "must confirm the e-mail address",
  pending_user_migration: "must agree to the move of an existing account",
  provisioning: "is being provisioned",
  updating: "is being updated",
};
const ACTS = { email: "Give one", validate: "Confirm it", consent: "Agree" };

export class UsersPart {
  constructor(lab) {
    this.lab = lab;
    this.list = el("ul", { dataset: { testid: "faults-users" } });
    this.trouble = el("p", { class: "faults-trouble", role: "alert" });
    this.root = el(
      "section",
      { class: "faults-part", "aria-labelledby": "faults-users-title", hidden: true },
      el("h3", { id: "faults-users-title" }, "Subscribers on their way"),
      el("p", { class: "faults-quiet" }, "Some wait for what only their user can do: do it here in the user’s place."),
      this.list,
      this.trouble,
    );
    lab.on("subscriber", () => this.look());
    lab.on("opened", () => this.look());
    this.look();
  }

  async look() {
    try {
      const { items } = await this.lab.get("/control/subscribers");
      this.show(items);
    } catch {
      // The line about the connection says it already.
    }
  }

  show(items) {
    const pressed = document.activeElement?.dataset?.user;
    this.list.replaceChildren(...items.map((user) => this.row(user)));
    this.root.hidden = items.length === 0;
    // Whoever presses one button after the other by keyboard must not be thrown out of the list.
    if (pressed) this.list.querySelector(`[data-user="${CSS.escape(pressed)}"]`)?.focus();
  }

  row(user) {
    const name = `${user.firstName} ${user.lastName}`;
    const buttons = user.acts.map((act) =>
      el(
        "button",
        {
          type: "button",
          class: "faults-button",
          "aria-label": `${ACTS[act]}: ${name}`,
          dataset: { user: user.id },
          onclick: () => this.act(user, act),
        },
        ACTS[act],
      ),
    );
    const mails = user.consentMails ? `, asked by e-mail ${user.consentMails + 1} times` : "";
    return el(
      "li",
      { class: "faults-row" },
      el("div", { class: "faults-line" }, el("span", { class: "faults-words" }, name), ...buttons),
      el("p", { class: "faults-state" }, `${WAITS[user.status] ?? user.status}${mails}`),
    );
  }

  async act(user, act) {
    this.trouble.textContent = "";
    const email = act === "email" ? { email: `${user.userId.split("@")[0]}.verify@example.com` } : {};
    try {
      await this.lab.post(`/control/subscribers/${user.id}`, { act, ...email });
      this.lab.say(`Done for ${user.firstName} ${user.lastName}.`);
    } catch (error) {
      this.trouble.textContent = plain(error);
    }
    this.look();
  }
}
