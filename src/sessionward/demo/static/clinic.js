"use strict";

// Fills the pages that are loaded empty. Text goes in as text, never as markup.

class LoggedOut extends Error {}

const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

const read = async (path, options = {}) => {
  const response = await fetch(path, { cache: "no-store", ...options });
  if (response.status === 401) throw new LoggedOut();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
};

const freshToken = async () => {
  const proof = document.querySelector("meta[name=forgery-token]")?.content ?? "";
  const { token } = await read("/api/token", { method: "POST", headers: { "X-Forgery-Token": proof } });
  tokenKeeper.write(token);
  return token;
};

const readWithToken = async (path) => {
  const ask = (token) => read(path, { credentials: "omit", headers: { Authorization: `Bearer ${token}` } });
  const kept = tokenKeeper.read();
  if (kept === null) return ask(await freshToken());
  try {
    return await ask(kept);
  } catch (error) {
    if (!(error instanceof LoggedOut)) throw error;
    tokenKeeper.forget(); // it was an earlier login's
    return ask(await freshToken());
  }
};

const recordLink = (record) => {
  const link = element("a", record.title);
  link.href = `/records/${encodeURIComponent(record.id)}`;
  return element("li", link, element("span", record.date));
};

const messageCard = (message) => {
  const card = element("li", element("h2", message.sender), element("p", message.text), element("small", message.date));
  card.className = "card";
  return card;
};

const fill = (place, ...content) => document.querySelector(`[data-fill=${place}]`).replaceChildren(...content);

const screens = {
  async overview() {
    const me = await read("/api/me");
    const lines = [["Phone", me.phone], ["E-mail", me.email], ["Address", me.address], ["Emergency", me.emergency_contact]];
    fill("me", ...lines.flatMap(([label, value]) => [element("dt", label), element("dd", value)]));
    fill("records", ...(await read("/api/records")).map(recordLink));
  },
  async messages() {
    fill("messages", ...(await readWithToken("/api/messages")).map(messageCard));
  },
};

const screen = document.querySelector("[data-fetch]");
if (screen) {
  screens[screen.dataset.fetch]().catch((error) => {
    const login = element("a", "Log in again");
    login.href = "/login";
    const told = error instanceof LoggedOut
      ? element("p", "Your login is over. ", login, ".")
      : element("p", "This could not be loaded. Please try again later.");
    told.className = "alert";
    screen.replaceChildren(told);
  });
}
