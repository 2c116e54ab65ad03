/* How claims and their clauses are shown: a bracket over the words, and their rows in the panel. */
import { el } from "./dom.js";
import { keyCap } from "./keys.js";
import { linesOf, piecesOf } from "./marks.js";
import { citationButton, isInside } from "./references.js";
import { language, nameOfLanguage, say } from "./words.js";

/** Draws a bracket over each claim of a clause: drawn through where a person linked it, dotted where it is proposed. */
export function drawClaims(node, claims, chosen, order, texts) {
  if (!node.claims) {
    node.claims = el("div", { class: "claims", "aria-hidden": "true" });
    node.links.after(node.claims);
  }
  const origin = node.claims.getBoundingClientRect();
  node.claimed = claims.flatMap((claim) =>
    piecesOf(claim, order, texts).filter((piece) => piece.eid === node.clause.eid).map((piece) => ({ claim, lines: linesOf(node.text, piece.start, piece.end, origin) })));
  node.claims.replaceChildren(...node.claimed.flatMap(({ claim, lines }) => lines.map((line, index) => {
    const ends = `${index === 0 ? " first" : ""}${index === lines.length - 1 ? " last" : ""}`;
    const state = `${claim.id ? "" : " sugg"}${claim.id && claim.id === chosen ? " at" : ""}`;
    return el("div", { class: `claim${ends}${state}`, style: { left: `${line.left}px`, top: `${line.top - 1}px`, width: `${line.width}px` } });
  })));
}

/** The claim under a point of the screen that is linked, the shortest first; or undefined. */
export function claimAt(node, x, y) {
  if (!node?.claimed) return undefined;
  const origin = node.claims.getBoundingClientRect();
  const under = node.claimed.filter(({ claim, lines }) => claim.id && lines.some((line) => isInside(line, origin, x, y)));
  return under.sort((a, b) => a.claim.quote.length - b.claim.quote.length)[0]?.claim;
}

/** Words between quotation marks, unless they bring their own. */
export function quoted(words) {
  return /^[“„«"‘]/u.test(words) ? words : `“${words}”`;
}

/** What the claims of this clause speak of: links, one's own and others', then what is proposed. */
export function outSection({ links, proposals, refused, chosen, named, news, run }, act) {
  if (!links.length && !proposals.length && !refused.length && !news) return null;
  return el("section", { class: "linking", "aria-label": say("links.speaks_of") },
    el("h4", {}, say("links.speaks_of"), " ", el("span", { class: "aside" }, countOf(links, proposals))),
    el("ul", { class: "rows" }, ...links.map((link) => linkRow(link, chosen, named, run, act)), ...proposals.map((one, index) => proposalRow(one, index, named, run, act))),
    refused.length
      ? el("details", { class: "rejected" },
          el("summary", { dataset: { key: "links-rejected" } }, say("links.rejected_count", { n: refused.length })),
          el("ul", { class: "rows" }, ...refused.map((one) => refusedRow(one, named, run, act))))
      : null,
    links.length || proposals.length ? null : el("p", { class: "aside" }, say("links.how_here"), " ", keyCap("i")));
}

function countOf(links, proposals) {
  return [links.length ? say("links.count", { n: links.length }) : "", proposals.length ? say("links.count_proposed", { n: proposals.length }) : ""].filter(Boolean).join(", ");
}

function linkRow(link, chosen, named, run, act) {
  const at = named(link.target);
  const here = link.id === chosen;
  return el("li", { class: `row claim-row${here ? " here" : ""}`, dataset: { linkId: link.id, state: link.saved ? "saved" : "saving" } },
    el("div", { class: "claim-target" }, el("span", { class: "claim-sign", "aria-hidden": "true" }), at ? citationButton(link.target, at, `link-target-${link.id}`, act) : el("b", {}, link.citation ?? "")),
    el("button", { class: "claim-words", "aria-current": here ? "true" : null, dataset: { key: `link-${link.id}` }, onclick: () => act({ chooseLink: link.id }) }, el("span", { class: "quote", ...run }, link.quote)),
    link.own ? null : el("p", { class: "aside" }, say("links.by", { who: link.who })),
    link.note && !(here && link.own) ? el("p", { class: "claim-note" }, link.note) : null,
    here && link.own
      ? el("div", { class: "why own" },
          el("button", { class: "small", dataset: { key: `link-change-${link.id}` }, onclick: () => act({ changeLink: link.id }) }, say("links.change"), keyCap("i")),
          el("button", { class: "small", dataset: { key: `link-remove-${link.id}` }, onclick: () => act({ removeLink: link.id }) }, say("links.remove"), keyCap("x")),
          el("input", {
            type: "text",
            class: "mark-note",
            "aria-label": say("links.note"),
            placeholder: say("links.note"),
            value: link.note,
            dataset: { key: `link-note-${link.id}` },
            onblur: (event) => act({ linkNote: event.target.value, link: link.id }),
          }))
      : null);
}

function proposalRow(one, index, named, run, act) {
  const at = named(one.target);
  return el("li", { class: "row claim-row sugg" },
    el("div", { class: "claim-target" },
      el("span", { class: "claim-sign sugg", "aria-hidden": "true" }),
      citationButton(one.target, at, `proposal-target-${index}`, act),
      el("button", {
        class: "small",
        "aria-label": say("links.confirm", { clause: at.citation, words: one.quote }),
        dataset: { key: `proposal-${index}` },
        onclick: () => act({ confirmLink: one }),
      }, say("links.link_this"), index === 0 ? keyCap("i") : null),
      el("button", {
        class: "small",
        "aria-label": say("links.reject_this", { clause: at.citation, words: one.quote }),
        dataset: { key: `proposal-reject-${index}` },
        onclick: () => act({ rejectLink: one }),
      }, say("links.reject"))),
    el("span", { class: "quote", ...run }, one.quote),
    el("p", { class: "aside" }, one.before ? say("links.linked_before") : say("links.cited_here")));
}

function refusedRow(one, named, run, act) {
  return el("li", { class: "row claim-row" },
    el("div", { class: "claim-target" },
      el("span", {}, named(one.target)?.citation ?? ""),
      el("button", { class: "small", dataset: { key: `restore-${one.id}` }, onclick: () => act({ restoreLink: one.id }) }, say("links.propose_again"))),
    el("span", { class: "quote", ...run }, one.quote));
}

/** Who says what of the clause, and of what it stands in. */
export function saidSections(said, here, others, act) {
  const around = Object.keys(said).filter((eid) => here === eid || here.startsWith(`${eid}__`)).sort((a, b) => b.length - a.length);
  return around.map((eid) => {
    const title = eid === here ? say("links.said_of_this") : say("links.said_of", { clause: others(eid) });
    return el("section", { class: "linking said", "aria-label": title },
      el("h4", {}, title, " ", el("span", { class: "aside" }, say("links.claims", { n: said[eid].length }))),
      el("ul", { class: "rows" }, ...said[eid].map((claim) => saidRow(claim, act))));
  });
}

function saidRow(claim, act) {
  const run = { lang: claim.lang, dir: claim.dir };
  const source = [claim.title, claim.publisher, claim.date, claim.citation].filter(Boolean).join(" · ");
  const whose = [
    claim.voice ? say(`links.voice.${claim.voice}`) : "",
    claim.own ? say("links.by_you") : say("links.by", { who: claim.who }),
    claim.version ? say("links.of_version", { version: String(claim.version) }) : "",
    claim.language ? say("links.of_language", { language: nameOfLanguage(claim.language, language()) }) : "",
  ].filter(Boolean).join(" · ");
  return el("li", { class: "row claim-row", dataset: { linkId: claim.id } },
    el("blockquote", { class: "quote", ...run }, quoted(claim.quote)),
    el("p", { class: "claim-source" }, el("span", { ...run }, source)),
    el("p", { class: "aside" }, whose),
    claim.note ? el("p", { class: "claim-note" }, claim.note) : null,
    el("button", { class: "small", dataset: { key: `said-${claim.id}` }, "aria-label": say("links.open_source", { text: source }), onclick: () => act({ openClaim: claim }) }, say("links.open")));
}
