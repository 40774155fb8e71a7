// @ts-check
/** The room's words. */

const KO = {
  you: "나", bot: "챗봇", agent: "상담원",
  restart: "처음부터 다시", close: "채팅 닫기", menu: "메뉴", settings: "설정", about: "채팅 소개", back: "뒤로",
  send: "보내기", picture: "사진 보내기", emoji: "이모지", message: "메시지", write: "메시지를 입력하세요", talk: "대화",
  end: "맨 아래로", fresh: "새 메시지", earlier: "이전 대화 보기", loading: "불러오는 중", sending: "보내는 중", again: "다시 보내기",
  typing: "입력하고 있어요", waiting: "상담원을 기다리고 있어요", talking: "상담원과 대화하고 있어요",
  waitingHint: "곧 상담원이 답할 거예요. 그동안 궁금한 점을 적어 두세요.",
  cut: "연결이 끊겼어요. 다시 연결하고 있어요. 쓴 글은 연결되면 보내요.",
  offline: "인터넷 연결이 끊겼어요. 쓴 글은 연결되면 보내요.",
  off: "지금은 채팅을 쓸 수 없어요", offHint: "잠시 뒤에 다시 찾아와 주세요.", retry: "다시 시도",
  refused: "채팅을 열지 못했어요", photo: "사진", video: "동영상", map: "지도에서 보기", place: "위치", opens: "새 창에서 열려요",
  badPicture: "10 MB 이하의 사진만 보낼 수 있어요.", noPicture: "사진을 보내지 못했어요.", drop: "여기에 놓으면 사진을 보내요",
  long: "{n}자까지 보낼 수 있어요. 지금 {now}자예요.", begin: "대화 시작하기", goOn: "대화 이어가기", prev: "이전 카드", next: "다음 카드",
  sound: "새 메시지 알림 소리", look: "화면", auto: "기기 설정대로", light: "밝게", dark: "어둡게", language: "언어", on: "켬", offWord: "끔",
  hello: "무엇을 도와드릴까요?", today: "오늘", yesterday: "어제", failed: "보내지 못했어요.", restartHint: "챗봇과 처음부터 다시 대화해요. 지난 대화는 그대로 있어요.",
  powered: "메시지는 이 사이트의 담당자에게 전달돼요.",
};
/** @type {typeof KO} */
const EN = {
  you: "You", bot: "Bot", agent: "Agent",
  restart: "Start over", close: "Close the chat", menu: "Menu", settings: "Settings", about: "About this chat", back: "Back",
  send: "Send", picture: "Send a picture", emoji: "Emoji", message: "Message", write: "Write a message", talk: "Conversation",
  end: "To the newest", fresh: "New messages", earlier: "Show earlier messages", loading: "Loading", sending: "Sending", again: "Send again",
  typing: "is typing", waiting: "Waiting for an agent", talking: "You are talking to an agent",
  waitingHint: "Somebody will answer soon. You can write down your question meanwhile.",
  cut: "Disconnected; connecting again. What you write is sent then.",
  offline: "You are offline. What you write is sent when you are back.",
  off: "The chat is not available now", offHint: "Please come back a little later.", retry: "Try again",
  refused: "The chat could not be opened", photo: "Picture", video: "Video", map: "See on the map", place: "Place", opens: "opens in a new window",
  badPicture: "Only pictures of at most 10 MB can be sent.", noPicture: "The picture could not be sent.", drop: "Drop pictures here to send them",
  long: "At most {n} characters can be sent; these are {now}.", begin: "Start chatting", goOn: "Continue chatting", prev: "Previous card", next: "Next card",
  sound: "Sound for new messages", look: "Appearance", auto: "As on this device", light: "Light", dark: "Dark", language: "Language", on: "On", offWord: "Off",
  hello: "How can we help?", today: "Today", yesterday: "Yesterday", failed: "Not sent.", restartHint: "Talk to the bot from the start. What was said stays.",
  powered: "Your messages go to the people behind this site.",
};

let words = KO;
/** The language in use: `ko` or `en`. */
export let language = "ko";

/** @param {string | undefined} wanted `ko`, `en`, or anything else for the browser's. */
export const speak = (wanted) => {
  language = wanted === "ko" || wanted === "en" ? wanted : navigator.language.startsWith("ko") ? "ko" : "en";
  words = language === "ko" ? KO : EN;
  document.documentElement.lang = language;
};

/** @param {keyof typeof KO} key @param {Record<string, any>} [values] */
export const say = (key, values) => {
  let text = words[key];
  for (const [name, value] of Object.entries(values ?? {})) text = text.replace(`{${name}}`, String(value));
  return text;
};

/** What the server says of an error, in the language in use. @param {any} error */
export const told = (error) => String((language === "ko" ? error.ko : error.en) ?? say("failed"));

/** @param {number} at */
export const clock = (at) => new Date(at).toLocaleTimeString(language === "ko" ? "ko-KR" : "en-US", { hour: "numeric", minute: "2-digit" });

/** @param {number} at */
export const day = (at) => {
  const date = new Date(at);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return say("today");
  if (days === 1) return say("yesterday");
  const year = date.getFullYear() === new Date().getFullYear() ? {} : /** @type {const} */ ({ year: "numeric" });
  return date.toLocaleDateString(language === "ko" ? "ko-KR" : "en-US", { ...year, month: "long", day: "numeric", weekday: "long" });
};
