// A list of keyed rows that changes only where it must, with one of them in the way of Tab and arrows between them.

export class Rows {
  constructor(list) {
    this.list = list;
    this.items = new Map();
    list.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("focusin", ({ target }) => this.become(target.closest(".inside-row")));
  }

  /** `wanted`: [{key, make(), update(item)}], in order; rows that were there stay the same elements. */
  show(wanted) {
    const before = this.items;
    const hadFocus = this.list.contains(document.activeElement);
    this.items = new Map(wanted.map(({ key, make }) => [key, before.get(key) ?? make()]));
    for (const [key, item] of before) if (this.items.get(key) !== item) item.remove();
    let at = this.list.firstElementChild;
    for (const { key, update } of wanted) {
      const item = this.items.get(key);
      update?.(item);
      if (item === at) at = at.nextElementSibling;
      else this.list.insertBefore(item, at);
    }
    if (!this.current?.isConnected) this.become(this.buttons().at(-1));
    if (hadFocus && !this.list.contains(document.activeElement)) this.current?.focus({ preventScroll: true });
  }

  buttons() {
    return [...this.list.querySelectorAll(".inside-row")];
  }

  become(button) {
    if (!button || button === this.current) return;
    if (this.current) this.current.tabIndex = -1;
    this.current = button;
    button.tabIndex = 0;
  }

  key(event) {
    if (!event.target.matches(".inside-row")) return;
    const buttons = this.buttons();
    const at = buttons.indexOf(event.target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons[Math.min(Math.max(next, 0), buttons.length - 1)].focus();
  }
}
