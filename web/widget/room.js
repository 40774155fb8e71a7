// @ts-check
/**
 * The room of the web chat: the thread, the input, and the connection (docs/webchat.md). Runs in a frame of our own origin or
 * as a page by itself; whatever comes from the network or from the page around is put on screen as text.
 */
import { Connection } from "./connection.js";
import { bubble } from "./bubble.js";

const botId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const isEmbedded = new URLSearchParams(location.search).has("embed") && parent !== window;
const ko = navigator.language.startsWith("ko");
document.documentElement.lang = ko ? "ko" : "en";
/** @param {string} korean @param {string} english */
const say = (korean, english) => (ko ? korean : english);
/** @template {HTMLElement} T @param {string} id @returns {T} */
const at = (id) => /** @type {T} */ (document.getElementById(id));

const thread = at("thread");
const log = at("log");
/** @type {HTMLTextAreaElement} */
const input = at("text");
/** @type {HTMLButtonElement} */
const send = at("send");
at("restart").textContent = say("처음으로", "Restart");
at("close").textContent = say("닫기", "Close");
send.textContent = say("보내기", "Send");
at("attach").textContent = say("사진", "Picture");
input.setAttribute("aria-label", say("메시지", "Message"));
input.placeholder = say("메시지를 입력하세요", "Write a message");
log.setAttribute("aria-label", say("대화", "Conversation"));
thread.setAttribute("aria-label", say("대화", "Conversation"));

/** What was sent and is not in the thread yet, by its id. @type {Map<string, HTMLElement>} */
const pending = new Map();
let isShown = !isEmbedded;

const isAtEnd = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
const toEnd = () => { thread.scrollTop = thread.scrollHeight; };

/** @param {any} message */
const show = (message) => {
  const follows = isAtEnd() || message.from === "user";
  const own = message.clientId ? pending.get(message.clientId) : undefined;
  const item = bubble(message, press, say);
  if (own) {
    own.remove();
    pending.delete(message.clientId);
  }
  // What waits to be sent stays below what was said.
  const first = log.querySelector("li.waits");
  log.insertBefore(item, first);
  if (message.from !== "user") {
    at("typing").hidden = true;
    tellPage({ type: "said" });
  }
  if (follows) toEnd();
};

/** Shows at once what is on its way. @param {string} id @param {string} text */
const showPending = (id, text) => {
  const item = bubble({ from: "user", at: 0, data: { type: "text", text } }, press, say);
  item.classList.add("waits");
  const note = document.createElement("small");
  note.textContent = say("보내는 중", "Sending");
  item.append(note);
  pending.set(id, item);
  log.append(item);
  toEnd();
};

/** @param {string} id @param {string} why @param {(() => void) | undefined} again */
const showFailed = (id, why, again) => {
  const item = pending.get(id);
  if (!item) {
    showBar(why);
    return;
  }
  item.classList.add("failed");
  const note = item.querySelector("small");
  if (note) note.textContent = why;
  if (again) {
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = say("다시 보내기", "Send again");
    retry.addEventListener("click", () => {
      item.remove();
      pending.delete(id);
      again();
    });
    item.append(retry);
  }
};

/** @param {string} text */
const showBar = (text) => {
  at("bar").textContent = text;
  at("bar").hidden = text === "";
};

/** @param {any} state */
const showState = (state) => {
  const replies = at("replies");
  replies.textContent = "";
  const offered = [...state.quickReplies];
  if (state.cancel) offered.push({ label: state.cancel, type: "postback" });
  for (const reply of offered) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = reply.label;
    button.addEventListener("click", () => {
      press(reply);
      input.focus();
    });
    replies.append(button);
  }
  const words = {
    waiting: say("상담원을 기다리고 있어요.", "Waiting for an agent."),
    agent: say("상담원과 대화하고 있어요.", "You are talking to an agent."),
  };
  at("description").textContent = words[/** @type {"waiting" | "agent"} */ (state.with)] ?? description;
  toEnd();
};
let description = "";

/** A button was pressed. @param {any} button */
const press = (button) => {
  if (button.type === "goto") {
    const id = connection.send({ type: "goto", flowId: button.flowId, nodeId: button.nodeId, label: button.label });
    showPending(id, button.label);
  } else {
    speak(button.label, button.payload);
  }
};

/** @param {string} text @param {string} [payload] */
const speak = (text, payload) => showPending(connection.send({ type: "message", text, payload }), text);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnds;
const connection = new Connection(botId, {
  message: show,
  state: showState,
  typing: () => {
    at("typing").hidden = false;
    at("typing").lastElementChild?.replaceChildren(say("입력하고 있어요", "is typing"));
    clearTimeout(typingEnds);
    typingEnds = setTimeout(() => { at("typing").hidden = true; }, 4_000);
    if (isAtEnd()) toEnd();
  },
  look: (look) => {
    at("title").textContent = look.title;
    document.title = look.title;
    description = look.description;
    at("description").textContent = description;
    paint(look);
    tellPage({ type: "look", theme: { ...look, primaryContrastTextColor: look.textColor } });
  },
  done: (id) => {
    // It was done without standing in the thread, such as a restart.
    pending.get(id)?.remove();
    pending.delete(id);
  },
  failed: (id, error, again) => showFailed(id, ko ? error.ko : error.en, again),
  connected: (isConnected) =>
    showBar(isConnected ? "" : say("연결이 끊겼어요. 다시 연결하고 있어요. 쓴 글은 연결되면 보내요.", "Disconnected. Reconnecting; what you write is sent then.")),
  refused: (error) => {
    showBar(ko ? error.ko : error.en);
    input.disabled = true;
    send.disabled = true;
  },
});

/** A colour, or nothing: what comes from outside is never more than a colour. @param {any} value */
const colour = (value) => (/^#[0-9a-f]{3,8}$/iu.test(String(value ?? "")) ? String(value) : "");

/** @param {any} look */
const paint = (look) => {
  const style = document.documentElement.style;
  if (colour(look.primaryColor)) style.setProperty("--primary", colour(look.primaryColor));
  const on = colour(look.primaryContrastTextColor ?? look.textColor);
  if (on) style.setProperty("--on", on);
};

const submit = () => {
  const text = input.value.trim();
  if (text === "" || input.disabled) return;
  input.value = "";
  resize();
  speak(text);
};
const resize = () => {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
};
let isComposing = false;
input.addEventListener("compositionstart", () => { isComposing = true; });
input.addEventListener("compositionend", () => { isComposing = false; });
input.addEventListener("keydown", (event) => {
  // The Enter that ends a Hangul composition sends nothing; 229 is how older engines say so.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
input.addEventListener("input", () => {
  resize();
  connection.typing();
});
/** The largest picture that the server takes. */
const MAX_PICTURE = 10 * 1024 * 1024;
/** @param {Iterable<File>} files */
const sendPictures = async (files) => {
  for (const file of files) {
    if (!file.type.startsWith("image/") || file.size > MAX_PICTURE) {
      showBar(say("10 MB 이하의 JPG, PNG, GIF, BMP 사진을 보낼 수 있어요.", "Pictures (JPG, PNG, GIF, BMP) of at most 10 MB can be sent."));
      continue;
    }
    try {
      const taken = await connection.upload(file);
      if (taken.url) connection.send({ type: "message", media: { contentType: "image", uri: taken.url } });
      else showBar(ko ? taken.error.ko : taken.error.en);
    } catch {
      showBar(say("사진을 보내지 못했어요. 다시 시도해 주세요.", "The picture could not be sent; try again."));
    }
  }
};
/** @type {HTMLInputElement} */
const file = at("file");
at("attach").addEventListener("click", () => file.click());
file.addEventListener("change", () => {
  void sendPictures([...(file.files ?? [])]);
  file.value = "";
});
input.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  void sendPictures(files);
});
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("drops");
});
document.addEventListener("dragleave", (event) => event.relatedTarget === null && document.body.classList.remove("drops"));
document.addEventListener("drop", (event) => {
  document.body.classList.remove("drops");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  void sendPictures([...event.dataTransfer.files]);
});
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  input.focus();
});
at("restart").addEventListener("click", () => connection.send({ type: "restart" }));
at("close").addEventListener("click", () => tellPage({ type: "close" }));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isEmbedded && !event.isComposing) tellPage({ type: "close" });
});

/** @param {object} message */
function tellPage(message) {
  // The page around may be any that the channel admits; what it is told is no secret.
  if (isEmbedded) parent.postMessage({ closer: 1, ...message }, "*");
}

if (isEmbedded) {
  at("close").hidden = false;
  window.addEventListener("message", (event) => {
    if (event.source !== parent || event.data?.closer !== 1) return;
    const message = event.data;
    switch (message.type) {
      case "who":
        if (connection.begin({ userKey: message.userKey, signature: message.signature, params: message.params ?? {} })) {
          log.textContent = "";
          pending.clear();
        }
        break;
      case "open":
        isShown = message.open;
        if (isShown) input.focus();
        break;
      case "theme":
        paint(message.theme);
        break;
      case "params":
        connection.send({ type: "params", params: message.params });
        break;
      case "start":
        if (message.params) connection.send({ type: "params", params: message.params });
        if (message.navigation) connection.send({ type: "goto", ...message.navigation });
        else if (message.restart) connection.send({ type: "restart" });
        break;
      case "goto":
        connection.send({ type: "goto", flowId: message.flowId, nodeId: message.nodeId });
        break;
      case "send":
        if (message.data?.type === "media") connection.send({ type: "message", media: message.data.media });
        else if (message.data?.text) speak(String(message.data.text));
        break;
      case "typing":
        connection.typing();
        break;
    }
  });
  tellPage({ type: "ready" });
} else {
  const query = new URLSearchParams(location.search);
  connection.begin({ userKey: query.get("userKey") ?? undefined, signature: query.get("signature") ?? undefined, params: {} });
  input.focus();
}
