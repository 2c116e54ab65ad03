/* Words in an address, so that a link leads a colleague to the very span, and quotations to take away. */

/** A few signs that stand for words: enough to see that they are no longer the same. */
function digest(words) {
  let sum = 0x811c9dc5;
  for (const sign of words) sum = Math.imul(sum ^ sign.codePointAt(0), 0x01000193) >>> 0;
  return sum.toString(36);
}

const points = (text, end) => [...text.slice(0, end)].length;
const units = (text, end) => [...text].slice(0, end).join("").length;

/**
 * The words as an address names them: `12-48~k3f9`, in code points of the words of their clause, with a
 * digest of them; `12-art_28__para_4.7` where they end in another clause.
 */
export function markOf(span, texts) {
  const first = texts.get(span.start_eid);
  const last = texts.get(span.end_eid);
  const start = points(first, span.start);
  const end = points(last, span.end);
  if (span.start_eid !== span.end_eid) return `${start}-${span.end_eid}.${end}`;
  return `${start}-${end}~${digest(first.slice(span.start, span.end))}`;
}

/** The words that an address means in a clause, or null where they stand there no longer. */
export function spanOf(mark, eid, texts) {
  const [, from, , last, to, sum] = /^(\d+)-((.+)\.)?(\d+)(?:~(\w+))?$/u.exec(mark ?? "") ?? [];
  const text = texts.get(eid);
  const until = texts.get(last ?? eid);
  if (from === undefined || text === undefined || until === undefined) return null;
  const span = { start_eid: eid, start: units(text, Number(from)), end_eid: last ?? eid, end: units(until, Number(to)) };
  if (!last && span.start >= span.end) return null;
  if (!sum || last) return span;
  if (digest(text.slice(span.start, span.end)) === sum) return span;
  const moved = shifted(text, Number(to) - Number(from), sum);
  return moved && { ...span, ...moved };
}

/** Words of that length and digest elsewhere in the text: a correction before them has shifted them. */
function shifted(text, length, sum) {
  const signs = [...text];
  for (let at = 0; at + length <= signs.length; at += 1) {
    const words = signs.slice(at, at + length).join("");
    if (digest(words) !== sum) continue;
    const start = signs.slice(0, at).join("").length;
    return { start, end: start + words.length };
  }
  return null;
}

/** Words with where they stand, as a footnote has them. */
export function quotation(words, title, citation) {
  return `“${words.trim().replace(/\s*\n\s*/gu, " ")}” (${[title, citation].filter(Boolean).join(", ")})`;
}

/** Puts words where Paste finds them; whether that was possible. */
export async function copyWords(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Without TLS, on an address of the office's network, there is only the old way.
    const field = document.createElement("textarea");
    field.value = words;
    field.style.cssText = "position:fixed;opacity:0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
