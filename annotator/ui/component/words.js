/* What the views say, in the language of the page: the same keys as in Python. */
let words = {};
let spoken = "en";

/** Takes the strings of a language. */
export function speak(language, given) {
  words = given;
  spoken = language;
}

/** The language the page speaks. */
export function language() {
  return spoken;
}

/**
 * The string under that key, with the values in their places; a number is written out, and the
 * number `n` chooses between the forms for one and for several. A number that is a name (an
 * article, a year) is given as a string.
 */
export function say(key, values = {}) {
  let entry = words[key] ?? key;
  if (typeof entry !== "string") entry = entry[values.n === 1 || (spoken === "fr" && values.n >= 0 && values.n < 2) ? "one" : "other"];
  return entry.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? numeral(values[name]) : String(values[name])));
}

/** The number with the language's marks, and `digits` behind the decimal mark where given. */
export function numeral(value, digits) {
  const behind = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(spoken === "en" ? "en-GB" : spoken, behind).format(value);
}

/** The names in a row, with "and" before the last. */
export function listed(names) {
  return new Intl.ListFormat(spoken === "en" ? "en-GB" : spoken, { type: "conjunction" }).format(names);
}

/** What a language is called in the language `within`. */
export function nameOfLanguage(code, within) {
  try {
    const name = new Intl.DisplayNames([within], { type: "language" }).of(code);
    return name.replace(/^./u, (first) => first.toLocaleUpperCase(within));
  } catch {
    return code;
  }
}
