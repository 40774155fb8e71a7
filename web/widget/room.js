// @ts-check
/**
 * The room of the web chat: the thread, the input, and the connection (docs/webchat.md). Runs in a frame of our own origin or
 * as a page by itself; whatever comes from the network or from the page around is put on screen as text.
 */
import { nameOf, parts, preview } from "./bubble.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { at, button, colour, drawn, icon, make, readable, safe } from "./dom.js";
import { keepElsewhere, kept, keeps, tab } from "./kept.js";
import { fromAddress as pictureOf, prepared } from "./media.js";
import { fromAddress, hearPage, holdFocus, isEmbedded, ring, tellPage } from "./page.js";
import { Thread } from "./thread.js";
import { Views } from "./views.js";
import { say, speak, told } from "./words.js";

const botId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
/** A cut shorter than this is not worth a word. */
const QUIETLY_FOR = 1_500;
/** Typing is shown for so long after it was told. */
const TYPING_FOR = 5_000;

/** How the chat looks: what the server says, and over it what the page around says. */
let served = /** @type {any} */ ({});
let theme = /** @type {any} */ ({});
let isShown = !isEmbedded;
let isModal = false;
/** Nobody asked for the room just now: it takes the keyboard from nobody. */
let isQuiet = false;
let isBegun = false;
let talked = false;
/** The number of the last message, and of the last that was seen. */
let newest = -1;
let unread = 0;

const seenName = () => `closer.webchat.${botId}.seen.${connection.userKey}`;
const seenUpTo = () => Number(kept.get(seenName()) ?? -1);
const isLooked = () => isShown && document.visibilityState === "visible" && views.now === "chat";

/** Everything up to the newest has been seen. */
const see = () => {
  if (!isLooked() || !connection.userKey) return;
  if (newest > seenUpTo()) kept.set(seenName(), String(newest));
  if (unread > 0) {
    unread = 0;
    tellPage({ type: "unread", count: 0 });
  }
};

const thread = new Thread((pressed) => press(pressed), (before) => connection.history(before));

/** @param {any} message */
const show = (message) => {
  thread.add(message);
  newest = Math.max(newest, message.seq);
  if (message.from === "user") {
    talked = true;
    tellPage({ type: "talked" });
  } else {
    showTyping(undefined);
    if (message.seq > seenUpTo() && !isLooked()) {
      unread += 1;
      tellPage({ type: "unread", count: unread });
      if (connection.isReady && isLive && kept.get("closer.webchat.sound") !== "off") ring();
    }
    if (isLive) tellPage({ type: "message", from: message.from, seq: message.seq });
  }
  see();
};
/** What came before this is no news. */
let isLive = false;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnds;
/** @param {string | undefined} from */
const showTyping = (from) => {
  clearTimeout(typingEnds);
  const box = at("typing");
  if (!from) {
    box.replaceChildren();
    return;
  }
  const follows = thread.isAtEnd;
  if (!box.childElementCount) box.replaceChildren(make("i"), make("i"), make("i"), make("span", "", "sr"));
  const words = `${from === "agent" ? nameOf("agent") : at("title").textContent || nameOf("bot")} ${say("typing")}`;
  box.lastElementChild?.replaceChildren(words);
  typingEnds = setTimeout(() => showTyping(undefined), TYPING_FOR);
  if (follows) thread.toEnd();
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let barEnds;
/** @param {string} text @param {number} [forMs] */
const showBar = (text, forMs) => {
  clearTimeout(barEnds);
  at("bar").textContent = text;
  at("bar").hidden = text === "";
  if (text && forMs) barEnds = setTimeout(() => showBar(""), forMs);
};

let state = /** @type {any} */ ({ with: "bot", quickReplies: [] });
const showState = () => {
  const follows = thread.isAtEnd;
  const replies = (state.quickReplies ?? []).map((/** @type {any} */ reply) =>
    button(String(reply.label ?? ""), () => {
      press(reply);
      composer.focusIfKeys();
    }),
  );
  at("replies").replaceChildren(...replies);
  const waits = state.with === "waiting";
  at("queue").hidden = !waits;
  if (waits) {
    const words = make("div");
    words.append(make("strong", say("waiting")), make("p", say("waitingHint")));
    const cancel = state.cancel ? button(String(state.cancel), () => utter(String(state.cancel))) : "";
    at("queue").replaceChildren(make("i"), words, cancel);
  }
  const said = { waiting: say("waiting"), agent: say("talking") }[/** @type {"waiting" | "agent"} */ (state.with)];
  at("description").textContent = said ?? look().description ?? "";
  at("description").dataset["with"] = state.with;
  if (follows) thread.toEnd();
};

/** A button was pressed. @param {any} pressed */
const press = (pressed) => {
  const label = String(pressed.label ?? "");
  if (pressed.type === "link") {
    const href = safe(pressed.uri);
    if (href) window.open(href, "_blank", "noopener,noreferrer");
  } else if (pressed.type === "goto") {
    sent({ type: "goto", flowId: pressed.flowId, nodeId: pressed.nodeId, label });
  } else {
    utter(label, pressed.payload);
  }
};

/** @param {string} text @param {string} [payload] */
const utter = (text, payload) => sent({ type: "message", text, payload });

/** Sends what is to stand in the thread, and shows it at once. @param {any} frame */
const sent = (frame) => {
  const id = connection.send(frame);
  showPending(id, frame);
};

/** @param {string} id @param {any} frame */
const showPending = (id, frame) => {
  const data = frame.media ? { type: "media", media: frame.media } : { type: "text", text: frame.text ?? frame.label };
  if (data.media || data.text) thread.pending(id, parts(data, () => {}));
};

/** Uploads a picture and sends it; shown meanwhile. @param {Blob} file */
const sendPicture = async (file) => {
  const id = `picture-${Math.random()}`;
  thread.pending(id, [preview(file)]);
  const failed = (/** @type {string} */ why) => thread.failed(id, why, () => void sendPicture(file));
  try {
    const taken = await connection.upload(file);
    if (!taken.url) return void failed(told(taken.error));
    thread.rename(id, connection.send({ type: "message", media: { contentType: "image", uri: taken.url } }));
  } catch {
    failed(say("noPicture"));
  }
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let cutIsTold;
const connection = new Connection(botId, {
  message: show,
  state: (now) => {
    state = now;
    showState();
  },
  ready: () => {
    isLive = true;
    thread.live(true);
    at("room").dataset["ready"] = "";
    tellPage({ type: "unread", count: unread });
  },
  typing: showTyping,
  look: (now) => {
    served = now;
    closed(undefined);
    paint();
    const wasHidden = at("room").hidden;
    at("room").hidden = false;
    // Who opened it before it could be seen is taken into it now.
    if (wasHidden && isShown && !isQuiet) focusIn();
  },
  done: (id) => thread.done(id),
  queued: showPending,
  failed: (id, error, frame) => {
    const again = frame ? () => sent(frame) : undefined;
    if (!thread.failed(id, told(error), again)) showBar(told(error), 6_000);
  },
  connected: (is) => {
    if (is) {
      clearTimeout(cutIsTold);
      cutIsTold = undefined;
      showBar("");
      return;
    }
    thread.live(false);
    isLive = false;
    at("room").hidden = false;
    // Each try that fails says so again; the first counts.
    cutIsTold ??= setTimeout(() => showBar(navigator.onLine ? say("cut") : say("offline")), QUIETLY_FOR);
  },
  other: () => {
    thread.clear();
    newest = -1;
    unread = 0;
    talked = false;
    state = { with: "bot", quickReplies: [] };
    showState();
    tellPage({ type: "unread", count: 0 });
  },
  refused: (error) => {
    at("room").hidden = false;
    closed(error);
    tellPage({ type: "refused", code: error.code });
  },
});

/** The room cannot be entered, and says why; nothing where it can. @param {any} error */
const closed = (error) => {
  at("closed").hidden = !error;
  at("thread").hidden = Boolean(error) || views.now !== "chat";
  composer.enable(!error);
  if (!error) return;
  showBar("");
  at("replies").replaceChildren();
  at("queue").hidden = true;
  const isOff = ["off", "no-such-bot"].includes(error.code);
  at("closed").replaceChildren(
    icon("alert"),
    make("h2", isOff ? say("off") : say("refused")),
    make("p", isOff ? say("offHint") : told(error)),
    button(say("retry"), () => connection.retry()),
  );
};

/** What the page around says goes before what the server says. */
const look = () => ({
  title: String(theme.title ?? served.title ?? ""),
  description: String(theme.description ?? served.description ?? ""),
  icon: String(theme.icon ?? served.icon ?? ""),
  greeting: String(theme.greetingMessage ?? served.greeting ?? ""),
});

const paint = () => {
  const { style, dataset } = document.documentElement;
  const set = (/** @type {string} */ name, /** @type {string} */ value) => (value ? style.setProperty(name, value) : style.removeProperty(name));
  set("--on", colour(theme.primaryContrastTextColor) || colour(served.textColor));
  const primary = colour(theme.primaryColor) || colour(served.primaryColor);
  set("--primary", primary);
  set("--accent-light", primary && readable(primary, false));
  set("--accent-dark", primary && readable(primary, true));
  set("--own-text", colour(theme.textColor));
  const wanted = kept.get("closer.webchat.look") ?? "auto";
  dataset["look"] = wanted !== "auto" ? wanted : String(theme.appearance ?? served.appearance ?? "auto");
  const language = kept.get("closer.webchat.language") ?? "auto";
  speak(language !== "auto" ? language : (theme.language ?? served.language));
  const { title, icon: picture } = look();
  at("title").textContent = title;
  document.title = title || say("talk");
  const face = at("face");
  const source = picture && safe(picture);
  face.replaceChildren(icon("bot"));
  if (source) {
    const image = document.createElement("img");
    image.alt = "";
    image.addEventListener("load", () => face.replaceChildren(image), { once: true });
    image.src = source;
  }
  at("talk").setAttribute("aria-label", say("talk"));
  at("thread").setAttribute("aria-label", say("talk"));
  thread.look(look());
  thread.speak();
  composer.speak();
  views.look(look());
  showState();
};

const composer = new Composer(botId, {
  say: (text) => utter(text),
  picture: (file) => void sendPicture(file),
  typing: () => connection.typing(),
  problem: (words) => showBar(words, 6_000),
});
const views = new Views({
  restart: () => connection.send({ type: "restart" }),
  close: () => tellPage({ type: "close" }),
  changed: (view) => {
    tellPage({ type: "view", view });
    if (view === "chat") {
      composer.focusIfKeys();
      thread.toEnd();
      see();
    } else {
      at("back").focus();
    }
  },
  chosen: () => paint(),
  talked: () => talked,
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    if (!composer.escape() && !views.escape()) tellPage({ type: "close" });
  } else if (event.key === "Tab" && isModal) {
    holdFocus(event);
  }
});
document.addEventListener("visibilitychange", see);
// Another tab has shown it.
window.addEventListener("storage", (event) => {
  if (!connection.userKey || event.key !== seenName() || Number(event.newValue) < newest || unread === 0) return;
  unread = 0;
  tellPage({ type: "unread", count: 0 });
});

/** What a site sends for its visitor (`sendMessage`). @param {any} data */
const sendFor = async (data) => {
  if (data?.type === "media" || data?.media) {
    const { contentType, uri, file } = data.media ?? {};
    const picture = file instanceof Blob ? file : contentType === "image" ? pictureOf(String(uri)) : undefined;
    const ready = picture && (await prepared(picture));
    if (ready) return void sendPicture(ready);
    if (picture) return showBar(say("badPicture"), 6_000);
    // A video, or a picture of elsewhere, is sent as its address: an agent's browser is not made to fetch it.
    const address = safe(uri);
    if (address?.startsWith("http")) utter(address);
  } else if (data?.text) {
    utter(String(data.text), data.payload === undefined ? undefined : String(data.payload));
  }
};

/** Takes the keyboard to where one goes on: on a phone to no field, which would open one over half of the screen. */
const focusIn = () => {
  if (views.now !== "chat") at("back").focus();
  else if (matchMedia("(hover: hover)").matches) composer.focus();
  else at("thread").focus();
};

/** @param {boolean} open @param {boolean} [quietly] The page before was left with the room open. */
const opened = (open, quietly) => {
  isShown = open;
  isQuiet = Boolean(quietly);
  if (!open) return;
  if (!quietly) {
    connection.start();
    focusIn();
  }
  thread.toEnd();
  see();
};

/** @param {any} message */
const hear = (message) => {
  switch (message.type) {
    case "who":
      if (!isBegun && !keeps()) keepElsewhere(message.kept ?? {}, (name, value) => tellPage({ type: "keep", name, value }));
      isBegun = true;
      theme = message.theme ?? {};
      paint();
      connection.begin({ userKey: message.userKey, signature: message.signature, params: message.params ?? {} });
      break;
    case "open":
      isModal = Boolean(message.modal);
      opened(Boolean(message.open), Boolean(message.quietly));
      break;
    case "modal":
      isModal = Boolean(message.modal);
      break;
    case "theme":
      theme = message.theme ?? {};
      paint();
      break;
    case "view":
      views.change(String(message.view));
      break;
    case "params":
      connection.send({ type: "params", params: message.params ?? {} });
      break;
    case "start":
      views.change("chat");
      if (message.params) connection.send({ type: "params", params: message.params });
      if (message.navigation) connection.send({ type: "goto", flowId: message.navigation.flowId, nodeId: message.navigation.nodeId });
      else if (message.restart) connection.send({ type: "restart" });
      break;
    case "goto": {
      // Not forced, a page that asks for the same place again, as it may on each load, begins nothing again.
      const place = `${message.flowId}:${message.nodeId ?? ""}`;
      const name = `closer.webchat.${botId}.place`;
      if (!message.force && tab.get(name) === place) break;
      tab.set(name, place);
      connection.send({ type: "goto", flowId: message.flowId, nodeId: message.nodeId });
      break;
    }
    case "send":
      void sendFor(message.data);
      break;
    case "typing":
      connection.typing();
      break;
  }
};

drawn(at("end"), "down", "");
speak(undefined);
composer.speak();
views.draw();
thread.speak();
if (isEmbedded) {
  at("close").hidden = false;
  document.documentElement.dataset["embedded"] = "";
  hearPage(hear);
  tellPage({ type: "ready" });
} else {
  connection.start();
  connection.begin(fromAddress());
}
