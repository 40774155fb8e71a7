// One answer of every kind that KakaoTalk knows, to look at: who writes "말풍선 <이름>" to the mock's preview gets it.

import { pick } from "./problem.ts";

type Json = Record<string, unknown>;

const picture = (ground: string, ink: string, wide = true) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide ? "800 400" : "800 800"}"><rect width="800" height="800" fill="${ground}"/><ellipse cx="400" cy="${wide ? 230 : 430}" rx="230" ry="120" fill="${ink}"/><path d="M250 ${wide ? 190 : 390}q60 60 30 110M370 ${wide ? 170 : 370}q60 70 30 150M490 ${wide ? 180 : 380}q50 60 30 110" stroke="#fff6" stroke-width="14" fill="none" stroke-linecap="round"/></svg>`,
  )}`;
export const BREAD = picture("#f3e2c7", "#c8873f");
export const CAKE = picture("#f7d9de", "#c9576b");
export const ROUND = picture("#e3ecd9", "#8a9a4b", false);

const LONG = Array.from({ length: 14 }, (_, at) => `${at + 1}. 소금빵은 천일염과 버터를 넣어 매일 아침 여섯 시부터 구워요. 남은 빵은 저녁 일곱 시 이후에 반값으로 드려요.`).join("\n");
const BUTTONS = [
  { label: "예약하기", action: "message", messageText: "예약하기" },
  { label: "메뉴 보기", action: "webLink", webLinkUrl: "https://example.com/menu" },
  { label: "전화하기", action: "phone", phoneNumber: "02-123-4567" },
];

const ANSWERS: Record<string, Json[]> = {
  글: [{ simpleText: { text: "안녕하세요, 모락모락 베이커리예요.\n영업시간은 매일 08:00–20:00예요. https://example.com/map" } }],
  긴글: [{ simpleText: { text: LONG } }],
  그림: [{ simpleImage: { imageUrl: ROUND, altText: "갓 구운 빵" } }],
  글카드: [{ textCard: { title: "담당자 연결", description: "사람과 이야기하시겠어요? 평일 10시부터 18시까지 상담할 수 있어요.", buttons: [{ label: "상담원 연결", action: "operator" }, { label: "친구에게 공유", action: "share" }, { label: "계속하기", action: "block", blockId: "64aa10b2c3d4e5f607182999" }] } }],
  카드: [
    { basicCard: { title: "소금빵", description: "천일염과 버터, 두 가지만으로 구워요. 11시와 15시에 나와요.", thumbnail: { imageUrl: BREAD, altText: "소금빵" }, buttons: BUTTONS } },
    { basicCard: { title: "정사각형 그림", description: "1:1 그림에서는 버튼이 옆으로 놓여요.", thumbnail: { imageUrl: ROUND, altText: "빵", fixedRatio: true }, buttons: BUTTONS.slice(0, 2) } },
  ],
  상품: [{ commerceCard: { title: "딸기 생크림 케이크", description: "2호, 4–5인분. 하루 전까지 예약해 주세요.", price: 38000, discountRate: 10, discountedPrice: 34200, currency: "won", thumbnails: [{ imageUrl: CAKE }], profile: { nickname: "모락모락 베이커리" }, buttons: [{ label: "예약하기", action: "message", messageText: "예약하기" }] } }],
  목록: [{ listCard: { header: { title: "오늘 나오는 빵" }, items: [{ title: "소금빵", description: "11시, 15시", imageUrl: BREAD, action: "message", messageText: "소금빵 주문" }, { title: "우리밀 식빵", description: "13시", imageUrl: ROUND, link: { web: "https://example.com/bread" } }, { title: "딸기 케이크", description: "예약만 받아요", imageUrl: CAKE }], buttons: [{ label: "모두 보기", action: "webLink", webLinkUrl: "https://example.com/all" }] } }],
  항목: [{ itemCard: { thumbnail: { imageUrl: CAKE, width: 800, height: 400 }, imageTitle: { title: "예약 확인", description: "예약 번호 1207" }, itemList: [{ title: "상품", description: "딸기 생크림 케이크 2호" }, { title: "날짜", description: "12월 24일 목요일" }, { title: "시간", description: "오후 3시" }], itemListAlignment: "right", itemListSummary: { title: "합계", description: "34,200원" }, title: "기다리고 있을게요", description: "찾으러 오실 때 예약 번호를 알려 주세요.", buttons: [{ label: "예약 바꾸기", action: "message", messageText: "예약 바꾸기" }], buttonLayout: "vertical" } }],
  캐러셀: [{ carousel: { type: "basicCard", items: [["소금빵", BREAD], ["딸기 케이크", CAKE], ["우리밀 식빵", BREAD], ["크루아상", BREAD]].map(([title, imageUrl]) => ({ title, description: "매장과 온라인에서 만날 수 있어요. 자세한 안내는 버튼을 눌러 주세요.", thumbnail: { imageUrl }, buttons: [{ label: "주문하기", action: "message", messageText: `${title} 주문` }, { label: "자세히 보기", action: "webLink", webLinkUrl: "https://example.com" }] })) } }],
  모름: [{ simpleVideo: { url: "https://example.com" } }],
};

const MARKS: Record<string, (Json & { message: [ko: string, en: string] })[]> = {
  카드: [{ code: "label-cut", message: ["버튼에는 14자까지 보여요 (지금 19자). …로 줄였어요.", "A button shows 14 characters (now 19); it is cut with …."], bubble: 0 }],
  캐러셀: [{ code: "card-text-cut", message: ["나란한 카드의 설명은 76자까지 보여요 (지금 92자). …로 줄였어요.", "Cards side by side show 76 characters of their description (now 92); it is cut with …."], bubble: 0 }, { code: "held", message: ["한 번에 말풍선 3개, 30KB까지 보낼 수 있어서 말풍선 2개는 ‘더보기’를 눌러야 보여요.", "At most 3 bubbles and 30 KB go out at once; 2 more come after ‘더보기’ is pressed."] }],
};

export function showcase(text: string, korean: boolean): { answer: Json; marks: Json[] } | undefined {
  const name = /^말풍선 (\S+)$/.exec(text.trim())?.[1] ?? "";
  if (text.trim() === "말풍선 늦음") return { answer: { version: "2.0", useCallback: true, data: { text: "확인하고 있어요. 조금만 기다려 주세요." } }, marks: [] };
  const outputs = ANSWERS[name];
  if (!outputs) return undefined;
  const quickReplies = ["예약하기", "오늘 나오는 빵", "오시는 길", "영업시간", "상담원 연결"].map((label) => ({ label, action: "message", messageText: label }));
  return { answer: { version: "2.0", template: { outputs, quickReplies } }, marks: (MARKS[name] ?? []).map((mark) => ({ ...mark, message: pick(korean, mark.message) })) };
}
