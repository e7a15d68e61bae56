// What may be reported of a tab, and the address of the form with the page's own filled in. Pure.

export const LONGEST = 8000; // characters; beyond, a person copies it into the form

// Returns { address } of a tab that has one on the web, or { refused } as the name of a message.
export function judged(tab) {
  let address;
  try {
    address = new URL(tab?.url ?? "");
  } catch {
    return { refused: "refused_none" };
  }
  if (!["http:", "https:"].includes(address.protocol)) return { refused: "refused_kind" };
  address.username = address.password = ""; // a password is nobody's business
  if (address.href.length > LONGEST) return { refused: "refused_long" };
  return { address: address.href };
}

// What is said stands after the #: the form's own script reads it, and no server is told.
export function filled(form, address, kind) {
  const said = new URLSearchParams(kind ? { address, category: kind } : { address });
  return `${form}#${said}`;
}
