/* Phrases: stretches of words that belong together, cut without knowing any grammar.

A phrase ends at a mark of punctuation and at a word that joins or relates: "and", "which", "shall",
a preposition. What a noun is made of stays together: articles, "of", hyphens. Where the joining
words of a language are not listed, punctuation alone cuts.
*/
import { wordsOf } from "./selection.js";

const JOINING = Object.fromEntries(Object.entries({
  en: `and or nor but if when whenever where wherever which who whom whose that whether because unless until while as so than
    shall should may might must will would can could cannot is are was were be been being has have had do does did not
    to in on at by for from with without within into upon under over through against between among before after during about
    above below per via including it they he she there`,
  fr: `et ou ni mais si quand lorsque lorsqu où qui que qu dont quoi lequel laquelle lesquels lesquelles afin car parce
    peut peuvent doit doivent est sont soit soient être a ont avoir été ne pas n il elle ils elles on ce cela se s y en
    à au aux dans sur sous par pour avec sans entre vers contre chez selon dès depuis avant après pendant jusque ainsi comme`,
  es: `y e o u ni pero sino si cuando donde que quien quienes cual cuales cuyo cuya cuyos cuyas porque
    puede pueden podrá podrán debe deben deberá deberán es son sea sean será serán ser ha han haber no se le les lo
    a al en por para con sin entre hacia contra según desde hasta sobre bajo ante tras durante mediante como así`,
  pt: `e ou nem mas se quando onde que quem qual quais cujo cuja cujos cujas porque pode podem poderá poderão deve devem
    deverá deverão é são seja sejam será serão ser há ter não se a ao à aos às em no na nos nas por para com sem entre
    contra segundo desde até sobre sob durante mediante como pelo pela pelos pelas`,
  de: `und oder aber noch wenn falls wo der die das den dem deren dessen welche welcher welches ob weil dass sofern soweit
    darf dürfen muss müssen soll sollen kann können wird werden ist sind sei war hat haben nicht es sie er sich
    zu in im an am auf bei beim durch für gegen mit nach nachdem ohne um unter über vom vor während wegen zum zur zwischen als wie`,
  it: `e ed o oppure né ma se quando dove che chi cui quale quali perché può possono deve devono è sono sia siano sarà saranno
    essere ha hanno non si a ad al allo alla ai agli alle in nel nello nella nei negli nelle per con senza tra fra verso contro
    secondo da dal dallo dalla dai dagli dalle su sul sullo sulla sui sugli sulle come così`,
  ru: `и или но а если когда где который которая которое которые которых которым чтобы что ли не ни может могут должен должна
    должны является являются был была были быть есть в во на по для от из к ко с со у о об при без между через против до после`,
  ar: `أو ثم لكن إذا إن أن ما من التي الذي الذين اللاتي حيث كما لا لم لن قد يجوز يجب على إلى في عن مع بين دون بدون ضد خلال عند هو هي`,
  zh: `和 或 及 与 與 以及 或者 并 並 且 但 而 如 若 如果 则 則 应 應 可 可以 必须 必須 不得 不 将 將 把 被 在 对 對 向 由 为 為 以 从 從 于 於 是 有 其`,
  ja: `及び 又は 並びに 若しくは または および かつ が を に へ で と は も から まで より`,
  th: `และ หรือ แต่ ใน โดย ที่ ซึ่ง จาก ให้ ต้อง อาจ ได้ ไม่ เพื่อ กับ แก่ ต่อ ถ้า หาก เมื่อ เป็น`,
}).map(([lang, words]) => [lang, new Set(words.split(/\s+/u))]));

// Within a phrase they hold it together; none begins with one.
const HOLDING = { en: ["of"], fr: ["de", "du"], es: ["de", "del"], pt: ["de", "do", "da", "dos", "das"], it: ["di", "del", "della", "dei", "delle"], de: ["von"] };
// Arabic writes "and" onto the word that follows it.
const BEGINS_ANEW = { ar: /^و\p{L}{3,}/u };
const HYPHEN = /[\u2010\u2011-]/u;
const JOINS_LETTERS = /^[\s\u00a0'’‘`´\u2010\u2011\-/]*$/u;

/** The phrases of a text as [start, end) pairs, in order; none overlaps another. */
export function phrasesOf(text, lang) {
  const language = String(lang || "en").slice(0, 2).toLowerCase();
  const joining = JOINING[language] ?? new Set();
  const anew = BEGINS_ANEW[language];
  const found = [];
  let held = null;
  for (const [start, end] of wordsOf(text, lang)) {
    const word = text.slice(start, end).toLocaleLowerCase(lang || "en");
    const compound = HYPHEN.test(text[start - 1] ?? "") || HYPHEN.test(text[end] ?? "");
    const joins = !compound && joining.has(word);
    const elided = language === "fr" && /^(?:qu|lorsqu|n|s)['’]/u.test(word);
    const apart = held && !JOINS_LETTERS.test(text.slice(held[1], start));
    if (held && (apart || joins || elided || anew?.test(word))) {
      found.push(held);
      held = null;
    }
    if (joins || (!held && HOLDING[language]?.includes(word))) continue;
    held = held ? [held[0], end] : [start, end];
  }
  if (held) found.push(held);
  return found;
}

/** The selection after an arrow up or down: the next phrase, or its end a phrase further or back. */
export function moveByPhrase(selection, eid, texts, lang, step, extend) {
  const at = extend && selection ? selection.end_eid : selection?.start_eid === eid && selection?.end_eid === eid ? eid : null;
  const phrases = phrasesOf(texts.get(at ?? eid), lang);
  if (!phrases.length) return null;
  if (!at) {
    const [start, end] = step > 0 ? phrases[0] : phrases[phrases.length - 1];
    return { start_eid: eid, start, end_eid: eid, end };
  }
  if (extend) {
    const first = selection.start_eid === at ? selection.start : 0;
    const next = step > 0
      ? phrases.find(([, end]) => end > selection.end)
      : phrases.findLast(([, end]) => end < selection.end && end > first);
    return next ? { ...selection, end: next[1] } : selection;
  }
  const next = step > 0 ? phrases.find(([start]) => start >= selection.end) : phrases.findLast(([, end]) => end <= selection.start);
  return next ? { start_eid: eid, start: next[0], end_eid: eid, end: next[1] } : selection;
}

/** The phrase around the beginning of a selection, or the next where it stands in none. */
export function phraseAt(selection, eid, text, lang) {
  const phrases = phrasesOf(text, lang);
  const found = phrases.find(([, end]) => end > selection.start) ?? phrases.at(-1);
  return found && { start_eid: eid, start: Math.min(found[0], selection.start), end_eid: eid, end: Math.max(found[1], selection.end) };
}
