"use strict";

// Lets both hear each other at once. Where no WebSocket comes about the form is sent as any other.

const room = document.querySelector("[data-consultation]");
const ALIVE = 20000;

const lineOf = ({ speaker, text, time }) => {
  const item = document.createElement("li");
  const head = document.createElement("small");
  const body = document.createElement("p");
  head.textContent = `${speaker}, ${time}`;
  body.textContent = text;
  item.append(head, body);
  if (speaker === room.dataset.name) item.className = "mine";
  return item;
};

const connect = () => {
  const lines = room.querySelector("[data-lines]");
  const presence = room.querySelector("[data-presence]");
  const form = room.querySelector("[data-say]");
  const address = new URL(room.dataset.consultation, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const tell = (news) => socket.send(JSON.stringify(news));
  const beat = setInterval(() => socket.readyState === WebSocket.OPEN && tell({ kind: "alive" }), ALIVE);

  socket.addEventListener("message", ({ data }) => {
    const news = JSON.parse(data);
    if (news.kind === "state") lines.replaceChildren(...news.lines.map(lineOf));
    if (news.kind === "line") lines.append(lineOf(news));
    if (news.present) presence.textContent = `Here now: ${news.present.join(", ")}`;
    lines.scrollTop = lines.scrollHeight;
  });
  socket.addEventListener("close", () => {
    clearInterval(beat);
    presence.textContent = "Not connected. What you write is sent with the page.";
  });
  form.addEventListener("submit", (event) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    event.preventDefault();
    const field = form.elements.namedItem("text");
    tell({ kind: "say", text: field.value });
    field.value = "";
    field.focus();
  });
};

if (room) connect();
