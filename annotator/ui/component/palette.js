/* The palette: concern, risk or safeguard, code, severity for the words selected. */
import { cap, el } from "./dom.js";

const MOST_CODES = 40;
export const SEVERITIES = ["low", "medium", "high"];

/** The codes a palette offers: those of its concern, or of every concern where words are searched. */
export function choices(concerns, draft) {
  const query = draft.query.trim().toLowerCase();
  const offered = (concern) => concern.codes.filter((code) => !code.retired);
  if (!query) {
    const concern = concerns.find((one) => one.id === draft.concern);
    return offered(concern).map((code) => ({ ...code, concern }));
  }
  return concerns.flatMap((concern) =>
    offered(concern)
      .filter((code) => `${code.name} ${code.definition}`.toLowerCase().includes(query))
      .map((code) => ({ ...code, concern })),
  );
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
    "aria-label": "Search codes",
    placeholder: draft.armed ? "A letter takes a code; Space searches all" : "Press 1, 2 or 3, then a code's letter; Space searches all",
    dataset: { key: "palette-search" },
    value: draft.query,
    oninput: (event) => act({ query: event.target.value, searching: true }),
    onfocus: () => draft.searching || act({ searching: true }),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        event.stopPropagation();
        act({ found: true });
      }
    },
  });
  const parts = [
    el("div", { class: "palette-concerns", role: "group", "aria-label": "Concern" },
      ...concerns.map((concern) =>
        el("button", {
          class: `choice slot-${concern.slot}`,
          "aria-pressed": String(concern.id === draft.concern),
          dataset: { key: `concern-${concern.id}` },
          onclick: () => act({ concern: concern.id }),
        }, cap(concern.key), concern.name),
      ),
    ),
    el("div", { class: "palette-polarity", role: "group", "aria-label": "Risk or safeguard" },
      ...["risk", "safeguard"].map((polarity) =>
        el("button", {
          class: `polarity ${polarity} slot-${concerns.find((one) => one.id === draft.concern).slot}`,
          "aria-pressed": String(polarity === draft.polarity),
          dataset: { key: `polarity-${polarity}` },
          onclick: () => act({ polarity }),
        }, el("span", { class: "sample", "aria-hidden": "true" }), polarity === "risk" ? "Risk" : "Safeguard", polarity === "safeguard" ? cap("Shift") : null),
      ),
    ),
    search,
    el("ul", { class: "palette-codes", "aria-label": "Codes", style: { "--rows": String(Math.ceil(Math.min(rows.length, MOST_CODES) / 2) || 1) } },
      ...(rows.length
        ? rows.slice(0, MOST_CODES).map((code) =>
            el("li", {},
              el("button", {
                class: `code slot-${code.concern.slot}${code.parent && !draft.query ? " sub" : ""}`,
                "aria-pressed": String(code.id === draft.code && code.concern.id === draft.concern),
                title: code.definition,
                dataset: { key: `code-${code.concern.id}-${code.id}` },
                onclick: () => act({ commit: true, pick: code }),
              },
              searching && draft.query ? el("span", { class: "letter" }, code.concern.letter) : code.key ? cap(code.key.toUpperCase()) : el("span", {}),
              el("span", { class: "code-name" }, code.name),
              code.id === draft.lastCode && code.concern.id === draft.concern ? el("span", { class: "aside" }, "last used") : null,
              ),
            ))
        : [el("li", { class: "aside" }, `No code says “${draft.query.trim()}”. Esc goes back to the list.`)]),
    ),
    el("div", { class: "palette-foot" },
      el("button", { class: "primary", dataset: { key: "palette-commit" }, onclick: () => act({ commit: true }) }, draft.target ? "Change" : "Tag", cap("Enter")),
      el("button", { class: "plain", dataset: { key: "palette-close" }, onclick: () => act({ close: true }) }, "Leave", cap("Esc")),
      el("div", { class: "severities", role: "group", "aria-label": "Severity" },
        ...SEVERITIES.map((severity) =>
          el("button", {
            "aria-pressed": String(severity === draft.severity),
            dataset: { key: `severity-${severity}` },
            onclick: () => act({ severity: severity === draft.severity ? null : severity }),
          }, severity),
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
