// ConsultationTalk in the preview in memory: what a turn says as the calls that the bot's relay would get, in Kakao's own
// letters or in Happytalk's composed bubbles, and one of every kind to look at ("말풍선 <이름>").

import { pick } from "./problem.ts";
import { BREAD, CAKE, ROUND } from "./showcase.ts";

type Json = Record<string, unknown>;
export interface Said {
  messages: Json[];
  replies: Json[];
  /** What is said while an agent is waited for. */
  call: Json | null;
}

/** Buttons under one bubble, and what stands above those that find no room. */
const MOST = 5;
const CHOICE = "추가 선택지";

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const mark = (code: string, message: string, bubble: number): Json => ({ code, message, bubble });

function link(button: Json): Json {
  const uri = String(button["uri"] ?? "");
  const name = String(button["label"] ?? "");
  if (button["type"] === "link" && !/^https?:/.test(uri)) return { name, type: "AL", scheme_android: uri, scheme_ios: uri };
  if (button["type"] === "link") return { name, type: "WL", url_mobile: uri, url_pc: uri };
  // The mock's own mark: where a press leads.
  return { name, type: "BK", extra: button["type"] === "goto" ? `g${String(button["flowId"])}_${String(button["nodeId"] ?? "")}` : "m1_0" };
}

interface Bubble {
  text: string;
  picture?: string;
  buttons: Json[];
  replies?: Json[];
  system?: string;
}

/** A text in as many bubbles as its buttons take. */
function bubbles(text: string, picture: string | undefined, buttons: Json[]): Bubble[] {
  const first: Bubble = { text, ...(picture && { picture }), buttons: buttons.slice(0, MOST) };
  const rest = buttons.slice(MOST);
  return rest.length > 0 ? [first, ...bubbles(CHOICE, undefined, rest)] : [first];
}

function written(relay: string, bubble: Bubble, nth: number): Json {
  const head = { user_key: "preview", sender_key: "0".repeat(40), serial_number: `preview${nth}part0` };
  const replies = bubble.replies ?? [];
  const plain = bubble.buttons.length === 0 && replies.length === 0 && !bubble.system && !bubble.picture;
  if (relay === "happytalk-v3") {
    const attachment = { ...(bubble.picture && { image: { img_url: bubble.picture } }), ...(bubble.buttons.length > 0 && { buttons: bubble.buttons }), ...(replies.length > 0 && { quick_replies: replies }) };
    return {
      method: "POST",
      url: `https://kakao-api.happytalk.io/kakaoWebhook/v3/bzc/chat/send/${plain ? "plain" : "rich"}`,
      body: { ...head, chat_bubble_type: bubble.picture ? "IMAGE" : "TEXT", message: bubble.text, ...(Object.keys(attachment).length > 0 && { attachment }), ...(bubble.system && { auto_answer: bubble.system }) },
    };
  }
  return {
    method: "POST",
    url: "https://bzc-api.kakao.com/v2/partner/chat/write",
    body: {
      ...head,
      message_type: plain ? "TX" : "LI",
      message: bubble.text,
      ...(bubble.picture && { image_url: bubble.picture }),
      ...(bubble.buttons.length > 0 && { links: bubble.buttons }),
      ...(replies.length > 0 && { supplement: { quick_reply: replies.map(({ extra, ...one }) => ({ ...one, chat_extra: extra })) } }),
      ...(bubble.system && { auto_answer: bubble.system }),
    },
  };
}

/** The answer, and the marks of it. */
export function consulted(relay: string, said: Said, korean: boolean): { answer: Json; marks: Json[] } {
  const marks: Json[] = [];
  const out = said.messages.flatMap((message): Bubble[] => {
    if (message["type"] === "cards") {
      return list(message["cards"]).flatMap((card) => bubbles([card["title"], card["description"]].filter(Boolean).join("\n"), (card["media"] as { uri?: string } | undefined)?.uri, list(card["buttons"]).map(link)));
    }
    const media = message["media"] as { uri?: string } | undefined;
    return bubbles(String(message["text"] ?? ""), media?.uri, list(message["buttons"]).map(link));
  });
  if (said.call) out.push({ text: String(said.call["text"] ?? "상담원을 부르고 있어요."), buttons: [], system: "S4" });
  const replies = said.replies.map(link);
  const last = out.at(-1);
  if (replies.length > 0 && last) {
    if (relay === "happytalk-v3" || last.buttons.length > 0) last.replies = replies;
    else {
      out.pop();
      marks.push(mark("quick-replies-as-buttons", pick(korean, [`바로연결로 보낼 수 없어서 버튼으로 보여요 (지금 ${replies.length}개).`, `These cannot be quick replies, so they are buttons (now ${replies.length}).`]), out.length));
      if (replies.length > MOST) marks.push(mark("buttons-moved", pick(korean, [`말풍선 하나에 버튼은 ${MOST}개까지라서 나머지는 ‘추가 선택지’ 말풍선으로 이어져요 (지금 ${replies.length}개).`, `A bubble shows ${MOST} buttons (now ${replies.length}); the rest follow in a bubble of further choices.`]), out.length));
      out.push(...bubbles(last.text, last.picture, replies));
    }
  }
  return { answer: { relay, calls: out.map((bubble, nth) => written(relay, bubble, nth)) }, marks };
}

const rich = (body: Json): Json => ({ method: "POST", url: "https://kakao-api.happytalk.io/kakaoWebhook/v3/bzc/chat/send/rich", body: { user_key: "preview", ...body } });
const file = (kind: string, name: string): Json => rich({ chat_bubble_type: kind, attachment: { file: { file_url: "https://example.com/a", file_name: name, file_size: 0 } } });
const BUTTONS = [
  { name: "예약하기", type: "BK", extra: "m1_0" },
  { name: "누리집에서 보기", type: "WL", url_mobile: "https://example.com/menu", url_pc: "https://example.com/menu" },
  { name: "전화하기", type: "AL", scheme_android: "tel:02-123-4567", scheme_ios: "tel:02-123-4567" },
  { name: "앱에서 보기", type: "AL", scheme_android: "shop://cart", scheme_ios: "shop://cart" },
  { name: "챗봇으로 돌아가기", type: "BT", event: "WELCOME" },
];
const CALLS: Record<string, Json[]> = {
  버튼: [
    rich({ chat_bubble_type: "IMAGE", message: "천일염과 버터, 두 가지만으로 매일 아침 여섯 시부터 구워요. 11시와 15시에 나와요.", attachment: { image: { img_url: BREAD }, buttons: BUTTONS } }),
    rich({ chat_bubble_type: "TEXT", message: CHOICE, attachment: { buttons: [{ name: "상담 신청서 쓰기", type: "BF", biz_form_key: "k" }, { name: "이 내용으로 문의하기", type: "MD", extra: "m1_6" }] } }),
  ],
  캐러셀: [
    rich({
      chat_bubble_type: "CAROUSEL_FEED",
      carousel: { list: [["소금빵", BREAD], ["딸기 케이크", CAKE], ["크루아상", BREAD]].map(([header, img_url]) => ({ header, message: "매장과 온라인에서 만날 수 있어요.", attachment: { image: { img_url }, buttons: [{ name: "주문하기", type: "BK", extra: "m1_0" }, { name: "자세히 보기", type: "WL", url_mobile: "https://example.com" }] } })) },
    }),
  ],
  파일: [
    rich({ chat_bubble_type: "IMAGE", attachment: { image: { img_url: ROUND } } }),
    file("VIDEO", "빵 굽는 아침.mp4"),
    file("AUDIO", "주문 안내.mp3"),
    file("FILE", "2026년 겨울 케이크 안내와 가격표.pdf"),
  ],
  모름: [rich({ chat_bubble_type: "KAKAO_CERT" })],
};

export function consultShowcase(text: string): { answer: Json; marks: Json[] } | undefined {
  const calls = CALLS[/^말풍선 (\S+)$/.exec(text.trim())?.[1] ?? ""];
  return calls && { answer: { relay: "happytalk-v3", calls }, marks: [] };
}
