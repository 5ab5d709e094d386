// What scripts of this page can read. Bounded: a page may keep a whole library in IndexedDB.
async () => {
  const MOST_BASES = 10, MOST_STORES = 20, MOST_RECORDS = 100, MOST_TEXTS = 500, LONGEST = 20000, MOST_MS = 2000;
  const items = [];
  const area = (name, get) => {
    try {
      const storage = get();
      for (let i = 0; i < storage.length && i < 2000; i++) {
        const key = storage.key(i);
        items.push([name, key, String(storage.getItem(key)).slice(0, LONGEST)]);
      }
    } catch { /* an opaque origin has no storage */ }
  };
  area("local", () => localStorage);
  area("session", () => sessionStorage);

  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  const texts = (where, value, depth) => {
    if (items.length >= MOST_TEXTS + 4000 || depth > 6) return;
    if (typeof value === "string") items.push(["indexeddb", where, value.slice(0, LONGEST)]);
    else if (value && typeof value === "object") {
      for (const [key, inner] of Object.entries(value).slice(0, MOST_RECORDS)) texts(where + "/" + key, inner, depth + 1);
    }
  };
  const bases = async () => {
    if (!self.indexedDB || !indexedDB.databases) return;
    for (const { name } of (await indexedDB.databases()).slice(0, MOST_BASES)) {
      const base = await asked(indexedDB.open(name));
      for (const store of [...base.objectStoreNames].slice(0, MOST_STORES)) {
        const found = base.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([asked(found.getAllKeys(null, MOST_RECORDS)), asked(found.getAll(null, MOST_RECORDS))]);
        values.forEach((value, i) => texts([name, store, String(keys[i])].join("/"), value, 0));
      }
      base.close();
    }
  };
  const kept = async () => {
    if (!self.caches) return;
    for (const name of (await caches.keys()).slice(0, MOST_BASES)) {
      const cache = await caches.open(name);
      for (const request of (await cache.keys()).slice(0, MOST_RECORDS)) {
        const answer = await cache.match(request);
        if (answer && /text|json|xml/.test(answer.headers.get("content-type") || "")) {
          items.push(["cache", request.url, (await answer.text()).slice(0, LONGEST)]);
        }
      }
    }
  };
  await Promise.race([kept().catch(() => {}), new Promise((resolve) => setTimeout(resolve, MOST_MS))]);
  await Promise.race([bases().catch(() => {}), new Promise((resolve) => setTimeout(resolve, MOST_MS))]);
  let cookie = "";
  try { cookie = document.cookie; } catch { /* likewise */ }
  return { cookie, items };
}
