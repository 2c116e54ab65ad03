/* Keeps what a screen reader is told without being asked: every change of a live region. */
(() => {
  window.announced = [];
  const watched = new WeakSet();
  const note = (region) => {
    const said = (region.innerText ?? region.textContent).replace(/\s+/g, " ").trim();
    if (said) window.announced.push(said);
  };
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    new MutationObserver((records) => {
      const regions = new Set();
      for (const { target, addedNodes } of records) {
        const at = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
        regions.add(at?.closest("[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]"));
        for (const node of addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          for (const one of [node, ...node.querySelectorAll("[role=alert]")]) if (one.matches("[role=alert]")) regions.add(one);
        }
      }
      for (const region of regions) if (region) note(region);
    }).observe(root, { childList: true, subtree: true, characterData: true });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };
  watch(document);
})();
