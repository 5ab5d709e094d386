"use strict";

// Keeps the API token for as long as this page is open, where no other page and no later visitor can read it.
globalThis.tokenKeeper = (() => {
  let token = null;
  return {
    read: () => token,
    write: (fresh) => { token = fresh; },
    forget: () => { token = null; },
  };
})();
