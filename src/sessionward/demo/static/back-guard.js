"use strict";

// A page that the browser kept whole may show what its session may no longer see: ask the server again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
