// Resolves once the page has not changed for `still` milliseconds, at the latest after `most`. Gives "inert" for a page
// without scripts, which changes only by a refresh; "refresh" where one is about to happen; "calm" where nothing changed,
// "still" where it changed and came to rest, "busy" where it never did, "blank" where it rests but shows nothing yet.
// What is fading in is neither shown nor hidden: dialogs and menus are given the second that they take for it.
({ still, most }) => new Promise((resolve) => {
  const refresh = document.querySelector("meta[http-equiv=refresh i]");
  if (refresh && parseFloat(refresh.content) <= 2) { setTimeout(() => resolve("refresh"), still); return; }
  if (!document.scripts.length) { resolve("inert"); return; }
  let timer, changes = 0;
  const end = (word) => { clearTimeout(timer); clearTimeout(last); observer.disconnect(); resolve(word); };
  // Frameworks begin to fade on the second frame after they drew; a busy machine is late with its frames.
  let due, until, asked = false;
  const frame = () => { asked = false; due -= 1; ask(); };
  const ask = () => { if (due > 0 && !asked) { asked = true; requestAnimationFrame(frame); } };
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(rest, still);
    [due, until] = [2, performance.now() + still + 300];
    ask();
  };
  const rest = () => {
    const left = due > 0 && performance.now() < until ? 20 : fading();
    if (left) timer = setTimeout(rest, left);
    else end(isBlank() ? "blank" : changes ? "still" : "calm");
  };
  const fading = () => Math.max(0, ...document.getAnimations().slice(0, 100).map((each) => {
    const left = each.playState === "running" ? each.effect?.getComputedTiming().endTime - each.currentTime : 0;
    if (!(left > 0 && left <= 1000)) return 0;
    return each.effect.getKeyframes().some((frame) => "opacity" in frame || "visibility" in frame) ? left + 20 : 0;
  }));
  const isBlank = () => {
    const body = document.body;
    if (!body || body.getElementsByTagName("*").length > 300 || body.innerText.trim()) return false;
    return ![...body.querySelectorAll("*")].some((el) => el.shadowRoot || (el.clientHeight > 1 &&
      el.matches("input, button, a, select, textarea, img, svg, canvas, iframe, video, object, embed")));
  };
  const observer = new MutationObserver(() => { changes += 1; begin(); });
  const last = setTimeout(() => end("busy"), most);
  const watch = {
    subtree: true, childList: true, characterData: true,
    attributeFilter: ["hidden", "disabled", "open", "aria-hidden", "aria-expanded", "aria-busy"],
  };
  observer.observe(document, watch);
  const hosts = document.getElementsByTagName("*");
  for (let i = 0; i < hosts.length && i < 20000; i++) if (hosts[i].shadowRoot) observer.observe(hosts[i].shadowRoot, watch);
  begin();
})
