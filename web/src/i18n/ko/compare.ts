// 두 상태를 견주어 보기.

export const compare = { whole: "전체", added: "추가", removed: "삭제" } as const;
