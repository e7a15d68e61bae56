// Begins Wagtail's choosers and calendars from data, where Wagtail writes scripts into its pages:
// <template data-begin="PageChooser" data-for="id_page" data-options="{…}">. Only these names.
const CLASSES = new Set(["Chooser", "DocumentChooser", "ImageChooser", "PageChooser"]);
const FUNCTIONS = new Set(["initDateChooser", "initDateTimeChooser", "initTimeChooser"]);

const begin = (mark) => {
  const { begin: name, for: id, options } = mark.dataset;
  if (!document.getElementById(id)) return; // the page was changed meanwhile
  mark.remove();
  if (CLASSES.has(name)) new window[name](id, JSON.parse(options));
  else if (FUNCTIONS.has(name)) window[name](id, JSON.parse(options));
};

const beginAll = () => document.querySelectorAll("template[data-begin]").forEach(begin);

document.addEventListener("DOMContentLoaded", () => {
  beginAll();
  new MutationObserver(beginAll).observe(document.body, { childList: true, subtree: true });
});
