// Places as the address names them: "#ann/support" for one person, "#ann/support|bob/support" for two.

/** [{person, space}] by key; what cannot be read names nobody. */
export function placesIn(hash) {
  return hash
    .replace(/^#/, "")
    .split(/\||%7c/i)
    .map((place) => place.split("/").map(decoded))
    .map(([person = "", space = ""]) => ({ person, space }));
}

export function addressOf(...places) {
  return `#${places.map(({ person, space }) => `${encoded(person)}/${encoded(space)}`).join("|")}`;
}

/** Where another person would look: at the same space if they are in it, else at one of the same kind. */
export function placeFor(person, { near, spaces }) {
  const theirs = spaces.filter((space) => space.members.includes(person.key));
  const same = theirs.find((space) => space.key === near?.key) ?? theirs.find((space) => space.type === near?.type);
  return { person: person.key, space: (same ?? theirs[0])?.key ?? "" };
}

/** Two people are the one who looks and whoever comes next. */
export function nextTo(person, people) {
  const at = people.findIndex((one) => one.key === person.key);
  return people[(at + 1) % people.length];
}

const encoded = (key) => encodeURIComponent(key);

function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return "";
  }
}
