/* Building elements. Text reaches the page through text nodes only. */

/** An element with properties and children; strings become text nodes, null is left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A small drawn sign, hidden from screen readers: its words stand beside it. */
export function icon(name) {
  const paths = {
    tick: "M3 8.5 6.5 12 13 4.5",
    left: "M10 3 5 8l5 5",
    right: "M6 3l5 5-5 5",
    warn: "M8 3v6M8 12v.6",
    undo: "M6 4 3 7l3 3M3.4 7H10a3 3 0 0 1 0 6H7",
    redo: "M10 4l3 3-3 3M12.6 7H6a3 3 0 0 0 0 6h3",
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A key cap. */
export function cap(label) {
  return el("kbd", { "aria-hidden": "true" }, label);
}

/** Runs `rebuild`, then gives the focus back to the element with the same data-key. */
export function keepingFocus(root, rebuild) {
  const held = root.activeElement?.dataset?.key;
  rebuild();
  if (held && root.activeElement?.dataset?.key !== held) {
    root.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }
}

/** Whether an element is a box or button to choose by, as Streamlit's beside the page. */
export function isChoice(element) {
  return element?.tagName === "INPUT" && ["checkbox", "radio"].includes(element.type);
}

/** Whether an element is one that is written in, or that letters choose in. */
export function isField(element) {
  return (["TEXTAREA", "SELECT", "INPUT"].includes(element?.tagName) && !isChoice(element)) || Boolean(element?.isContentEditable);
}

/** A random UUID; `crypto.randomUUID` is missing where the page is served without TLS. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The browser's storage, where it is allowed: in private windows it may throw. */
export const memory = {
  get(key, within) {
    try {
      return JSON.parse((within ?? localStorage).getItem(key));
    } catch {
      return null;
    }
  },
  /** Whether it is kept: not in a private window that forbids it, nor where the storage is full. */
  set(key, value, within) {
    try {
      if (value === null) (within ?? localStorage).removeItem(key);
      else (within ?? localStorage).setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  /** Whether anything can be kept here at all. */
  works() {
    return this.set("ta-kept", 1) && this.set("ta-kept", null);
  },
};

/** Mounts a view that `make` makes of an element, once for each, and gives it other data from then on. */
export function mounting(make) {
  const mounted = new WeakMap();
  return (root, data, send) => {
    let own = mounted.get(root);
    if (!own) {
      own = make(root);
      mounted.set(root, own);
    }
    own.receive(data, send);
    return () => {
      own.close();
      mounted.delete(root);
    };
  };
}
