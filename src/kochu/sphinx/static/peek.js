// Every page: a look at what a link leads to. Real links first; pointing at one or
// reaching it by keyboard shows more, and nothing is lost where this does not run.
((kochu) => {
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const known = {};
  const asked = {};
  kochu.previews = (page, data) => { known[page] = data; };

  const card = document.createElement("div");
  card.className = "kochu-peek";
  card.popover = "manual";
  card.id = "kochu-peek";

  // Which page and which place in it a link means; pages of this edition only.
  function targetOf(link) {
    const url = new URL(link.href);
    if (!url.hash || url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
    const page = decodeURIComponent(url.pathname.slice(root.pathname.length)).replace(/\.html$|\/$/, "") || "index";
    return { page, id: decodeURIComponent(url.hash.slice(1)) };
  }

  function load(page) {
    asked[page] ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = new URL(`_previews/${page}.js`, root).href;
      script.onload = script.onerror = () => { script.remove(); done(); };
      document.head.append(script);
    });
    return asked[page];
  }

  // A note of this very page is already here.
  function near(id) {
    const note = document.getElementById(id);
    if (!note || !note.matches(".kochu-note")) return null;
    const copy = note.cloneNode(true);
    for (const x of [copy, ...copy.querySelectorAll("[id]")]) x.removeAttribute("id");
    copy.open = true;
    copy.className = "kochu-peek-note";
    return copy.outerHTML;
  }

  async function contentOf(link) {
    const target = targetOf(link);
    if (!target) return null;
    const here = near(target.id);
    if (here) return here;
    await load(target.page);
    return known[target.page]?.[target.id]?.replaceAll(/ href="(?![a-z]+:)([^"]*)"/g, (_, href) => ` href="${new URL(href, root).href}"`) || null;
  }

  kochu.contentOf = contentOf;

  let shownFor = null;
  let timer = 0;

  async function show(link) {
    const html = await contentOf(link);
    if (!html || shownFor !== link || link.closest(".kochu-note.chosen, .kochu-peek")?.contains(card)) return;
    card.innerHTML = html;
    kochu.readings(card);
    if (!card.isConnected) document.body.append(card);
    card.showPopover();
    link.setAttribute("aria-describedby", card.id);
    const box = link.getClientRects()[0];
    const { width, height } = card.getBoundingClientRect();
    const below = box.bottom + 6 + height < innerHeight || box.top < height;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    card.style.top = `${below ? box.bottom + 6 : box.top - height - 6}px`;
  }

  function hide() {
    clearTimeout(timer);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    if (card.isConnected) card.hidePopover();
  }

  const later = (work, wait) => { clearTimeout(timer); timer = setTimeout(work, wait); };
  const linkAt = (target) => target.closest?.('article a[href*="#"], .kochu-hit a[href*="#"]');

  function want(link, wait) {
    if (link === shownFor) { clearTimeout(timer); return; }
    hide();
    shownFor = link;
    later(() => show(link), wait);
  }

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    if (target.closest?.(".kochu-peek")) { clearTimeout(timer); return; }
    const link = linkAt(target);
    // A sentence's own number leads nowhere new.
    if (link && !link.matches(".kochu-number, .headerlink")) want(link, 300);
    else if (shownFor) later(hide, 250);
  });
  document.addEventListener("focusin", ({ target }) => {
    const link = linkAt(target);
    if (link && link.matches(":focus-visible") && !link.matches(".kochu-number, .headerlink")) want(link, 600);
    else if (shownFor && !card.contains(target)) hide();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card.matches(":popover-open")) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    }
  }, true);
  addEventListener("scroll", () => { if (shownFor && card.matches(":popover-open")) hide(); }, { passive: true });
  document.addEventListener("click", hide);
})(window.kochu ??= {});
