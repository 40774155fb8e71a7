// @ts-check
/**
 * The button of the web chat on somebody's page, and the frame that opens from it. Everything that is seen lives in a
 * shadow root and in a frame of our own, so that no style of the page breaks it and it breaks none of the page; styles are
 * constructed, so that a strict policy of the page does not forbid them. Nothing is loaded before the button is pressed.
 *
 * `<script src="https://chat.example.com/webchat.js?botId=…" async></script>` installs itself. For more, see docs/webchat.md.
 */
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const source = script ? new URL(script.src) : null;

  const COLOR = /^#[0-9a-f]{3,8}$/iu;
  /** A colour, or another: what a page says is never more than a colour. @param {any} value @param {string} otherwise */
  const colorOf = (value, otherwise) => (COLOR.test(String(value ?? "")) ? String(value) : otherwise);

  const WORDS = {
    ko: { open: "채팅 열기", close: "채팅 닫기", frame: "채팅" },
    en: { open: "Open the chat", close: "Close the chat", frame: "Chat" },
  };
  const ICONS = {
    open: "M12 3C6.5 3 2 6.7 2 11.2c0 2.6 1.5 4.9 3.8 6.4l-.9 3.4c-.1.4.3.7.6.5l4-2.2c.8.1 1.6.2 2.5.2 5.5 0 10-3.7 10-8.3S17.5 3 12 3z",
    close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  };
  const STYLE = `
    :host { all: initial !important; position: fixed !important; z-index: var(--z) !important; display: block !important; }
    :host([hidden]) { display: none !important; }
    button { all: unset; box-sizing: border-box; display: grid; place-items: center; width: 56px; height: 56px; border-radius: 28px;
      background: var(--primary); color: var(--on); cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / .24); position: relative; }
    button:focus-visible { outline: 3px solid var(--primary); outline-offset: 3px; }
    svg { width: 26px; height: 26px; fill: currentColor; }
    b { all: unset; position: absolute; top: -2px; right: -2px; min-width: 20px; height: 20px; border-radius: 10px; padding: 0 5px;
      box-sizing: border-box; background: #d92d20; color: #fff; font: 600 12px/20px system-ui, sans-serif; text-align: center; }
    b:empty { display: none; }
    iframe { position: absolute; border: 0; border-radius: 16px; background: #fff; color-scheme: normal;
      box-shadow: 0 8px 32px rgb(0 0 0 / .24); width: min(var(--w), calc(100vw - 32px)); height: min(var(--h), calc(100vh - 112px));
      visibility: hidden; }
    :host([open]) iframe { visibility: visible; }
    .right iframe { right: 0; } .left iframe { left: 0; } .bottom iframe { bottom: 72px; } .top iframe { top: 72px; }
    @media (max-width: 480px) {
      :host([open]) iframe { position: fixed; inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
      :host([open]) button { display: none; }
    }`;

  /**
   * @param {Window & typeof globalThis} window
   * @param {Document} document
   * @param {string} scriptUrl
   * @param {string} botId
   * @param {((init: (options?: Record<string, any>) => object) => void) | string} [onLoad]
   */
  const load = (window, document, scriptUrl, botId, onLoad) => {
    /** @param {Record<string, any>} [options] */
    const init = (options) => install(window, document, new URL(scriptUrl).origin, botId, options ?? {});
    if (typeof onLoad === "function") onLoad(init);
    else if (typeof onLoad === "string") Object.defineProperty(window, onLoad, { value: init(), configurable: true });
    else init();
  };

  /**
   * @param {Window & typeof globalThis} window
   * @param {Document} document
   * @param {string} origin
   * @param {string} botId
   * @param {Record<string, any>} options
   */
  const install = (window, document, origin, botId, options) => {
    const words = (document.documentElement.lang || window.navigator.language).startsWith("ko") ? WORDS.ko : WORDS.en;
    let theme = { ...options.theme };
    let params = options.params ?? {};
    let userKey = options.userKey;
    let signature = options.signature;
    let isEnabled = options.enable !== false;
    let isOpen = false;
    let view = "chat";
    /** @type {HTMLIFrameElement | undefined} */
    let frame;
    let isReady = false;
    /** @type {object[]} */
    const waiting = [];

    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const corner = document.createElement("div");
    const button = document.createElement("button");
    button.type = "button";
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    icon.append(path);
    const badge = document.createElement("b");
    button.append(icon, badge);
    corner.append(button);
    root.append(corner);
    let unread = 0;

    const draw = () => {
      const position = String(theme.position ?? "right");
      const [top, side] = position.startsWith("top-") ? ["top", position.slice(4)] : ["bottom", position];
      const [x, y] = [theme.pageMargin ?? 20].flat().length === 2 ? theme.pageMargin : [theme.pageMargin ?? 20, theme.pageMargin ?? 20];
      host.style.cssText = "";
      const important = (/** @type {string} */ name, /** @type {string} */ value) => host.style.setProperty(name, value, "important");
      important(top, `${Number(y)}px`);
      important(side === "left" ? "left" : "right", `${Number(x)}px`);
      if (theme.positionStrategy === "absolute") important("position", "absolute");
      host.style.setProperty("--z", String(Number(theme.zIndex ?? 2147483000)));
      host.style.setProperty("--primary", colorOf(theme.primaryColor, "#4F5BD5"));
      host.style.setProperty("--on", colorOf(theme.primaryContrastTextColor, "#FFFFFF"));
      host.style.setProperty("--w", `${Number(theme.defaultWindowSize?.width ?? 380)}px`);
      host.style.setProperty("--h", `${Number(theme.defaultWindowSize?.height ?? 640)}px`);
      corner.className = `${side === "left" ? "left" : "right"} ${top}`;
      path.setAttribute("d", isOpen ? ICONS.close : ICONS.open);
      badge.textContent = unread > 0 && !isOpen ? String(Math.min(unread, 99)) : "";
      button.setAttribute("aria-label", isOpen ? words.close : words.open);
      button.setAttribute("aria-expanded", String(isOpen));
      host.toggleAttribute("open", isOpen);
      host.hidden = !isEnabled;
    };

    /** @param {object} message */
    const tell = (message) => {
      if (isReady) frame?.contentWindow?.postMessage({ closer: 1, ...message }, origin);
      else waiting.push(message);
    };

    /** @param {boolean} open */
    const setOpen = (open) => {
      if (open === isOpen) return;
      isOpen = open;
      if (open) unread = 0;
      if (open && !frame) {
        frame = document.createElement("iframe");
        frame.title = words.frame;
        frame.allow = "clipboard-write";
        frame.src = `${origin}/webchat/${encodeURIComponent(botId)}?embed=1`;
        corner.prepend(frame);
      }
      draw();
      tell({ type: "open", open });
      if (!open) button.focus();
    };

    window.addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== origin || event.data?.closer !== 1) return;
      const message = event.data;
      if (message.type === "ready") {
        isReady = true;
        tell({ type: "who", userKey, signature, params, theme });
        for (const kept of waiting.splice(0)) tell(kept);
      } else if (message.type === "look") {
        theme = { ...message.theme, ...options.theme };
        draw();
      } else if (message.type === "close") {
        setOpen(false);
      } else if (message.type === "said" && !isOpen) {
        unread += 1;
        draw();
      }
    });
    button.addEventListener("click", () => setOpen(!isOpen));
    const attach = () => document.body.append(host);
    if (document.body) attach();
    else document.addEventListener("DOMContentLoaded", attach, { once: true });
    draw();
    if (options.defaultOpen) setOpen(true);

    return {
      get isOpen() { return isOpen; },
      get isEnabled() { return isEnabled; },
      get params() { return params; },
      get userKey() { return userKey; },
      get theme() { return theme; },
      get view() { return view; },
      setOpen,
      /** @param {boolean} enabled */
      setEnabled(enabled) { isEnabled = enabled; draw(); },
      /** @param {Record<string, any>} next */
      setParams(next) { params = next; tell({ type: "params", params }); },
      /** @param {string | undefined} key @param {string} [signed] */
      setUserKey(key, signed) { userKey = key; signature = signed; tell({ type: "who", userKey, signature, params, theme }); },
      /** @param {Record<string, any>} next */
      setTheme(next) { theme = { ...theme, ...next }; options.theme = theme; draw(); tell({ type: "theme", theme }); },
      /** @param {string} next */
      changeView(next) { view = next === "back" ? "chat" : next; tell({ type: "view", view: next }); },
      /** @param {{navigation?: {flowId: number, nodeId?: number}, params?: object, restart?: boolean}} [what] */
      startConversation(what) { setOpen(true); tell({ type: "start", ...what }); },
      /** @param {{flowId: number, nodeId?: number, force?: boolean}} where */
      changeNavigation(where) { tell({ type: "goto", ...where }); },
      /** @param {{data: object}} what */
      sendMessage(what) { tell({ type: "send", data: what.data }); },
      sendTypingEvent() { tell({ type: "typing" }); },
    };
  };

  Object.defineProperty(window, "CloserWebChat", { value: { load }, configurable: true });
  const own = source?.searchParams.get("botId");
  if (source && own) load(window, document, source.href, own, source.searchParams.get("name") ?? undefined);
})();
