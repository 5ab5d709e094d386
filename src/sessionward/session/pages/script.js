// Warns before a session is locked or ends, keeps what was typed, and takes private data off the page when it does.
//
//   <script src="/session/script.js" defer data-login="/login" data-unlock="/unlock"></script>
//
// Private parts of a page bear data-session-private; without any, the whole page is taken away. Forms whose text is
// to be kept bear data-session-draft="name". Every text can be said otherwise: data-text-stay="Angemeldet bleiben".
(() => {
  "use strict";
  const me = document.currentScript;
  if (!me || window.sessionward) return;
  const base = me.src.slice(0, me.src.lastIndexOf("/"));
  const TEXTS = {
    lockTitle: "Your session is about to be locked",
    endTitle: "Your session is about to end",
    limitTitle: "Your session is reaching its time limit",
    why: "This page has not been used for a while. To protect your data it will be closed unless you stay.",
    limitWhy: "A session cannot last longer. What you typed into this page's forms is kept until you log in again.",
    left: "Time left: {time}",
    stay: "Stay signed in",
    leave: "Log out now",
    close: "Go on until then",
    failed: "The server did not answer. Please try again.",
    locked: "This page is locked",
    lockedWhy: "Your data was taken off the screen. Nothing you typed into a saved form is lost.",
    unlock: "Unlock",
    ended: "You are signed out",
    endedWhy: "Your data was taken off the screen. What you typed into a saved form comes back when you log in again.",
    login: "Log in",
    other: "Somebody else is signed in here now",
    otherWhy: "What this page showed was another person's.",
    reload: "Load the page anew",
    restored: "What you had typed was restored.",
    discard: "Discard it",
  };
  const SUBMITTED = "session submitted";
  const text = (name) => me.dataset["text" + name[0].toUpperCase() + name.slice(1)] ?? TEXTS[name];
  const STYLE = `
    :host { all: initial; }
    dialog, section, main { box-sizing: border-box; max-width: min(34rem, calc(100vw - 2rem)); padding: 1.5rem;
      border: 2px solid #1c4f8f; border-radius: .5rem; background: #fff; color: #1a1a1a;
      font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    section, main { display: block; margin: 3rem auto; }
    dialog::backdrop { background: rgb(0 0 0 / .6); }
    [role="status"] { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 0 0 1rem; padding: .75rem 1rem; }
    [role="status"] p { margin: 0; flex: 1 1 12rem; }
    h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .75rem; }
    p { margin: 0 0 1rem; }
    .left { font-weight: 600; font-variant-numeric: tabular-nums; }
    .row { display: flex; flex-wrap: wrap; gap: .75rem; }
    button, a { font: inherit; padding: .6rem 1.1rem; min-height: 2.75rem; box-sizing: border-box;
      border: 2px solid #1c4f8f; border-radius: .35rem; background: #fff; color: #1c4f8f; cursor: pointer;
      text-decoration: none; display: inline-block; }
    .first { background: #1c4f8f; color: #fff; }
    :focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
    .silent { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (prefers-color-scheme: dark) {
      dialog, section, main { background: #16202c; color: #f1f4f8; border-color: #8fbaf0; }
      button, a { background: #16202c; color: #a9cbf5; border-color: #8fbaf0; }
      .first { background: #a9cbf5; color: #10161e; }
      :focus-visible { outline-color: #ffb766; }
    }`;

  let subject = null; // whose page this is, as the server marks them
  let ends = null; // when what happens, by this machine's clock; the server is asked again before anything is done
  let hint = null; // what the next sign of activity is signed with
  let warn = 60;
  let over = null; // why this page shows nothing any more
  let limitTold = false; // whether this page's person knows that nothing will put the end off
  let timer = 0;
  let box = null; // the open dialog

  // -- the server ----------------------------------------------------------------------------------------------

  const ask = (method, path, body) =>
    fetch(`${base}/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        "content-type": "application/json",
        "x-session-page": location.pathname,
        "x-session-subject": subject ?? "",
      },
      credentials: "same-origin",
      cache: "no-store",
      keepalive: method !== "GET" && JSON.stringify(body ?? "").length < 2e4, // browsers refuse more than 64 KiB in all
    });

  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`session ${base}`) : null;
  // What another tab heard may be older than what happened since, and its route may have other figures: it is only
  // a reason to ask, and only where something may have to be done.
  if (channel)
    channel.onmessage = ({ data }) => {
      const near = Math.min(data.lock ?? Infinity, data.inactivity, data.absolute) <= data.warn;
      if (subject && (over || box || near || data.state !== "active" || data.subject !== subject))
        look("GET", "state", undefined, true).catch(() => {});
    };

  async function look(method = "GET", path = "state", body, quietly = false) {
    const answer = await ask(method, path, body);
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (!quietly && channel) channel.postMessage({ ...state, hint: undefined });
    adopt(state);
  }

  // A server that cannot be asked is asked again; when the time is over, the page goes by its own clock.
  const lookOr = (otherwise) => look().catch(otherwise);

  function adopt(state) {
    if (over) {
      if (state.state === "active" && state.subject === subject) location.reload();
      return;
    }
    if (subject === null) {
      // a page to log in, to unlock or to give a second factor shows nothing to take away
      if (state.state !== "active") return sessionStorage.removeItem(SUBMITTED);
      subject = state.subject;
    }
    if (state.subject && state.subject !== subject) return finish("other");
    if (state.state === "locked") return finish("locked");
    if (state.state !== "active") return finish("ended");
    const now = Date.now();
    const at = (seconds) => (seconds === null ? Infinity : now + seconds * 1000);
    ends = { lock: at(state.lock), end: at(state.inactivity), limit: at(state.absolute) };
    warn = state.warn;
    if (state.hint) hint = state.hint;
    plan();
    document.documentElement.style.visibility = "";
    findForms();
  }

  // -- the warning ---------------------------------------------------------------------------------------------

  const due = (seconds) => ends && ends[next()] - Date.now() <= seconds * 1000;
  const next = () => Object.keys(ends).reduce((first, kind) => (ends[kind] < ends[first] ? kind : first));

  function plan() {
    clearTimeout(timer);
    const kind = next();
    const left = ends[kind] - Date.now();
    if (left > warn * 1000) {
      if (box) box.close();
      limitTold = false;
      // timers stand still while a laptop sleeps, and its clock does not: it is looked at now and then
      timer = setTimeout(() => (due(warn) ? lookOr(() => again(5)) : plan()), Math.min(left - warn * 1000 + 20, 20_000));
      return;
    }
    if (kind === "limit" && limitTold) return again(Math.min(Math.max(left / 1000, 0.5), 20));
    if (!box || box.kind !== kind) open(kind);
    tick();
  }

  const again = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => lookOr(() => (due(0) ? finish(outcome()) : again(5))), seconds * 1000);
  };
  const outcome = () => (next() === "lock" ? "locked" : "ended");

  function spoken(seconds) {
    const unit = seconds > 90 ? "minute" : "second";
    const count = seconds > 90 ? Math.ceil(seconds / 60) : seconds;
    const lang = document.documentElement.lang || undefined;
    try {
      return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
    } catch {
      return `${count} ${unit}s`;
    }
  }

  function tick() {
    clearTimeout(timer);
    if (!box) return;
    const left = Math.max(0, Math.ceil((ends[box.kind] - Date.now()) / 1000));
    const said = text("left").replace("{time}", spoken(left));
    box.left.textContent = said;
    const step = left <= 10 ? 0 : Math.ceil(left / 30); // read aloud now and then, and not each second
    if (step !== box.step) [box.step, box.live.textContent] = [step, said];
    if (left > 0) {
      timer = setTimeout(tick, 1000);
      return;
    }
    lookOr(() => finish(outcome()));
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function host() {
    const made = element("div", { "data-session-host": "" });
    const root = made.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // neither inline nor fetched, so that no policy has to allow it
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    return [made, root];
  }

  function open(kind) {
    if (box) box.close();
    const limit = kind === "limit";
    const before = document.activeElement;
    const [holder, root] = host();
    const left = element("p", { class: "left" });
    const live = element("p", { class: "silent", "aria-live": "assertive" });
    const first = element("button", { type: "button", class: "first" }, text(limit ? "close" : "stay"));
    const leave = element("button", { type: "button" }, text("leave"));
    const dialog = element(
      "dialog",
      { role: "alertdialog", "aria-labelledby": "t", "aria-describedby": "w" },
      element("h1", { id: "t" }, text(`${kind}Title`)),
      element("p", { id: "w" }, text(limit ? "limitWhy" : "why")),
      left,
      live,
      element("div", { class: "row" }, first, leave),
    );
    root.append(dialog);
    document.body.append(holder);
    const mine = {
      kind,
      left,
      live,
      close() {
        holder.remove();
        if (box === mine) box = null;
        if (before && before.isConnected) before.focus();
      },
    };
    box = mine;
    const goOn = () => {
      if (limit) {
        limitTold = true;
        mine.close();
        return plan();
      }
      first.disabled = true;
      look("POST", "extend").catch(() => {
        first.disabled = false;
        first.focus();
        live.textContent = text("failed");
      });
    };
    first.onclick = goOn;
    leave.onclick = () => look("POST", "logout").catch(() => finish("ended"));
    dialog.oncancel = (event) => (event.preventDefault(), goOn());
    dialog.showModal();
    first.focus();
    saveAll();
  }

  // -- the end -------------------------------------------------------------------------------------------------

  function finish(why) {
    if (over) return;
    if (why !== "other") saveAll();
    over = why;
    clearTimeout(timer);
    if (box) box.close();
    for (const name of (me.dataset.clearStorage ?? "").split(/\s+/).filter(Boolean)) {
      localStorage.removeItem(name);
      sessionStorage.removeItem(name);
    }
    const partly = document.querySelector("[data-session-private]") !== null;
    const [holder, root] = host();
    const go = { locked: ["unlock", me.dataset.unlock], ended: ["login", me.dataset.login] }[why] ?? ["reload", null];
    const title = element("h1", { tabindex: "-1" }, text(why));
    const link = element("a", { class: "first", href: go[1] ?? location.href }, text(go[1] ? go[0] : "reload"));
    root.append(element(partly ? "section" : "main", { "aria-label": text(why) }, title, element("p", {}, text(`${why}Why`)), link));
    const sweep = () => {
      // what was typed is private, too
      const parts = document.querySelectorAll("[data-session-private], form[data-session-draft]");
      for (const part of partly ? parts : [document.body]) {
        if (part !== document.body) part.remove(); // with its attributes, and the values of fields
        else for (const child of [...part.childNodes]) if (child !== holder) child.remove();
      }
      if (!holder.isConnected) document.body.prepend(holder);
    };
    sweep();
    document.title = text(why);
    document.documentElement.style.visibility = "";
    // an app that draws its page anew draws nothing private either
    new MutationObserver(sweep).observe(document.documentElement, { childList: true, subtree: true });
    title.focus();
    // the app's turn: what it holds in memory, and its object URLs
    document.dispatchEvent(new CustomEvent("sessionover", { detail: why }));
  }

  // -- activity ------------------------------------------------------------------------------------------------

  let sent = Date.now();
  let acted = false;
  let sending = 0;
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

  async function tell() {
    sending = 0;
    if (!acted || !hint || over || box) return;
    const mine = hint;
    acted = false;
    hint = null;
    sent = Date.now();
    try {
      const key = await crypto.subtle.importKey("raw", bytes(mine.key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
      const made = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(mine.ticket)));
      const signature = Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
      await look("POST", "active", { ticket: mine.ticket, signature });
    } catch {
      lookOr(() => {});
    }
  }

  let pointer = "";

  function notice(event) {
    if (!event.isTrusted || !hint) return;
    if (event.type === "pointermove") {
      // browsers tell of a move, too, where the page moved under a pointer that lies still
      const place = `${event.screenX} ${event.screenY}`;
      if (pointer === (pointer = place)) return;
    }
    acted = true;
    if (!sending) sending = setTimeout(tell, Math.max(0, sent + hint.every * 1000 - Date.now()));
  }
  // no "scroll": a chat that scrolls by itself is nobody's doing
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "input"])
    addEventListener(kind, notice, { capture: true, passive: true });

  // -- drafts --------------------------------------------------------------------------------------------------

  const forms = new Map();
  const here = (address) => address.split("#")[0];
  const kept = (field) =>
    field.name &&
    !field.disabled &&
    !["password", "file", "hidden", "submit", "button", "image", "reset"].includes(field.type) &&
    !/^(cc-|.*password|one-time-code)/.test(field.autocomplete ?? "") &&
    !field.hasAttribute("data-session-no-draft") &&
    ["INPUT", "TEXTAREA", "SELECT"].includes(field.tagName);
  const value = (field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked
      : field.multiple && field.options
        ? Array.from(field.options, (option) => option.selected)
        : field.value;

  function put(field, was) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = was === true;
    else if (Array.isArray(was)) Array.from(field.options ?? [], (option, place) => (option.selected = was[place] === true));
    // frameworks that watch a field's own setter are told by the prototype's
    else Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, String(was));
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  const gathered = (form) => {
    const fields = {};
    for (const field of form.elements) if (kept(field)) (fields[field.name] ??= []).push(value(field));
    return fields;
  };

  function save(form) {
    const mine = forms.get(form);
    clearTimeout(mine.timer);
    if (!mine.changed || !form.isConnected) return;
    mine.changed = false;
    ask("PUT", `drafts/${mine.name}`, { subject, fields: gathered(form) }).then(
      (answer) => (answer.status === 409 ? finish("other") : answer.ok || (mine.changed = true)),
      () => (mine.changed = true),
    );
  }
  const saveAll = () => forms.forEach((mine, form) => save(form));

  const discard = (name) => ask("DELETE", `drafts/${name}`).catch(() => {});

  async function restore(form, mine) {
    const answer = await ask("GET", `drafts/${mine.name}`);
    if (!answer.ok || mine.changed) return;
    const fields = await answer.json();
    const blank = gathered(form);
    if (mine.changed || JSON.stringify(blank) === JSON.stringify(fields)) return;
    mine.filling = true;
    const seen = {};
    for (const field of form.elements) {
      if (!kept(field)) continue;
      const place = (seen[field.name] = (seen[field.name] ?? -1) + 1);
      if (fields[field.name]?.[place] !== undefined) put(field, fields[field.name][place]);
    }
    mine.filling = false;
    const [holder, root] = host();
    const button = element("button", { type: "button" }, text("discard"));
    root.append(element("section", { role: "status" }, element("p", {}, text("restored")), button));
    button.onclick = () => {
      holder.remove();
      form.reset();
    };
    form.before(holder);
  }

  function findForms() {
    for (const form of document.querySelectorAll("form[data-session-draft]")) {
      if (forms.has(form)) continue;
      const mine = { name: form.dataset.sessionDraft, changed: false, filling: false, timer: 0 };
      if (!/^[\w.-]{1,64}$/.test(mine.name)) continue;
      forms.set(form, mine);
      form.addEventListener("input", () => {
        if (mine.filling) return;
        mine.changed = true;
        clearTimeout(mine.timer);
        mine.timer = setTimeout(() => save(form), 1000);
      });
      form.addEventListener("submit", () => {
        save(form); // if it is refused, what was typed is still there
        sessionStorage.setItem(SUBMITTED, `${mine.name} ${here(location.href)}`);
      });
      form.addEventListener("reset", () => {
        clearTimeout(mine.timer);
        mine.changed = false;
        discard(mine.name);
      });
      restore(form, mine).catch(() => {});
    }
    // a form that was sent and is not shown again was accepted, unless the answer was an error, or a login came between
    const submitted = sessionStorage.getItem(SUBMITTED);
    if (submitted === null) return;
    const [name, from] = submitted.split(" ");
    const shown = [...forms].some(([form, mine]) => form.isConnected && mine.name === name);
    const came = document.referrer === "" || here(document.referrer) === from;
    const status = performance.getEntriesByType("navigation")[0]?.responseStatus ?? 200;
    if (!shown && came && status < 400) discard(name);
    sessionStorage.removeItem(SUBMITTED);
  }

  // -- the page's own life -------------------------------------------------------------------------------------

  const hide = () => (document.documentElement.style.visibility = "hidden");
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !subject) return;
    hide(); // a page out of the browser's memory shows nothing unasked
    lookOr(() => finish("ended"));
  });
  addEventListener("pagehide", saveAll);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return saveAll();
    if (!subject) return;
    if (due(0) && !over) hide();
    lookOr(() => due(0) && finish(outcome()));
  });
  new MutationObserver(() => subject && !over && document.querySelector("form[data-session-draft]") && findForms()).observe(
    document.documentElement,
    { childList: true, subtree: true },
  );

  window.sessionward = {
    refresh: () => lookOr(() => {}), // after a login that loaded no new page
    lock: () => look("POST", "lock"),
    logout: () => look("POST", "logout"),
    discard,
  };
  lookOr(() => again(5));
})();
