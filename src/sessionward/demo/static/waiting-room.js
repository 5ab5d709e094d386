"use strict";

// Asks how long the wait is. Nobody does anything meanwhile, so it must not count as somebody's being there.

const EVERY = 5000;

const ask = async () => {
  const place = document.querySelector("[data-waiting]");
  if (!place) return;
  try {
    const response = await fetch("/api/waiting", { cache: "no-store" });
    if (response.status === 401) {
      place.textContent = "Your login is over. Log in again to see how things stand.";
      return;
    }
    const { before, minutes, at } = await response.json();
    const told = before === 0 ? "You are next." : `${before} before you, about ${minutes} minutes.`;
    if (place.textContent !== told) place.textContent = told;
    document.querySelector("[data-asked]").textContent = at;
  } catch {
    place.textContent = "The clinic cannot be reached. Trying again.";
  }
  setTimeout(ask, EVERY);
};

ask();
