// Covers all that can be read on the page. With `harmless` null it only gives the captions of the page's controls; else
// whether everything is covered by now but those captions. `own` are texts whose places are framed.
// No text is taken out: every letter is drawn as a square, so that the page keeps its shape. Marks are attributes and a
// constructed style sheet, which no policy of the page forbids and which leave nothing behind.
({ harmless, own }) => {
  const roots = [];
  const collect = (root) => {
    roots.push(root);
    for (const one of root.querySelectorAll("*")) if (one.shadowRoot) collect(one.shadowRoot);
  };
  collect(document);
  const all = roots.flatMap((root) => [...root.querySelectorAll("*")]);
  const controls = all.filter((one) => one.matches("button, a, summary, label, input[type=submit], input[type=button]"));
  const caption = (one) => (one instanceof HTMLInputElement ? one.value : one.textContent ?? "").trim();
  if (harmless === null) return controls.map(caption).filter((text) => text && text.length < 40);

  const ANY = ":is(#v#v#v#v, *)"; // as specific as can be: it must win against the page's own rules
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    ${ANY}, ${ANY}::before, ${ANY}::after, ${ANY}::placeholder, ${ANY}::marker, ${ANY}::file-selector-button {
      -webkit-text-security: square !important; letter-spacing: -.22em !important; background-image: none !important; border-image: none !important;
      text-shadow: none !important; caret-color: transparent !important; transition: none !important;
      animation: none !important }
    ${ANY}:is(img, picture, video, audio, canvas, iframe, frame, object, embed, meter, progress, math, [data-veil=gone],
      input[type=range], input[type=color], svg text, svg image, svg foreignObject) { opacity: 0 !important }
    select${ANY} { width: 10em !important } /* else it is as wide as what it offers */
    ${ANY}[data-veil~=read] { -webkit-text-security: none !important; letter-spacing: normal !important }
    ${ANY}[data-veil~=own] { outline: 3px solid #d01c1c !important }`);
  const marked = [];
  const mark = (one, word) => {
    one.setAttribute("data-veil", `${one.getAttribute("data-veil") ?? ""} ${word}`.trim());
    marked.push(one);
  };
  document.__veil = () => {
    for (const one of marked) one.removeAttribute("data-veil");
    for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    delete document.__veil;
  };
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  // a component whose inside cannot be looked at may draw what it likes
  for (const one of all) if (one.localName.includes("-") && !one.shadowRoot && !one.childNodes.length) mark(one, "gone");
  const open = new Set(controls.filter((one) => harmless.includes(caption(one))));
  const within = (one) => { for (let at = one; at; at = at.parentElement) if (open.has(at)) return true; return false; };
  // a label may hold its field, and a field what was typed
  const field = "input:not([type=submit], [type=button]), textarea, select, [contenteditable]";
  const read = new Set(all.filter((one) => within(one) && !one.closest(field)));
  for (const one of read) mark(one, "read");
  const holds = (text) => own.some((each) => text.includes(each));
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) if (node.parentElement && holds(node.data)) mark(node.parentElement, "own");
  }
  for (const one of all) if (one.matches("input, textarea") && holds(one.value)) mark(one, "own");
  const covers = new Set(["square", "disc", "circle"]);
  return all.every((one) => read.has(one) || covers.has(getComputedStyle(one).webkitTextSecurity));
}
