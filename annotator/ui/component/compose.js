/* What changes with a decision comes with every run; the words and proposals of a sheet come once. */

const SHEETS = Symbol.for("treaty-annotator.sheets");
const SHEETS_KEPT = 8;

/** The whole of what the view draws, or null where the sheet's words are not at hand. */
export function compose(data) {
  const sheets = (window[SHEETS] ??= new Map());
  if (data.words) {
    sheets.delete(data.key);
    sheets.set(data.key, data.words);
    if (sheets.size > SHEETS_KEPT) sheets.delete(sheets.keys().next().value);
  }
  const words = sheets.get(data.key);
  if (!words) return null;
  return {
    ...words,
    ...data,
    clauses: words.clauses.map((clause) => ({ ...clause, ...(data.states[clause.eid] ?? { state: "open", note: "" }) })),
    suggestions: words.suggestions.map((one) => ({ ...one, ...(data.decided[one.id] ?? { decision: null, annotation: null }) })),
  };
}
