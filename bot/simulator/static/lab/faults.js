// The panel in which things are made to go wrong on purpose, and what the page shows of it elsewhere.

import { fetchConfig } from "../api.js";
import { byId, el } from "../dom.js";
import { showBotState } from "../views/status.js";
import { Banner } from "./faults-banner.js";
import { BotPart } from "./faults-bot.js";
import { ClockPart } from "./faults-clock.js";
import { AdvancedPart } from "./faults-form.js";
import { Groups } from "./faults-rows.js";
import { OthersPart } from "./faults-others.js";
import { Faults } from "./faults-state.js";
import { UsersPart } from "./faults-users.js";

let faults = null;

/** One state for badge, banner and panel, whichever of them comes first. */
function shared(lab) {
  faults ??= new Faults(lab);
  return faults;
}

function mount(root, lab) {
  const state = shared(lab);
  const groups = new Groups(state);
  const others = new OthersPart(state);
  const summary = el("p", { class: "faults-summary" });
  const heal = el(
    "button",
    { type: "button", class: "faults-button", dataset: { testid: "faults-heal" }, onclick: () => state.heal() },
    "Everything works again",
  );
  const trouble = el("p", { class: "faults-trouble", role: "alert" });
  root.classList.add("faults");
  root.append(
    el("h2", {}, "Faults"),
    el("p", { class: "faults-quiet" }, "Make something go wrong, and see what the bot makes of it."),
    el("div", { class: "faults-top" }, summary, heal),
    trouble,
    groups.root,
    others.root,
    new UsersPart(lab).root,
    new BotPart(lab).root,
    new ClockPart(lab).root,
    new AdvancedPart(state).root,
  );
  state.follow(() => {
    const count = state.on.length;
    summary.textContent = count ? `${count === 1 ? "1 fault is" : `${count} faults are`} on.` : "No fault is on.";
    // Not "disabled", which would take the focus away from whoever has just pressed it.
    heal.setAttribute("aria-disabled", String(count === 0));
    trouble.textContent = state.trouble;
    groups.show();
    others.show();
  });
}

function watch(lab) {
  const state = shared(lab);
  const place = byId("faults-on");
  const banner = place ? new Banner(place, { state, open: () => lab.open("faults") }) : null;
  state.follow(() => {
    lab.badge("faults", state.on.length ? `${state.on.length} on` : "");
    banner?.show();
  });
  lab.on("fault", () => state.read());
  lab.on("opened", () => {
    state.read();
    return showBot(lab);
  });
}

/** Nobody announces to a page that was opened later that the bot is not there. */
async function showBot(lab) {
  const [overview, config] = await Promise.all([lab.get("/control"), fetchConfig()]);
  if (overview.bot.process) showBotState(config.bot, { state: overview.bot.state });
}

export const panel = { key: "faults", title: "Faults", mount, watch };
