// The drawer itself: open or closed, how wide, and a sheet over everything where there is no room beside the chat.

import { el, icon } from "../dom.js";

const NARROWEST_PX = 300;
const CHAT_NEEDS_PX = 360;
const STEP_PX = 24;
const USUAL_PX = 400;
const KEPT = "playground.lab";
const CROSS = "M6.400 5 5 6.400l5.600 5.600L5 17.600 6.400 19l5.600-5.600 5.600 5.600 1.400-1.400-5.600-5.600L19 6.400 17.600 5 12 10.600z";

export class Drawer {
  /** `covered` is what a sheet hides; `onOpen()` is called before anything is shown. */
  constructor(root, { button, covered, onOpen }) {
    Object.assign(this, { root, button, covered, onOpen });
    this.kept = remembered();
    this.body = el("div", { class: "lab-body" });
    this.separator = this.newSeparator();
    root.replaceChildren(this.separator, this.body);
    this.phone = window.matchMedia("(max-width: 719px)");
    this.phone.addEventListener("change", () => this.settle());
    window.addEventListener("resize", () => this.measure());
    root.addEventListener("keydown", (event) => this.key(event));
    button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.widen(this.kept.width ?? USUAL_PX);
    this.settle();
  }

  get isOpen() {
    return !this.root.hidden;
  }

  get isSheet() {
    return this.isOpen && this.phone.matches;
  }

  /** A sheet that covers the chat is nothing to begin with. */
  restore() {
    if (this.kept.open && !this.phone.matches) this.show();
  }

  open() {
    this.cameFrom = document.activeElement === document.body ? this.button : document.activeElement;
    this.show();
    this.body.querySelector('[role="tab"][aria-selected="true"]')?.focus();
  }

  show() {
    this.onOpen();
    this.root.hidden = false;
    this.settle();
    this.remember({ open: true });
  }

  close() {
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.settle();
    this.remember({ open: false });
    if (hadFocus) (this.cameFrom?.isConnected && !this.root.contains(this.cameFrom) ? this.cameFrom : this.button).focus();
  }

  closeButton() {
    return el(
      "button",
      { type: "button", class: "lab-close", "aria-label": "Close the lab", title: "Close (Escape)", onclick: () => this.close() },
      icon(CROSS),
    );
  }

  remember(what) {
    this.kept = { ...this.kept, ...what };
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.kept));
    } catch {
      // Without storage the drawer is as usual next time.
    }
  }

  settle() {
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.covered.inert = this.isSheet;
    document.body.classList.toggle("with-lab", this.isOpen);
    this.measure();
  }

  key(event) {
    // A dialog, or a panel that used the key itself, comes first.
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest("dialog, [popover]")) return;
    event.preventDefault();
    this.close();
  }

  newSeparator() {
    return el("div", {
      class: "lab-separator",
      role: "separator",
      tabindex: "0",
      "aria-orientation": "vertical",
      "aria-label": "Width of the lab",
      "aria-controls": this.root.id,
      onkeydown: (event) => this.step(event),
      onpointerdown: (event) => this.grab(event),
      onpointermove: (event) => this.drag(event),
      onpointerup: () => this.remember({ width: this.width }),
      ondblclick: () => this.widen(USUAL_PX, { keep: true }),
    });
  }

  step(event) {
    const { key } = event;
    const wanted = {
      ArrowLeft: this.width + STEP_PX,
      ArrowRight: this.width - STEP_PX,
      Home: NARROWEST_PX,
      End: this.widest(),
    }[key];
    if (wanted === undefined) return;
    event.preventDefault();
    this.widen(wanted, { keep: true });
  }

  grab(event) {
    event.preventDefault();
    this.separator.focus();
    // The captured pointer is heard even over a frame.
    this.separator.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (this.separator.hasPointerCapture(event.pointerId)) this.widen(window.innerWidth - event.clientX);
  }

  widest() {
    return Math.max(NARROWEST_PX, window.innerWidth - CHAT_NEEDS_PX);
  }

  widen(wanted, { keep = false } = {}) {
    this.width = Math.round(Math.min(Math.max(wanted, NARROWEST_PX), this.widest()));
    this.measure();
    if (keep) this.remember({ width: this.width });
  }

  measure() {
    const width = Math.min(this.width, this.widest());
    this.root.style.setProperty("--lab-width", `${width}px`);
    this.separator.setAttribute("aria-valuenow", String(width));
    this.separator.setAttribute("aria-valuemin", String(NARROWEST_PX));
    this.separator.setAttribute("aria-valuemax", String(this.widest()));
  }
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    return { open: kept.open === true, panel: String(kept.panel ?? ""), width: Number(kept.width) || undefined };
  } catch {
    return {};
  }
}
