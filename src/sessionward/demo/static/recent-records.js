"use strict";

// Keeps what was read last, so that the next visit can show it before the server answers.

addEventListener("load", () => {
  const text = document.querySelector("main")?.innerText ?? "";
  const kept = JSON.parse(localStorage.getItem("recently-read") ?? "{}");
  kept[location.pathname] = text.slice(0, 4000);
  localStorage.setItem("recently-read", JSON.stringify(kept));
});
