// Return the link in what was typed, pasted or shared (Android puts it into the text), or "".
export function linkIn(...texts) {
  for (const text of texts) {
    const found = /https?:\/\/[^\s<>"]+/i.exec(text ?? "");
    if (found) return found[0];
  }
  return "";
}
