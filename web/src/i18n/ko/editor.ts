// 시나리오 편집기의 말.

export const editor = {
  opening: "시나리오를 여는 중이에요",
  saved: {
    saved: "저장됨",
    saving: "저장 중…",
    offline: "오프라인 – 이 브라우저에 보관 중",
    conflict: "확인이 필요해요",
    refused: "저장하지 못했어요",
  },
} as const;
