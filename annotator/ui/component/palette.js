/* The palette: concern, risk or safeguard, code, severity for the words selected. */
import { el } from "./dom.js";
import { keyCap, keysAreOn } from "./keys.js";
import { say } from "./words.js";

const MOST_CODES = 40;
export const SEVERITIES = ["low", "medium", "high"];

/** The codes a palette offers: those of its concern, or of every concern where words are searched, names before definitions. */
export function choices(concerns, draft) {
  const query = draft.query.trim().toLowerCase();
  const offered = (concern) => concern.codes.filter((code) => !code.retired);
  if (!query) {
    const concern = concerns.find((one) => one.id === draft.concern);
    return offered(concern).map((code) => ({ ...code, concern }));
  }
  const words = query.split(/\s+/u);
  const rank = (code) => {
    const name = code.name.toLowerCase();
    const named = `${name} ${code.id.replaceAll("_", " ")} ${code.above}`.toLowerCase();
    if (name.startsWith(query)) return 0;
    if (words.every((word) => name.includes(word))) return 1;
    return words.every((word) => named.includes(word)) ? 2 : 3;
  };
  return concerns.flatMap((concern) => offered(concern).map((code) => ({ ...code, concern, above: `${concern.name} ${concern.codes.find((one) => one.id === code.parent)?.name ?? ""}` })))
    .filter((code) => words.every((word) => `${code.name} ${code.id.replaceAll("_", " ")} ${code.above} ${code.definition}`.toLowerCase().includes(word)))
    .map((code) => ({ ...code, rank: rank(code) }))
    .sort((a, b) => a.rank - b.rank);
}

/** Draws the palette into its element; `act` gets what the reviewer chooses. */
export function drawPalette(host, draft, concerns, act) {
  if (!draft) {
    host.hidden = true;
    host.replaceChildren();
    return;
  }
  const searching = draft.searching;
  const rows = choices(concerns, draft);
  const field = searching ? host.querySelector(".palette-search") : null;
  // A field that is being written in stays where it is: a new one would lose caret and composition.
  const search = field ?? el("input", {
    type: "text",
    class: "palette-search",
    "aria-label": say("review.palette.search"),
    placeholder: say(!keysAreOn() || matchMedia("(hover: none)").matches ? "review.palette.type" : draft.armed ? "review.palette.armed" : "review.palette.unarmed"),
    dataset: { key: "palette-search" },
    value: draft.query,
    oninput: (event) => act({ query: event.target.value, searching: true }),
    onfocus: () => draft.searching || act({ searching: true }),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        event.stopPropagation();
        act({ found: true });
      } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
        event.preventDefault();
        act({ by: event.key === "ArrowDown" ? 1 : -1 });
      }
    },
  });
  const parts = [
    wordTools(draft, act),
    el("div", { class: "palette-concerns", role: "group", "aria-label": say("review.palette.concern") },
      ...concerns.map((concern) =>
        el("button", {
          class: `choice slot-${concern.slot}`,
          "aria-pressed": String(concern.id === draft.concern),
          dataset: { key: `concern-${concern.id}` },
          onclick: () => act({ concern: concern.id }),
        }, keyCap(concern.key), concern.name),
      ),
    ),
    el("div", { class: "palette-polarity", role: "group", "aria-label": say("review.palette.polarity") },
      ...["risk", "safeguard"].map((polarity) =>
        el("button", {
          class: `polarity ${polarity} slot-${concerns.find((one) => one.id === draft.concern).slot}`,
          "aria-pressed": String(polarity === draft.polarity),
          dataset: { key: `polarity-${polarity}` },
          onclick: () => act({ polarity }),
        }, el("span", { class: "sample", "aria-hidden": "true" }), el("span", { class: "polarity-name" }, say(`review.${polarity}`)), polarity === "safeguard" ? keyCap(`Shift ${concerns.find((one) => one.id === draft.concern).key}`) : null),
      ),
    ),
    search,
    el("ul", { class: "palette-codes", "aria-label": say("review.palette.codes"), style: { "--rows": String(Math.ceil(Math.min(rows.length, MOST_CODES) / 2) || 1) } },
      ...(rows.length
        ? rows.slice(0, MOST_CODES).map((code, index) =>
            el("li", {},
              el("button", {
                class: `code slot-${code.concern.slot}${code.parent && !draft.query ? " sub" : ""}${searching && draft.query && index === draft.chosen ? " chosen" : ""}`,
                "aria-pressed": String(code.id === draft.code && code.concern.id === draft.concern),
                title: code.definition,
                dataset: { key: `code-${code.concern.id}-${code.id}` },
                onclick: () => act({ commit: true, pick: code }),
              },
              searching && draft.query ? el("span", { class: "letter" }, code.concern.letter) : code.key && keysAreOn() ? el("kbd", { "aria-hidden": "true" }, code.key.toUpperCase()) : el("span", {}),
              el("span", { class: "code-name" }, code.name),
              code.id === draft.lastCode && code.concern.id === draft.concern ? el("span", { class: "aside" }, say("review.palette.last")) : null,
              ),
            ))
        : [el("li", { class: "aside" }, say("review.palette.none", { words: draft.query.trim() }))]),
    ),
    el("div", { class: "palette-foot" },
      el("button", { class: "primary", dataset: { key: "palette-commit" }, onclick: () => act({ commit: true }) }, say(draft.target ? "review.change" : "review.tag"), keyCap("Enter")),
      el("button", { class: "plain", dataset: { key: "palette-close" }, onclick: () => act({ close: true }) }, say("review.leave"), keyCap("Escape")),
      draft.target ? null : el("button", { class: "plain", dataset: { key: "palette-link" }, onclick: () => act({ link: true }) }, say("links.palette"), keyCap("i")),
      el("div", { class: "severities", role: "group", "aria-label": say("review.severity_name") },
        ...SEVERITIES.map((severity) =>
          el("button", {
            "aria-pressed": String(severity === draft.severity),
            dataset: { key: `severity-${severity}` },
            onclick: () => act({ severity: severity === draft.severity ? null : severity }),
          }, say(`review.severity.${severity}`)),
        ),
      ),
    ),
  ];
  if (field && !host.hidden) parts.forEach((part, index) => part === field || host.children[index].replaceWith(part));
  else host.replaceChildren(...parts);
  host.hidden = false;
  if (searching && host.getRootNode().activeElement !== search) search.focus({ preventScroll: true });
}

/** Puts the palette under the selected words, or above them where there is more room, never over them. */
export function placePalette(host, frame, rect) {
  if (host.hidden || !rect) return;
  const bounds = frame.getBoundingClientRect();
  const codes = host.querySelector(".palette-codes");
  const sheet = bounds.width < 560 || bounds.height < 460;
  host.classList.toggle("sheet", sheet);
  for (const name of ["left", "top", "bottom"]) host.style.removeProperty(name);
  codes.style.removeProperty("max-height");
  host.classList.toggle("wide", !sheet && bounds.width >= 660);
  if (sheet) return;
  const rest = host.offsetHeight - codes.offsetHeight;
  const below = bounds.bottom - rect.bottom - 12;
  const above = rect.top - bounds.top - 12;
  const under = below >= host.offsetHeight || below >= above;
  codes.style.maxHeight = `${Math.max(84, Math.min(330, (under ? below : above) - rest))}px`;
  host.style.left = `${Math.max(8, Math.min(rect.left - bounds.left, bounds.width - host.offsetWidth - 8))}px`;
  if (under) host.style.top = `${Math.min(rect.bottom - bounds.top + 8, bounds.height - host.offsetHeight)}px`;
  else host.style.bottom = `${Math.min(bounds.bottom - rect.top + 8, bounds.height - host.offsetHeight)}px`;
}

/** For mouse and finger what keys do: more or fewer words, and the last tag once more. */
function wordTools(draft, act) {
  const unit = (name, key) => el("button", { class: "small", dataset: { key: `unit-${name}` }, onclick: () => act({ unit: name }) }, say(`review.unit.${name}`), key && keyCap(key));
  const end = (side, step, sign) => el("button", {
    class: "small end-step", "aria-label": say(`review.end.${side}_${step > 0 ? "later" : "earlier"}`), title: say(`review.end.${side}_${step > 0 ? "later" : "earlier"}`),
    dataset: { key: `end-${side}${step}` }, onclick: () => act({ side, step }),
  }, sign);
  return el("div", { class: "palette-words", role: "group", "aria-label": say("review.palette.words") },
    unit("phrase"), unit("sentence", "s"), unit("whole", "u"),
    el("span", { class: "ends" },
      el("span", { class: "aside", "aria-hidden": "true" }, say("review.end.start")), end("start", -1, "‹"), end("start", 1, "›"),
      el("span", { class: "aside", "aria-hidden": "true" }, say("review.end.end")), end("end", -1, "‹"), end("end", 1, "›")),
    draft.repeats ? el("button", { class: "small", title: draft.repeats, dataset: { key: "palette-repeat" }, onclick: () => act({ repeat: true }) }, say("review.repeat"), keyCap("r")) : null);
}
