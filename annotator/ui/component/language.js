/*
Tells the browser the language of the page: screen readers at once, and itself for the next visit.

The views take their strings once a page; so when the reader changes the language, the page is
loaded anew. It finds the language in the address, and what is unsent in the browser's storage.
*/
const LANGUAGE = Symbol.for("treaty-annotator.language");

export default function ({ data }) {
  if (data.chosen) document.cookie = `annotator-language=${data.language}; path=/; max-age=31536000; SameSite=Strict`;
  document.documentElement.lang = data.language;
  if (window[LANGUAGE] && window[LANGUAGE] !== data.language) window.location.reload();
  window[LANGUAGE] = data.language;
}
