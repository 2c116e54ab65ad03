/* In the page: when a key went down, and when what it changed was there. Times in milliseconds. */
(() => {
  const bench = { pressed: null, drawn: null, painted: null, stored: null };
  window.bench = bench;

  window.addEventListener("keydown", (event) => {
    if (bench.armed && !bench.pressed) bench.pressed = { at: performance.now(), clock: performance.timeOrigin + performance.now() };
  }, true);

  // The review view draws in a shadow root of its own, the outline in another.
  const reading = () => {
    const roots = [...document.querySelectorAll("*")].map((node) => node.shadowRoot);
    return roots.find((root) => root?.querySelector("[data-eid]"));
  };

  const watch = (root, look) => {
    bench.observer?.disconnect();
    Object.assign(bench, { pressed: null, drawn: null, painted: null, stored: null, armed: true });
    bench.observer = new MutationObserver(() => {
      if (bench.pressed) look();
    });
    bench.observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  };

  /** The empty app: its text counts one more. */
  bench.count = (words) => watch(document.body, () => {
    if (bench.stored === null && document.body.innerText.includes(words)) bench.stored = performance.now();
  });

  /** The review page: a mark that was not there is drawn, and then known to be stored. */
  bench.mark = () => {
    const root = reading();
    const marks = (which) => [...root.querySelectorAll(`[data-mark-id]${which}`)].map((node) => node.dataset.markId);
    const before = new Set(marks(""));
    watch(root, () => {
      if (bench.drawn === null && marks("").some((id) => !before.has(id))) {
        bench.drawn = performance.now();
        // The frame that shows it begins next.
        requestAnimationFrame(() => setTimeout(() => { bench.painted = performance.now(); }));
      }
      if (bench.stored === null && marks('[data-state="saved"]').some((id) => !before.has(id))) bench.stored = performance.now();
    });
  };

  /** The review page: another clause is at hand. */
  bench.place = () => {
    const root = reading();
    const here = () => root.querySelector('[data-eid][aria-current="true"]')?.dataset.eid;
    const before = here();
    watch(root, () => {
      const now = here();
      if (bench.stored === null && now && now !== before) bench.stored = performance.now();
    });
  };

  bench.marks = () => reading()?.querySelectorAll('[data-mark-id][data-state="saved"]').length ?? -1;
  bench.here = () => reading()?.querySelector('[data-eid][aria-current="true"]')?.dataset.eid;

  /** Nothing is on its way, and the neighbouring articles are at hand where there are any. */
  bench.rests = () => {
    const desk = window[Symbol.for("treaty-annotator.desk")];
    if (!desk?.data || desk.outbox.pending.length || desk.onTheWay()) return false;
    return !(desk.data.next || desk.data.previous) || (desk.walking.ready.size > 0 && !desk.walking.fetching);
  };
})();
