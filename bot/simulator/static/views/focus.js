// Where the keyboard is among the messages, in words that survive a new drawing of them.

/** Null where it is elsewhere. */
export function rememberFocus(list) {
  const control = document.activeElement;
  const article = control?.closest?.(".message");
  if (!article || !list.contains(article)) return null;
  const kind = control.tagName.toLowerCase();
  const index = [...article.querySelectorAll(kind)].indexOf(control);
  return { control, id: article.dataset.messageId, kind, index, words: control.textContent };
}

/**
 * `articleOf(id)` finds what is drawn now; `fallback` gets the focus when nothing of the message is left.
 * Gives the message if the focus went to it as a whole, because what had it before is gone.
 */
export function restoreFocus(focus, { articleOf, fallback }) {
  if (!focus || (focus.control.isConnected && focus.control === document.activeElement)) return null;
  const article = articleOf(focus.id);
  const alike = [...(article?.querySelectorAll(focus.kind) ?? [])];
  const same = (one) => one?.textContent === focus.words;
  const twin = same(alike[focus.index]) ? alike[focus.index] : alike.find(same);
  const control = twin ?? (article?.isConnected ? article : fallback);
  control.focus({ preventScroll: true });
  return control === article ? article : null;
}
