// The page to print opens the browser's own dialog; without this script it is in the menu.
addEventListener("load", () => print());
