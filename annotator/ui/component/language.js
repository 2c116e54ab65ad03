/*
Tells the browser the language of the page: screen readers at once, and itself for the next visit.

The views take their strings once a page; so when the reader changes the language, the page is
loaded anew. It finds the language in the address, and what is unsent in the browser's storage.

Streamlit's own controls speak English only. `data.frame` says what each of their strings is in the
language of the page; nothing of it is sent, and nothing is watched, where that is English.
*/
const LANGUAGE = Symbol.for("treaty-annotator.language");
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const LABELLED = ATTRIBUTES.map((name) => `[${name}]`).join();
// Where Streamlit writes words of its own; anywhere else the same words may be a text's or a name's.
const OWN = '[data-testid^="stFileUploader"], [data-testid="InputInstructions"], [data-testid="stSkipToContent"], [role="listbox"], [role="dialog"]';

export default function ({ data }) {
  if (data.chosen) document.cookie = `annotator-language=${data.language}; path=/; max-age=31536000; SameSite=Strict`;
  document.documentElement.lang = data.language;
  if (window[LANGUAGE] === data.language) return;
  if (window[LANGUAGE]) window.location.reload();
  else if (data.frame.length) watchFrame(data.frame);
  window[LANGUAGE] = data.language;
}

function watchFrame(frame) {
  const exact = new Map(frame.filter(([english]) => !english.includes("{")));
  const patterns = frame.filter(([english]) => english.includes("{")).map(([english, other]) => [patternOf(english), other]);

  const inLanguage = (text) => {
    if (!text || text.length > 200) return null;
    if (exact.has(text)) return exact.get(text);
    for (const [pattern, other] of patterns) {
      const found = pattern.exec(text);
      if (found) return other.replace(/\{(\w+)\}/g, (_, name) => found.groups[name]);
    }
    return null;
  };
  const label = (element) => {
    for (const name of ATTRIBUTES) {
      const said = inLanguage(element.getAttribute(name));
      if (said !== null) element.setAttribute(name, said);
    }
  };
  const words = (element) => {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const said = inLanguage(nodes.currentNode.data);
      if (said !== null) nodes.currentNode.data = said;
    }
  };
  const mend = (element) => {
    if (element.matches(LABELLED)) label(element);
    for (const one of element.querySelectorAll(LABELLED)) label(one);
    if (element.closest(OWN)) words(element);
    else for (const one of element.querySelectorAll(OWN)) words(one);
  };
  mend(document.body);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") label(target);
      else if (type === "characterData") target.parentElement?.closest(OWN) && words(target.parentElement);
      else for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) mend(node);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
}

/** Matches a string of Streamlit's, with a group for each `{name}` in it. */
function patternOf(english) {
  const parts = english.split(/\{(\w+)\}/);
  return new RegExp(`^${parts.map((part, i) => (i % 2 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("")}$`, "su");
}
