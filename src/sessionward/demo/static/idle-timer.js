"use strict";

// Hides the account once nobody did anything for a while. The server is not told.

const seconds = Number(document.currentScript.dataset.seconds);
let timer = 0;

const end = () => {
  const told = document.createElement("p");
  told.textContent = "You were logged out because nothing happened here for a while. ";
  const link = document.createElement("a");
  link.href = "/login";
  link.textContent = "Log in";
  told.append(link);
  document.body.replaceChildren(told);
};

const begin = () => {
  clearTimeout(timer);
  timer = setTimeout(end, seconds * 1000);
};

for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, begin, { passive: true });
begin();
