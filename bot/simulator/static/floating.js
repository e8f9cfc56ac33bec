// A small menu under its button: in the top layer, shut by Escape and by a press elsewhere, as the browser does it.

const GAP_PX = 6;

/** `onOpen()` prepares what is in it and gives the element that gets the focus. */
export function floating(menu, button, onOpen) {
  menu.popover = "auto";
  button.popoverTargetElement = menu;
  button.setAttribute("aria-haspopup", "true");
  menu.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    place(menu, button);
    onOpen()?.focus();
  });
  window.addEventListener("resize", () => menu.matches(":popover-open") && place(menu, button));
}

function place(menu, button) {
  const { bottom, right } = button.getBoundingClientRect();
  const roomOnTheRight = document.documentElement.clientWidth - right;
  menu.style.top = `${bottom + GAP_PX}px`;
  menu.style.right = `${Math.max(GAP_PX, roomOnTheRight)}px`;
}
