// Asks the server what there is to say of a card; the rules themselves live there alone.

const REMEMBERED = 200;

const known = new Map();

/** {bytes, limit, flags: [words]} of a card; nothing is flagged while the server cannot be asked. */
export function checkCard(card) {
  const text = JSON.stringify(card);
  if (!known.has(text)) {
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value);
    known.set(text, ask(text).catch(() => forget(text)));
  }
  return known.get(text);
}

async function ask(text) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("/play/cards/check", { method: "POST", headers, body: `{"card":${text}}` });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

function forget(text) {
  // Asked again the next time that the card is drawn.
  known.delete(text);
  return { bytes: new TextEncoder().encode(text).length, limit: null, flags: [] };
}
