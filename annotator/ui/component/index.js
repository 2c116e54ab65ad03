/* The views and their styles, for the loader to mount in whatever root it is given. */
import { mountCompare } from "./compare.js";
import { mountFinding } from "./finding.js";
import { mountIntake } from "./intake.js";
import { mountMatrix } from "./matrix.js";
import { mountOutline } from "./outline.js";
import { mountRecoding } from "./recoding.js";
import { mountReview } from "./review.js";
import { mountSettle } from "./settle.js";
import { speak } from "./words.js";

const VIEWS = { review: mountReview, outline: mountOutline, compare: mountCompare, intake: mountIntake, matrix: mountMatrix, finding: mountFinding, recoding: mountRecoding, settle: mountSettle };

/** Runs once a page; `data.styles` is the text of every style sheet, `data.words` the strings. */
export default function ({ data }) {
  const code = Symbol.for("treaty-annotator.code");
  if (window[code]) return;
  speak(data.language, JSON.parse(data.words));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(data.styles);
  window[code] = {
    mount(root, given, send) {
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      return VIEWS[given.view](root, given, send);
    },
  };
  window.dispatchEvent(new Event("treaty-annotator-code"));
}
