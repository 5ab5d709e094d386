"""Logins that only a browser can draw: in a frame, in a shadow root, by a framework that draws late."""

from collections.abc import Callable, Mapping

from tests.audit.explore.sites import LOGIN, Site, login_site

FRAMED = '<main><h1>Our clinic</h1><iframe src="/inner" width="600" height="300"></iframe></main>'

SHADOWED = """<main><clinic-login></clinic-login><script>
customElements.define('clinic-login', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({mode: 'open'});
    root.innerHTML = `<label>E-mail <input name="name" id="a"></label><label>Password
      <input name="password" id="b" type="password"></label><button>Sign in</button><p id="m"></p>`;
    root.querySelector('button').onclick = async () => {
      const body = JSON.stringify({name: root.getElementById('a').value, password: root.getElementById('b').value});
      const sent = await fetch('/api/login', {method: 'POST', body, headers: {'content-type': 'application/json'}});
      const answer = await sent.json();
      if (answer.go) location.href = answer.go; else root.getElementById('m').textContent = answer.message;
    };
  }
});
</script></main>"""

DRAWN_LATE = """<main id="app"></main><script>
const draw = (message) => { document.getElementById('app').innerHTML =
  `<div class="field"><span>User</span><input id="a"></div><div class="field"><span>Password</span>
   <input id="b" type="password"></div><div class="btn" style="cursor:pointer" id="go">Enter</div><p>${message}</p>`;
  let name = '', password = '';
  document.getElementById('a').oninput = (e) => { name = e.target.value; };
  document.getElementById('b').oninput = (e) => { password = e.target.value; };
  document.getElementById('go').onclick = async () => {
    const sent = await fetch('/api/login', {method: 'POST', body: JSON.stringify({name, password}),
      headers: {'content-type': 'application/json'}});
    const answer = await sent.json();
    if (!answer.go) { draw(answer.message); return; }
    history.pushState({}, '', answer.go);
    document.getElementById('app').innerHTML = '<h1>Welcome Ana</h1><a href="/logout">Log out</a>';
  };
};
fetch('/api/boot').then(() => draw(''));
</script>"""

STEPS_IN_A_DIALOG = """<header><div style="cursor:pointer" onclick="ask()">Mein Bereich: Anmelden</div></header>
<dialog id="d"></dialog><script>
let name = '';
const d = document.getElementById('d');
function ask() { d.innerHTML = '<input placeholder="E-Mail" id="a"><button id="n">Weiter</button>'; d.showModal();
  document.getElementById('n').onclick = () => { name = document.getElementById('a').value; second(''); }; }
function second(message) {
  d.innerHTML = '<input placeholder="Passwort" type="password" id="b"><button id="l">Anmelden</button><p>' + message;
  document.getElementById('l').onclick = async () => {
    const sent = await fetch('/api/login', {method: 'POST', headers: {'content-type': 'application/json'},
      body: JSON.stringify({name, password: document.getElementById('b').value})});
    const answer = await sent.json();
    if (answer.go) location.href = answer.go; else second(answer.message);
  };
}
</script>"""


def _plain(body: str) -> Callable[[], Site]:
    return lambda: login_site(body)


SCRIPTED_PAGES: Mapping[str, Callable[[], Site]] = {
    "in a frame": lambda: login_site(FRAMED, inner=LOGIN),
    "in a shadow root": _plain(SHADOWED),
    "drawn late by a script": _plain(DRAWN_LATE),
    "two steps in a dialog": _plain(STEPS_IN_A_DIALOG),
}
