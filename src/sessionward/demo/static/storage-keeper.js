"use strict";

// Keeps the API token from page to page, so that it need not be asked for each time.
globalThis.tokenKeeper = {
  read: () => localStorage.getItem("api-token"),
  write: (fresh) => localStorage.setItem("api-token", fresh),
  forget: () => localStorage.removeItem("api-token"),
};
