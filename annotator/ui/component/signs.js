/* The signs of how a safeguard stands: a shape each, so that none is told by its colour alone. */
import { el } from "./dom.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  present: [["circle", { cx: 8, cy: 8, r: 5, fill: "currentColor" }]],
  by_reference: [["path", { d: "M3.5 3h9M8 13.2V6.2M4.6 9.4 8 6l3.4 3.4" }]],
  weak: [["circle", { cx: 8, cy: 8, r: 4.6 }], ["path", { d: "M8 3.4a4.6 4.6 0 0 0 0 9.2z", fill: "currentColor" }]],
  absent: [["path", { d: "m4 4 8 8m0-8-8 8" }]],
};

/** The states from best to worst: id, and the key and letter that mean it. */
export const STANDS = [["present", "p"], ["by_reference", "r"], ["weak", "w"], ["absent", "a"]];

/** What a state is called. */
export function standName(state) {
  return say(`safeguards.state.${state}`);
}

/** The sign of a state, hidden from screen readers: its name stands beside it or in a label. */
export function standSign(state) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "stand-sign");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of SHAPES[state] ?? []) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
    svg.append(shape);
  }
  return svg;
}

/** The four states with their names, as a line to look them up on; where `told`, with what they mean. */
export function standLegend(told, ...more) {
  return el("p", { class: "stand-legend" }, ...STANDS.map(([state]) => {
    const meaning = say(`safeguards.meaning.${state}`);
    return el("span", { title: told ? meaning : null }, standSign(state), standName(state),
      told ? el("span", { class: "stand-meaning" }, `${say("shell.colon")}${meaning}`) : null);
  }), ...more);
}
