// Runs before anything is drawn, so that no page flashes in the wrong theme or shape. Not a module for that reason.

(() => {
  const root = document.documentElement;

  function applyTheme() {
    let theme = null;
    try {
      theme = localStorage.getItem("playground.theme");
    } catch {
      // Without storage the system's theme is followed.
    }
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  applyTheme();
  // Another window, or the page around this one, chose a theme.
  window.addEventListener("storage", (event) => {
    if (event.key === "playground.theme" || event.key === null) applyTheme();
  });
  // One of two panes: what stands around a chat is on the page that holds it.
  if (window.parent !== window) root.classList.add("embedded");
})();
