// 보관 기간.

export const records = {
  title: "보관 기간",
  lead: "이 작업 공간의 모든 챗봇에 적용돼요. 기간이 지난 것은 하루 안에 지워져요.",
  keep: "얼마나 보관할까요",
  keepLead: "통계의 합계는 지워도 남아요. 고객 한 명의 데이터는 ‘대화’에서 내려받거나 지울 수 있어요.",
  messages: "대화 내용",
  messagesHint: "고객과 챗봇이 나눈 메시지예요.",
  traces: "답이 나온 과정",
  tracesHint: "대화를 들여다볼 때 보이는 노드의 움직임이에요.",
  requests: "카카오 요청 기록",
  requestsHint: "채널 › 요청 기록에 남는 요청과 응답이에요.",
  forever: "지우지 않기",
  days: "{n}일",
  zone: "통계의 시간대",
  zoneLead: "하루가 언제 시작하고 끝나는지 정해요.",
  zoneLabel: "시간대",
  shorter: "기간을 줄이면 지난 데이터가 지워지고 되돌릴 수 없어요.",
} as const;
