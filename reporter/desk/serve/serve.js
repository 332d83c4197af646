// Added by `reporter serve` to the page it shows, never to a file: exchanges the page where it has changed, and lists problems.
(() => {
  const first = "NEWS";
  let shown = first; // of which page
  let last = first; // the newest that is known of it
  let news = null;

  const host = document.createElement("aside");
  host.lang = "en";
  host.setAttribute("aria-label", "Problems found by reporter");
  const box = host.attachShadow({ mode: "open" });
  document.documentElement.append(host);

  const style = document.createElement("style");
  style.textContent = `
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; z-index: 9; max-height: 40vh; overflow: auto; box-sizing: border-box;
      padding: 0.75rem 1.25rem; background: #fff; color: #1a1a1a; border-top: 4px solid #9b1c1c; font: 15px/1.45 sans-serif;
      box-shadow: 0 -2px 12px rgb(0 0 0 / 25%); }
    section.warning { border-color: #7a5200; }
    section.alone { inset: 0 0 auto 0; max-height: none; box-shadow: none; }
    a { display: inline-block; margin-top: 0.6rem; color: inherit; }
    p { margin: 0 0 0.4rem; font-weight: 600; }
    ul { margin: 0; padding: 0; list-style: none; }
    li { margin: 0.3rem 0; font-family: monospace; overflow-wrap: anywhere; }
    small { display: block; padding-left: 2em; font-size: inherit; color: #444; }
    @media print { section { display: none; } }
  `;

  const make = (name, text, ...inside) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...inside);
    return made;
  };

  const show = (connected) => {
    const lines = last.problems.map(({ text, hint }) => make("li", text, ...(hint ? [make("small", hint)] : [])));
    const head = !connected
      ? "Not connected: reporter serve was ended. This page is no longer renewed."
      : !last.wrong
        ? "Shown with warnings:"
        : last.shown
          ? "Not renewed: this is the last good page. Mend these first:"
          : last.gone
            ? "Nothing to show:"
            : "Nothing to show yet. Mend these first:";
    const section = make("section", "", make("p", head), make("ul", "", ...lines));
    if (last.gone) section.append(Object.assign(make("a", "All briefings"), { href: "index.html" }));
    section.className = `${last.wrong ? "error" : "warning"}${last.shown ? "" : " alone"}`;
    section.setAttribute("role", "status");
    section.tabIndex = 0;
    box.replaceChildren(...(connected && lines.length === 0 ? [] : [style, section]));
  };

  // Exchanges as little as can be, so that the rest keeps its place, its focus and its state.
  const exchange = (old, next) => {
    if (old.isEqualNode(next)) return;
    const alike = old.cloneNode(false).isEqualNode(next.cloneNode(false));
    if (!alike || old.childNodes.length === 0 || old.childNodes.length !== next.childNodes.length) {
      old.replaceWith(next);
      return;
    }
    const pairs = [...old.childNodes].map((child, index) => [child, next.childNodes[index]]);
    pairs.forEach(([child, other]) => exchange(child, other));
  };

  const renew = ({ version, head, body }) => {
    const page = body && new DOMParser().parseFromString(`<!doctype html>${body}`, "text/html");
    // Where more than the body has changed, or scripts would have to run again, the browser does it.
    if (!page || head !== shown.head || page.querySelector("script:not([type$='json'])")) {
      location.reload();
      return;
    }
    shown = { version, head };
    document.getElementById("reporter-serve")?.remove(); // done with, and not part of the page
    exchange(document.body, page.body);
  };

  const listen = () => {
    const [, folder, page] = location.pathname.match(/^(.*\/)(.*)$/);
    news = new EventSource(`${folder}events/${page}`);
    news.onmessage = (event) => {
      last = JSON.parse(event.data);
      show(true);
      if (last.version !== shown.version) renew(last);
    };
    news.onerror = () => show(false);
  };

  // A browser keeps few connections to one server: only pages that are looked at hold one.
  document.addEventListener("visibilitychange", () => {
    if (news) news.close();
    news = null;
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", () => news && news.close());
  show(true);
  if (!document.hidden) listen();
})();
