// What a person can see and use on this page, as plain values, and the nodes they stand for.
// Runs in every frame. Reads only: nothing is stamped on the page, so no script of it notices.
(() => {
  const MOST_NODES = 60000, MOST_STYLED = 12000, MOST_TEXT = 200000, MOST_LINKS = 400, MOST_POINTERS = 200;
  const ROLES = new Set(("button link menuitem menuitemcheckbox menuitemradio tab checkbox switch radio option combobox " +
    "textbox searchbox listbox slider spinbutton treeitem").split(" "));
  const NATIVE = new Set("a area button input select textarea summary".split(" "));
  const REMOVED = Symbol.for("sessionward.removed");
  const tidy = (text, most) => (text || "").replace(/\s+/g, " ").trim().slice(0, most);
  const attr = (el, name) => el.getAttribute(name) || "";
  const up = (el) => el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const tagOf = (el) => el.localName.toLowerCase();

  // --- where this frame lies in the page -------------------------------------------------------------------------
  const offset = { x: 0, y: 0, shown: true };
  let view = window;
  try {
    for (; view !== view.top && view.frameElement; view = view.parent) {
      const rect = view.frameElement.getBoundingClientRect();
      offset.x += rect.x + view.frameElement.clientLeft;
      offset.y += rect.y + view.frameElement.clientTop;
      offset.shown = offset.shown && rect.width > 1 && rect.height > 1 && view.frameElement.checkVisibility();
    }
    offset.x += view.scrollX;
    offset.y += view.scrollY;
  } catch { /* a frame of another origin does not know where it lies */ }
  const width = Math.max(document.documentElement.scrollWidth, window.innerWidth);

  // --- every element, through open shadow roots ------------------------------------------------------------------
  const all = [], roots = [];
  const walk = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let el = walker.nextNode(); el && all.length < MOST_NODES; el = walker.nextNode()) {
      all.push(el);
      if (el.shadowRoot) { roots.push(el.shadowRoot); walk(el.shadowRoot); }
    }
  };
  walk(document);

  // --- visibility ------------------------------------------------------------------------------------------------
  const folded = new Map();
  const isFolded = (el) => {                       // inside a box of no size that hides what overflows: a closed accordion
    if (!el || el === document.body || el === document.documentElement) return false;
    if (folded.has(el)) return folded.get(el);
    const rect = el.getBoundingClientRect();
    const shut = (rect.width < 1 || rect.height < 1) && getComputedStyle(el).overflow !== "visible";
    const answer = shut || isFolded(up(el));
    folded.set(el, answer);
    return answer;
  };
  const boxOf = (el) => {
    const rect = el.getBoundingClientRect();
    if (rect.width > 0 && rect.height > 0) return rect;
    for (const child of el.children) {             // an inline element around a block or a float has no height itself
      const inner = child.getBoundingClientRect();
      if (inner.width > 0 && inner.height > 0) return inner;
    }
    return rect;
  };
  const isClipped = (el) => {                      // hidden from all but screen readers
    const style = getComputedStyle(el);
    return style.position === "absolute" && (/^inset\((50|100)%/.test(style.clipPath) || /^rect\((0px,? ?){4}\)$/.test(style.clip));
  };
  const isVisible = (el, rect) => offset.shown && rect.width > 1 && rect.height > 1 &&
    el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    rect.right + scrollX > 0 && rect.bottom + scrollY > 0 && rect.left + scrollX < width && !isFolded(up(el)) && !isClipped(el);

  // --- names -----------------------------------------------------------------------------------------------------
  const textOf = (el) => {
    let text = el.innerText || "";
    if (!text.trim() && el.shadowRoot) text = [...el.shadowRoot.children].map((c) => c.innerText || "").join(" ");
    if (!text.trim()) {
      const inner = el.querySelector("[aria-label], img[alt]:not([alt='']), svg title");
      if (inner) text = attr(inner, "aria-label") || attr(inner, "alt") || inner.textContent;
    }
    return text;
  };
  const byIds = (el, name) => attr(el, name).split(/\s+/).filter(Boolean)
    .map((id) => el.getRootNode().querySelector("#" + CSS.escape(id)) || document.getElementById(id))
    .filter(Boolean).map((found) => found.innerText || found.textContent).join(" ");
  const labelOf = (el) => [...(el.labels || [])].map((label) => label.innerText || label.textContent).join(" ");
  const USED = "a, button, input, select, textarea";
  const besides = (el) => {                        // tables and line breaks instead of labels
    const cell = el.closest("td, dd");
    if (cell && cell.previousElementSibling) return cell.previousElementSibling.innerText;
    for (let node = el.previousSibling, steps = 0; node && steps < 4; node = node.previousSibling, steps++) {
      if (node.nodeType === Node.ELEMENT_NODE && (node.matches(USED) || node.querySelector(USED))) break;
      if (node.textContent.trim()) return node.textContent;
    }
    const above = el.parentElement && el.parentElement.previousElementSibling;
    return above && above.matches("label, span, b, strong, p, div") && !above.querySelector(USED)
      ? above.innerText : "";
  };
  const nameOf = (el, tag, type) => {
    const named = byIds(el, "aria-labelledby") || attr(el, "aria-label");
    if (named.trim()) return named;
    if (tag === "input" && ["submit", "button", "reset", "image"].includes(type)) {
      return attr(el, "alt") || el.value || attr(el, "title") || (type === "submit" ? "Submit" : "");
    }
    if (tag === "input" || tag === "select" || tag === "textarea") {
      return [labelOf(el), attr(el, "title"), attr(el, "placeholder")].find((text) => text.trim()) || besides(el) || "";
    }
    const label = labelOf(el);
    if (label.trim()) return label;
    const text = attr(el, "contenteditable") ? "" : textOf(el);
    return text.trim() ? text : attr(el, "title") || attr(el, "alt") || attr(el, "placeholder") || attr(el, "data-title");
  };

  // --- surroundings ----------------------------------------------------------------------------------------------
  const surroundings = (el) => {
    let landmark = "", dialog = false, sectioned = false;
    for (let at = el; at; at = up(at)) {
      const tag = tagOf(at), role = attr(at, "role");
      if (role === "dialog" || role === "alertdialog" || tag === "dialog" || attr(at, "aria-modal") === "true") {
        dialog = true;
        landmark = landmark || "dialog";
      }
      if (!landmark) {
        if (role === "navigation" || tag === "nav") landmark = "navigation";
        else if (role === "banner" || (tag === "header" && !at.closest("article, section, main, aside"))) landmark = "banner";
        else if (role === "contentinfo" || (tag === "footer" && !at.closest("article, section, main, aside"))) landmark = "contentinfo";
        else if (role === "main" || tag === "main") sectioned = true;
      }
    }
    return { landmark: landmark || (sectioned ? "main" : ""), dialog };
  };
  const hintsOf = (el) => {
    const words = [];
    const own = (at) => {
      words.push(attr(at, "class"), at.id && typeof at.id === "string" ? at.id : "");
      for (const item of at.attributes) {
        if (item.name.startsWith("data-") && !item.name.startsWith("data-v-")) words.push(item.name.slice(5), item.value.slice(0, 60));
      }
      words.push(attr(at, "onclick").slice(0, 80), attr(at, "formaction"), attr(at, "icon"));
    };
    own(el);
    // Component libraries put what a button is for on a box around it.
    for (let box = el.parentElement, n = 0; n < 2 && box && box.childElementCount === 1; n++, box = box.parentElement) {
      words.push(attr(box, "class"), box.id && typeof box.id === "string" ? box.id : "");
    }
    for (const inner of [...el.querySelectorAll("svg, use, i, img, [data-icon], [class*=icon]")].slice(0, 6)) {
      own(inner);
      const source = attr(inner, "href") || attr(inner, "xlink:href") || attr(inner, "src");
      if (!source.startsWith("data:")) words.push(source.split("/").pop());
    }
    return tidy(words.join(" "), 400).toLowerCase();
  };

  // --- forms -----------------------------------------------------------------------------------------------------
  const formNodes = all.filter((el) => tagOf(el) === "form");
  const forms = formNodes.map((form) => ({
    action: absolute(attr(form, "action") || document.location.href),
    method: (attr(form, "method") || "get").toLowerCase(),
    enctype: attr(form, "enctype").toLowerCase(),
    hints: tidy([attr(form, "class"), attr(form, "id"), attr(form, "name"), attr(form, "aria-label")].join(" "), 200).toLowerCase(),
  }));
  function absolute(address) {
    try { return new URL(address, document.baseURI).href; } catch { return address; }
  }

  // --- which elements --------------------------------------------------------------------------------------------
  const isUsable = (el, tag) => {
    if (tag === "a" || tag === "area") return el.hasAttribute("href") || el.hasAttribute("onclick") || ROLES.has(attr(el, "role"));
    if (tag === "input") return attr(el, "type").toLowerCase() !== "hidden";
    if (NATIVE.has(tag) || ROLES.has(attr(el, "role")) || el.hasAttribute("onclick")) return true;
    if (el.isContentEditable && !(up(el) && up(el).isContentEditable)) return true;
    return el.hasAttribute("tabindex") && el.tabIndex >= 0 && tag !== "body" && tag !== "html";
  };
  const usable = new Set(all.filter((el) => !el[REMOVED] && isUsable(el, tagOf(el))));
  const pointers = new Set();
  const points = (el) => getComputedStyle(el).cursor === "pointer";
  for (const el of all.slice(0, MOST_STYLED)) {    // boxes that scripts made into buttons show the hand
    if (pointers.size >= MOST_POINTERS) break;
    const parent = up(el);
    if (usable.has(el) || !parent || tagOf(el) === "html" || tagOf(el) === "body" || !points(el) || points(parent)) continue;
    if (el.closest("a, button, label, select, summary") || el.querySelector("a[href], button, input")) continue;
    pointers.add(el);
  }

  // --- one element -----------------------------------------------------------------------------------------------
  const describe = (el) => {
    const tag = tagOf(el), type = tag === "input" || tag === "button" ? (el.type || "").toLowerCase() : "";
    let rect = boxOf(el), shown = isVisible(el, rect);
    if (!shown && (type === "checkbox" || type === "radio" || type === "file")) {
      for (const label of el.labels || []) {       // drawn by its label, as styled check boxes are
        const drawn = label.getBoundingClientRect();
        if (isVisible(label, drawn)) { rect = drawn; shown = true; break; }
      }
    }
    const around = surroundings(el), role = attr(el, "role").toLowerCase().split(" ")[0];
    const popup = attr(el, "aria-haspopup"), expanded = el.getAttribute("aria-expanded");
    const toggle = (attr(el, "data-toggle") + attr(el, "data-bs-toggle")).toLowerCase();
    const form = el.form || el.closest("form");
    const secret = type === "password" || type === "file";
    return {
      tag, type, role,
      name: tidy(nameOf(el, tag, type), 120),
      field: attr(el, "name"),
      id: attr(el, "id"),
      href: (tag === "a" || tag === "area") && el.hasAttribute("href") ? absolute(attr(el, "href")) : "",
      value: secret ? "" : String(el.value ?? (el.isContentEditable ? el.innerText : "") ?? "").slice(0, 500),
      placeholder: tidy(attr(el, "placeholder"), 120),
      autocomplete: attr(el, "autocomplete").toLowerCase(),
      inputmode: attr(el, "inputmode").toLowerCase(),
      maxlength: typeof el.maxLength === "number" ? el.maxLength : -1,
      form: form ? formNodes.indexOf(form) : -1,
      landmark: around.landmark,
      hints: hintsOf(el),
      visible: shown,
      enabled: !(el.matches(":disabled") || attr(el, "aria-disabled") === "true"),
      required: Boolean(el.required) || attr(el, "aria-required") === "true",
      readonly: Boolean(el.readOnly) || attr(el, "aria-readonly") === "true",
      checked: el.checked === true || attr(el, "aria-checked") === "true",
      expands: tag === "summary" || expanded !== null || (popup !== "" && popup !== "false") || /dropdown|collapse/.test(toggle),
      expanded: expanded === "true" || (tag === "summary" && el.parentElement !== null && el.parentElement.open === true),
      in_dialog: around.dialog,
      options: tag === "select" ? [...el.options].slice(0, 200).map((option) => option.value) : [],
      box: [rect.x + offset.x, rect.y + offset.y, rect.width, rect.height].map((n) => Math.round(n * 10) / 10),
    };
  };

  // Of a page with thousands of links the first and the last are kept: menus, and what stands at its foot.
  let nodes = all.filter((el) => usable.has(el) || pointers.has(el));
  const links = nodes.filter((el) => tagOf(el) === "a");
  const dropped = new Set(links.slice(MOST_LINKS * 0.75, Math.max(MOST_LINKS * 0.75, links.length - MOST_LINKS * 0.25)));
  const others = nodes.filter((el) => tagOf(el) !== "a");
  others.slice(MOST_LINKS * 2).forEach((el) => dropped.add(el));
  nodes = nodes.filter((el) => !dropped.has(el));

  // --- text ------------------------------------------------------------------------------------------------------
  const wholeText = () => {
    if (!document.body) return document.documentElement ? document.documentElement.textContent.slice(0, MOST_TEXT) : "";
    if (all.length < MOST_NODES) {
      const parts = [document.body.innerText];
      for (const root of roots) for (const child of root.children) parts.push(child.innerText || "");
      return parts.join("\n").slice(0, MOST_TEXT);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const parts = [];
    for (let node = walker.nextNode(), size = 0; node && size < MOST_TEXT; node = walker.nextNode()) {
      if (node.parentElement && node.parentElement.matches("script, style, noscript, template")) continue;
      parts.push(node.data);
      size += node.data.length;
    }
    return parts.join(" ").slice(0, MOST_TEXT);
  };

  return {
    nodes,
    roots,
    data: {
      url: document.location.href, title: document.title, text: wholeText(), shown: offset.shown,
      language: attr(document.documentElement, "lang"), forms, elements: nodes.map(describe),
    },
  };
})()
