// Korean that is read and written into bots, not said on the screen: it is the same in every language of the console.

/** Headings of a pasted table: of the labels, of what they send. */
export const LABEL_HEADING = /^(?:라벨|레이블|버튼|버튼 ?이름|이름|제목|답변|퀵리플라이|label|title|name|button|text|reply)$/i;
export const PAYLOAD_HEADING = /^(?:payload|페이로드|값|value|data)$/i;

/** What a param called so might hold, to have something to look at. */
export const SAMPLES: readonly [name: RegExp, value: string | number][] = [
  [/이름|성함|name/i, "홍길동"],
  [/개수|수량|나이|금액|가격|count|age|price|total|amount|num/i, 3],
  [/전화|휴대폰|phone|tel/i, "010-1234-5678"],
  [/날짜|date|언제/i, "2026-12-24"],
  [/mail|메일/i, "hong@example.com"],
];
export const SAMPLE_MESSAGE = "안녕하세요";

/** The particle that JOSA begins with. */
export const PARTICLE = "을";
