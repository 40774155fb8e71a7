// Flows of any size: messages, questions with buttons, calls, parameters, each linked to the next and some back.

const TEXT = "안녕하세요, 모락모락 베이커리예요. 오늘은 소금빵과 호밀빵이 따뜻해요. 무엇을 도와드릴까요?";

export function bigFlow(count: number, id = 1, title = `플로우 ${id}`) {
  const columns = Math.ceil(Math.sqrt(count * 0.6));
  const nodes = Array.from({ length: count }, (_, at) => {
    const place = { x: 40 + (at % columns) * 300, y: 60 + Math.floor(at / columns) * 190 };
    const next = at + 1 < count ? [{ nodeId: at + 2, ...(at % 5 === 2 && { where: { message: { equals: "예약" } } }) }] : [];
    if (at % 11 === 4 && at > 20) next.push({ nodeId: at - 18, where: { message: { equals: "처음" } } });
    return { id: at + 1, label: at === 0 ? "진입" : `노드 ${at + 1}`, ...kind(at), meta: { design: place }, next };
  });
  return { id, title, data: { entry: 1 }, nodes };
}

function kind(at: number): { type: string; data: Record<string, unknown> } {
  if (at === 0) return { type: "entry", data: {} };
  if (at % 5 === 2) return { type: "keyboard", data: { type: "buttons", buttons: ["예약", "오늘의 빵", "처음"].map((label) => ({ type: "postback", label })) } };
  if (at % 5 === 3) return { type: "params", data: { type: "set", set: [{ key: "name", value: "{{message}}" }] } };
  if (at % 5 === 4) return { type: "fetch", data: { method: "GET", uri: "https://example.com/orders/{{params.order}}", headers: {} } };
  return { type: "response", data: { message: { type: "text", text: `${TEXT} ${at}` } } };
}

export function bigBot(flows: number, nodes: number) {
  return {
    title: "큰 챗봇",
    description: "",
    flows: Array.from({ length: flows }, (_, at) => bigFlow(nodes, at + 1)),
    preference: {
      entryFlowId: 1,
      systemMessage: { empty: "(메시지 없음)", error: "오류", additionalChoice: "선택", unsupportedMedia: "(미디어)" },
      sessionBehavior: { restoreNavigation: false, welcomeOnSessionStart: true, welcomeOnMessageWithoutSession: true },
    },
  };
}
