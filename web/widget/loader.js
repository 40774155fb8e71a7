// @ts-check
/**
 * The button of the web chat on somebody's page, and the frame that opens from it. Everything that is seen lives in a shadow
 * root and in a frame of our own, so that no style of the page breaks it and it breaks none of the page: rules of a shadow
 * root that are important win over all rules of the page. Styles are constructed, so that a strict policy of the page does
 * not forbid them. It hangs on the page's root, not on its body, which sites move, transform and replace.
 *
 * What of the language a page may have changed (methods of arrays, properties that all objects have) is not used here.
 * The room is loaded when the button is pressed, or where somebody has talked here before.
 *
 * `<script src="https://chat.example.com/webchat.js?botId=…" async></script>` installs itself. For more, see docs/webchat.md.
 */
(() => {
  "use strict";
  /** How the bot of this script's address looks: the server writes it here. @type {any} */
  const KNOWN = undefined;
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const source = script && script.src ? new URL(script.src) : null;
  const own = source ? source.searchParams.get("botId") : null;

  /** How long the room may take before a way around is offered, in milliseconds. */
  const PATIENCE = 12_000;
  const WORDS = {
    ko: { open: "채팅 열기", close: "채팅 닫기", frame: "채팅", unread: "새 메시지 {n}개", hide: "인사말 닫기", slow: "채팅을 불러오지 못했어요.", page: "새 창에서 열기", resize: "채팅 창 크기 조절" },
    en: { open: "Open the chat", close: "Close the chat", frame: "Chat", unread: "{n} new messages", hide: "Dismiss", slow: "The chat could not be loaded.", page: "Open in a new window", resize: "Resize the chat" },
  };
  const ICONS = {
    open: "M12 3C6.5 3 2 6.7 2 11.2c0 2.6 1.5 4.9 3.8 6.4l-.9 3.4c-.1.4.3.7.6.5l4-2.2c.8.1 1.6.2 2.5.2 5.5 0 10-3.7 10-8.3S17.5 3 12 3z",
    close: "M12 15.4 5.3 8.7l-1.4 1.4L12 18.2l8.1-8.1-1.4-1.4z",
    cross: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  };
  const COLOR = /^#[0-9a-f]{3,8}$/iu;
  /** A colour, or another: what a page says is never more than a colour. @param {any} value @param {string} otherwise */
  const colorOf = (value, otherwise) => (COLOR.test(String(value || "")) ? String(value) : otherwise);
  /** A number within bounds, or another. @param {any} value @param {number} otherwise @param {number} least @param {number} most */
  const numberOf = (value, otherwise, least, most) => {
    const number = typeof value === "string" && value ? Number(value) : value;
    return typeof number === "number" && number >= least && number <= most ? number : otherwise;
  };
  /** The page's storage, which it may forbid. @param {"localStorage" | "sessionStorage"} where @param {string} name @param {string} [value] */
  const stored = (where, name, value) => {
    try {
      if (value === undefined) return window[where].getItem(name);
      window[where].setItem(name, value);
    } catch {
      // Nothing is kept then.
    }
    return null;
  };

  /** @param {Record<string, any>} look */
  const styleOf = (look) => `
    :host { all: initial !important; display: block !important; position: ${look.strategy} !important; z-index: ${look.zIndex} !important;
      ${look.vertical}: calc(${look.y}px + env(safe-area-inset-${look.vertical}, 0px)) !important;
      ${look.side}: calc(${look.x}px + env(safe-area-inset-${look.side}, 0px)) !important;
      width: ${look.size}px !important; height: ${look.size}px !important; font: 14px/20px system-ui, -apple-system, "Apple SD Gothic Neo", "Malgun Gothic", sans-serif !important;
      overflow: visible !important; color-scheme: light dark !important; word-break: keep-all !important; }
    :host([data-off]) { display: none !important; }
    button { all: unset; box-sizing: border-box; cursor: pointer; -webkit-tap-highlight-color: transparent; }
    .launcher { display: grid; place-items: center; width: 100%; height: 100%; border-radius: 50%; background: ${look.primary}; color: ${look.on};
      box-shadow: 0 2px 6px rgb(0 0 0 / .16), 0 6px 20px rgb(0 0 0 / .18); position: relative; transition: transform .16s ease; }
    .launcher:hover { transform: scale(1.05); }
    .launcher:focus-visible, .note button:focus-visible { outline: 3px solid ${look.primary}; outline-offset: 3px; }
    svg { width: ${look.iconSize}px; height: ${look.iconSize}px; fill: currentColor; display: block; }
    .launcher img { width: 100%; height: 100%; border-radius: 50%; object-fit: cover; display: block; }
    b { position: absolute; top: -3px; right: -3px; min-width: 20px; height: 20px; border-radius: 10px; padding: 0 5px;
      box-sizing: border-box; background: #d92d20; color: #fff; font-weight: 600; font-size: 12px; line-height: 20px; text-align: center; box-shadow: 0 0 0 2px #fff; }
    b:empty { display: none; }
    .window { position: absolute; ${look.vertical}: ${look.size + 14}px; ${look.side}: 0; width: min(${look.width}px, calc(100vw - ${look.x * 2}px));
      height: min(${look.height}px, calc(100vh - ${look.size + look.y + 34}px)); border-radius: 18px; overflow: hidden; background: Canvas; visibility: hidden;
      box-shadow: 0 0 0 1px rgb(0 0 0 / .08), 0 12px 48px rgb(0 0 0 / .24); opacity: 0; transform: translateY(${look.vertical === "top" ? "-" : ""}10px);
      transition: opacity .16s ease, transform .16s ease, visibility 0s .16s; }
    .window[data-open] { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
    iframe { display: block; width: 100%; height: 100%; border: 0; background: transparent; color-scheme: normal; }
    .waits { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px; background: Canvas; color: CanvasText; text-align: center; padding: 24px; }
    .waits i { width: 28px; height: 28px; border-radius: 50%; border: 3px solid ${look.primary}; border-top-color: transparent; animation: turn 1s linear infinite; }
    .waits a { color: ${look.primary}; }
    [data-ready] .waits { display: none; }
    @keyframes turn { to { transform: rotate(1turn); } }
    .note { position: absolute; ${look.vertical}: ${look.size + 12}px; ${look.side}: 0; width: max-content; max-width: min(280px, calc(100vw - ${look.x * 2}px)); display: flex; align-items: flex-start;
      background: Canvas; color: CanvasText; border-radius: 16px; box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 6px 24px rgb(0 0 0 / .18); }
    .note[hidden] { display: none; }
    .note .text { padding: 12px 2px 12px 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .note .x { padding: 12px 12px 12px 8px; flex: none; }
    .note .x svg { width: 14px; height: 14px; margin: 3px; opacity: .6; }
    .grip { position: absolute; ${look.vertical === "top" ? "bottom" : "top"}: 0; ${look.side === "left" ? "right" : "left"}: 0; width: 18px; height: 18px; touch-action: none;
      cursor: ${(look.vertical === "top") === (look.side === "left") ? "nwse" : "nesw"}-resize; display: ${look.resizes ? "block" : "none"}; }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    :host([data-full]) .window { position: fixed; inset: 0; width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; box-shadow: none; box-sizing: border-box;
      padding: env(safe-area-inset-top, 0px) env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px) env(safe-area-inset-left, 0px); background: ${look.primary}; }
    :host([data-full]) .grip { display: none; }
    :host([data-full][data-open]) .launcher, :host([data-full][data-open]) .note { visibility: hidden; }
    @media (prefers-reduced-motion: reduce) { .window, .launcher { transition: none; } .launcher:hover { transform: none; } .waits i { animation: none; } }
    @media print { :host { display: none !important; } }`;

  /** @param {string} name @param {string} [className] */
  const make = (name, className) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    return element;
  };
  /** @param {string} d */
  const icon = (d) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    svg.appendChild(path);
    return svg;
  };

  /** What is on this page already, by server and bot: a script that is loaded twice installs once. @type {Map<string, any>} */
  const installed = (/** @type {any} */ (window)).CloserWebChat ? (/** @type {any} */ (window)).CloserWebChat.installed : new Map();

  /**
   * @param {Window & typeof globalThis} window
   * @param {Document} document
   * @param {string} scriptUrl
   * @param {string} botId
   * @param {((init: (options?: Record<string, any>) => object) => void) | string} [onLoad]
   */
  const load = (window, document, scriptUrl, botId, onLoad) => {
    const { origin } = new URL(scriptUrl);
    /** @param {Record<string, any>} [options] */
    const init = (options) => {
      const name = `${origin} ${botId}`;
      let control = installed.get(name);
      if (!control) installed.set(name, (control = install(window, document, origin, botId, options || {})));
      return control;
    };
    if (typeof onLoad === "function") onLoad(init);
    else if (onLoad) /** @type {any} */ (window)[onLoad] = init();
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
    const prefix = `closer.webchat.${botId}`;
    /** What the server says, and what the page says over it. */
    let served = /** @type {any} */ ({});
    let theme = Object.assign({}, options.theme);
    let params = options.params || {};
    let userKey = options.userKey;
    let signature = options.signature;
    let isWanted = options.enable !== false;
    /** Is the chat on, and may this site show it? Unknown at first. @type {boolean | undefined} */
    let isServed;
    let isOpen = false;
    let view = "chat";
    let unread = 0;
    let isReady = false;
    /** @type {HTMLIFrameElement | undefined} */
    let frame;
    /** @type {object[]} */
    let waiting = [];
    /** @type {Record<string, Array<(detail?: any) => void>>} */
    const listeners = Object.assign(Object.create(null), { open: [], close: [], message: [], unread: [], view: [] });
    const small = window.matchMedia("(max-width: 480px), (max-height: 480px) and (pointer: coarse)");
    const isFull = () => small.matches && theme.positionStrategy !== "absolute";

    const host = document.createElement("closer-webchat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [sheet];
    const launcher = /** @type {HTMLButtonElement} */ (make("button", "launcher"));
    launcher.type = "button";
    const drawing = make("span");
    const badge = make("b");
    launcher.appendChild(drawing);
    launcher.appendChild(badge);
    const room = make("div", "window");
    room.setAttribute("role", "dialog");
    const note = make("div", "note");
    note.hidden = true;
    const noteText = /** @type {HTMLButtonElement} */ (make("button", "text"));
    const noteEnds = /** @type {HTMLButtonElement} */ (make("button", "x"));
    noteText.type = noteEnds.type = "button";
    noteEnds.appendChild(icon(ICONS.cross));
    note.appendChild(noteText);
    note.appendChild(noteEnds);
    const grip = make("div", "grip");
    const spoken = make("span", "sr");
    spoken.setAttribute("role", "status");
    for (const part of [room, note, launcher, spoken]) root.appendChild(part);

    /** What is drawn now. */
    let drawn = "";
    /** The size that the visitor has given the room. */
    let size = /** @type {{width: number, height: number} | undefined} */ (undefined);

    const wordsNow = () => {
      const wanted = theme.language || served.language;
      const language = wanted === "ko" || wanted === "en" ? wanted : document.documentElement.lang || window.navigator.language;
      return String(language).slice(0, 2) === "ko" ? WORDS.ko : WORDS.en;
    };

    const draw = () => {
      const words = wordsNow();
      const position = String(theme.position || served.position || "right");
      const isTop = position.slice(0, 4) === "top-";
      const margin = theme.pageMargin;
      const wanted = theme.defaultWindowSize || {};
      const buttonSize = numberOf(theme.buttonSize, numberOf(served.buttonSize, 56, 24, 200), 24, 200);
      const look = {
        vertical: isTop ? "top" : "bottom",
        side: (isTop ? position.slice(4) : position) === "left" ? "left" : "right",
        x: numberOf(Array.isArray(margin) ? margin[0] : margin, numberOf(served.marginX, 20, 0, 2000), 0, 2000),
        y: numberOf(Array.isArray(margin) ? margin[1] : margin, numberOf(served.marginY, 20, 0, 2000), 0, 2000),
        strategy: theme.positionStrategy === "absolute" ? "absolute" : "fixed",
        zIndex: numberOf(theme.zIndex, 2147483000, -2147483647, 2147483647),
        primary: colorOf(theme.primaryColor, colorOf(served.primaryColor, "#4F5BD5")),
        on: colorOf(theme.primaryContrastTextColor, colorOf(served.textColor, "#FFFFFF")),
        size: buttonSize,
        iconSize: numberOf(theme.buttonIconSize, Math.round(buttonSize * 0.47), 8, 200),
        width: size ? size.width : numberOf(wanted.width, 390, 240, 4000),
        height: size ? size.height : numberOf(wanted.height, 680, 240, 4000),
        resizes: theme.enableResize === true,
      };
      sheet.replaceSync(styleOf(look));
      const picture = theme.buttonIcon || served.buttonIcon || "";
      const drawsNow = isOpen ? "close" : picture ? String(picture) : "open";
      if (drawn !== drawsNow) {
        drawn = drawsNow;
        const plain = icon(isOpen ? ICONS.close : ICONS.open);
        drawing.textContent = "";
        if (picture && !isOpen) {
          const image = document.createElement("img");
          image.alt = "";
          // The page's policy may forbid it, or it is gone.
          image.addEventListener("error", () => drawing.replaceChild(plain, image), { once: true });
          drawing.appendChild(image);
          image.src = new URL(String(picture), origin).href;
        } else {
          drawing.appendChild(plain);
        }
      }
      badge.textContent = unread > 0 && !isOpen ? (unread > 99 ? "99+" : String(unread)) : "";
      const news = unread > 0 && !isOpen ? `, ${words.unread.replace("{n}", String(unread))}` : "";
      launcher.setAttribute("aria-label", isOpen ? words.close : words.open + news);
      launcher.setAttribute("aria-expanded", String(isOpen));
      noteEnds.setAttribute("aria-label", words.hide);
      room.setAttribute("aria-label", String(theme.title || served.title || words.frame));
      room.setAttribute("aria-modal", String(isFull()));
      room.toggleAttribute("data-open", isOpen);
      host.toggleAttribute("data-open", isOpen);
      host.toggleAttribute("data-full", isFull());
      host.toggleAttribute("data-off", !(isWanted && isServed));
      grip.title = words.resize;
      fit();
    };

    /** On a phone the room is as large as what the keyboard leaves of the page. */
    const fit = () => {
      const seen = window.visualViewport;
      const narrows = isOpen && isFull() && seen && seen.height < window.innerHeight - 60;
      room.style.height = narrows ? `${seen.height}px` : "";
      room.style.top = narrows ? `${seen.offsetTop}px` : "";
      room.style.bottom = narrows ? "auto" : "";
    };
    if (window.visualViewport) {
      window.visualViewport.addEventListener("resize", fit);
      window.visualViewport.addEventListener("scroll", fit);
    }
    small.addEventListener("change", () => {
      draw();
      tell({ type: "modal", modal: isFull() });
    });

    /** @param {string} name @param {any} [detail] */
    const emit = (name, detail) => {
      const all = listeners[name] || [];
      for (let nth = 0; nth < all.length; nth += 1) {
        try {
          /** @type {any} */ (all[nth])(detail);
        } catch (error) {
          console.error(error);
        }
      }
    };

    /** @param {object} message */
    const tell = (message) => {
      if (isReady && frame && frame.contentWindow) frame.contentWindow.postMessage(Object.assign({ closer: 1 }, message), origin);
      else waiting[waiting.length] = message;
    };
    /** Does the room keep this with the page? What it knows of this chat, and what a visitor has chosen for all of them. @param {string} name */
    const isRooms = (name) =>
      name.slice(0, prefix.length + 1) === `${prefix}.` || name === "closer.webchat.sound" || name === "closer.webchat.look" || name === "closer.webchat.language";
    const tellWho = () => {
      /** @type {Record<string, string>} */
      const kept = {};
      try {
        const { length } = window.localStorage;
        for (let nth = 0; nth < length; nth += 1) {
          const name = window.localStorage.key(nth);
          const value = name && isRooms(name) ? stored("localStorage", name) : null;
          if (name && value) kept[name] = value;
        }
      } catch {
        // Nothing was kept then.
      }
      tell({ type: "who", userKey, signature, params, theme, kept });
    };

    /** Loads the room, seen or not. */
    const prepare = () => {
      if (frame) return;
      frame = document.createElement("iframe");
      frame.title = wordsNow().frame;
      frame.allow = "clipboard-write; fullscreen; autoplay";
      frame.src = `${origin}/webchat/${encodeURIComponent(botId)}?embed=1`;
      const waits = make("div", "waits");
      waits.appendChild(make("i"));
      room.appendChild(frame);
      room.appendChild(waits);
      room.appendChild(grip);
      window.setTimeout(() => {
        if (isReady) return;
        const link = document.createElement("a");
        link.href = `${origin}/webchat/${encodeURIComponent(botId)}`;
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = wordsNow().page;
        const words = make("span");
        words.textContent = wordsNow().slow;
        waits.textContent = "";
        waits.appendChild(words);
        waits.appendChild(link);
      }, PATIENCE);
    };
    document.addEventListener("securitypolicyviolation", (event) => {
      if (event.blockedURI.slice(0, origin.length) !== origin) return;
      console.error(`closer web chat: this page's Content-Security-Policy forbids ${event.blockedURI}; add ${origin} to its ${event.effectiveDirective}`);
    });

    /** @param {boolean} open @param {boolean} [quietly] Nobody pressed anything: the page before was left with it open. */
    const setOpen = (open, quietly) => {
      if (open === isOpen || (open && isServed === false)) return;
      isOpen = open;
      if (open) {
        prepare();
        hideNote();
        unread = 0;
      }
      if (!isFull()) stored("sessionStorage", `${prefix}.open`, open ? "1" : "");
      draw();
      tell({ type: "open", open, quietly: quietly === true, modal: isFull() });
      if (open && frame && !quietly) frame.focus();
      if (!open) launcher.focus({ preventScroll: true });
      emit(open ? "open" : "close");
    };

    /** @type {string | undefined} What the note says is put away. */
    let noteName;
    /** @param {string} text @param {string} name */
    const showNote = (text, name) => {
      if (isOpen || !text || stored("sessionStorage", `${prefix}.${name}`)) return;
      noteName = name;
      noteText.textContent = text;
      note.hidden = false;
    };
    const hideNote = () => {
      note.hidden = true;
      if (noteName) stored("sessionStorage", `${prefix}.${noteName}`, "1");
    };
    noteText.addEventListener("click", () => setOpen(true));
    noteEnds.addEventListener("click", () => {
      hideNote();
      launcher.focus({ preventScroll: true });
    });
    launcher.addEventListener("click", () => setOpen(!isOpen));
    root.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key === "Escape" && isOpen) setOpen(false);
    });

    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      const from = { x: event.clientX, y: event.clientY, width: room.offsetWidth, height: room.offsetHeight };
      const side = room.getBoundingClientRect();
      const [toRight, toBottom] = [side.left + side.width / 2 > event.clientX ? -1 : 1, side.top + side.height / 2 > event.clientY ? -1 : 1];
      /** @param {PointerEvent} moved */
      const move = (moved) => {
        size = {
          width: Math.round(Math.max(300, from.width + (moved.clientX - from.x) * toRight)),
          height: Math.round(Math.max(360, from.height + (moved.clientY - from.y) * toBottom)),
        };
        draw();
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
    });

    window.addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== origin || !event.data || event.data.closer !== 1) return;
      const message = event.data;
      if (message.type === "ready") {
        isReady = true;
        room.toggleAttribute("data-ready", true);
        const kept = waiting;
        waiting = [];
        tellWho();
        for (let nth = 0; nth < kept.length; nth += 1) tell(/** @type {object} */ (kept[nth]));
      } else if (message.type === "close") {
        setOpen(false);
      } else if (message.type === "unread") {
        const more = Number(message.count) > unread;
        unread = isOpen ? 0 : Number(message.count);
        if (more && !isOpen) {
          spoken.textContent = wordsNow().unread.replace("{n}", String(unread));
          emit("unread", unread);
        }
        draw();
      } else if (message.type === "message") {
        emit("message", { from: String(message.from), seq: Number(message.seq) });
      } else if (message.type === "talked") {
        stored("localStorage", `${prefix}.talked`, "1");
      } else if (message.type === "keep" && isRooms(String(message.name))) {
        stored("localStorage", String(message.name), String(message.value));
      } else if (message.type === "view") {
        view = String(message.view);
        emit("view", view);
      }
    });

    /** The server has said how it looks. @param {any} said */
    const learn = (said) => {
      served = (said && said.channel) || {};
      const here = window.location.origin;
      const origins = (said && said.origins) || [];
      let isAdmitted = origins.length === 0 || here === origin;
      for (let nth = 0; nth < origins.length; nth += 1) isAdmitted = isAdmitted || String(origins[nth]).toLowerCase() === here.toLowerCase();
      isServed = Boolean(said && said.enabled) && isAdmitted;
      if (!isServed) console.info(`closer web chat: not shown, because ${said && said.enabled ? `${here} is not one of the sites that the channel admits` : "it is off in the bot's channel settings"}`);
      if (!isServed && isOpen) setOpen(false);
      draw();
      if (!isServed) return;
      if (stored("sessionStorage", `${prefix}.open`) && !isFull()) setOpen(true, true);
      if (options.defaultOpen) setOpen(true);
      showNote(String(theme.greetingMessage || served.greeting || ""), "greeted");
      // Somebody who has talked here before is told of what was said since.
      if (stored("localStorage", `${prefix}.talked`)) window.setTimeout(prepare, 1_500);
    };

    const attach = () => {
      // Appended before the body, where a page is hydrated, it would be taken for a part of it.
      document.documentElement.appendChild(host);
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", attach, { once: true });
    else attach();
    draw();
    if (own === botId && KNOWN) {
      learn(KNOWN);
    } else {
      window
        .fetch(`${origin}/webchat/${encodeURIComponent(botId)}/look`, { credentials: "omit" })
        .then((answer) => answer.json())
        // A page whose policy forbids the question shows the button as it is by itself; the room says what is wrong.
        .then(learn, () => learn({ enabled: true }));
    }

    return {
      get isOpen() { return isOpen; },
      get isEnabled() { return isWanted && isServed !== false; },
      get params() { return params; },
      get userKey() { return userKey; },
      get theme() { return Object.assign({}, served, theme); },
      get view() { return view; },
      /** @param {boolean} open */
      setOpen(open) { setOpen(Boolean(open)); },
      open() { setOpen(true); },
      close() { setOpen(false); },
      /** @param {boolean} enabled */
      setEnabled(enabled) { isWanted = Boolean(enabled); draw(); },
      /** @param {Record<string, any>} next */
      setParams(next) { params = next || {}; tell({ type: "params", params }); },
      /** @param {string | undefined} key @param {string} [signed] */
      setUserKey(key, signed) { userKey = key; signature = signed; if (isReady) tellWho(); },
      /** @param {Record<string, any>} next */
      setTheme(next) { theme = Object.assign({}, theme, next); draw(); if (isReady) tell({ type: "theme", theme }); },
      /** @param {string} next */
      changeView(next) { prepare(); tell({ type: "view", view: String(next) }); },
      /** @param {{navigation?: {flowId: number, nodeId?: number}, params?: object, restart?: boolean}} [what] */
      startConversation(what) { setOpen(true); tell(Object.assign({}, what, { type: "start" })); },
      /** @param {{flowId: number, nodeId?: number, force?: boolean}} where */
      changeNavigation(where) { prepare(); tell({ type: "goto", flowId: where.flowId, nodeId: where.nodeId, force: where.force === true }); },
      /** @param {{data: object}} what */
      sendMessage(what) { prepare(); tell({ type: "send", data: what && what.data }); },
      sendTypingEvent() { tell({ type: "typing" }); },
      /** @param {string} name @param {(detail?: any) => void} listener */
      addListener(name, listener) { const all = listeners[name]; if (all) all[all.length] = listener; },
      /** @param {string} name @param {(detail?: any) => void} listener */
      removeListener(name, listener) { const all = listeners[name]; const where = all ? all.indexOf(listener) : -1; if (all && where >= 0) all.splice(where, 1); },
    };
  };

  /** @type {any} */ (window).CloserWebChat = { load, installed };
  if (source && own) load(window, document, source.href, own, source.searchParams.get("name") || undefined);
})();
