// Refusals in the shape of the server's, in words of the mock's own: the page shows whatever it is told.

import type { components } from "../src/api/schema.gen";

type Problem = components["schemas"]["Problem"];
type Pair = [ko: string, en: string];

const TOLD: Record<string, { status: number; title: Pair; detail: Pair }> = {
  "not-signed-in": {
    status: 401,
    title: ["로그인이 필요해요", "Please sign in"],
    detail: ["다시 로그인해 주세요.", "Sign in again."],
  },
  "wrong-credentials": {
    status: 401,
    title: ["이메일이나 비밀번호가 맞지 않아요", "The e-mail address or the password is wrong"],
    detail: ["이메일과 비밀번호를 확인하고 다시 로그인해 주세요.", "Check both and sign in again."],
  },
  "code-needed": {
    status: 401,
    title: ["인증 코드가 필요해요", "A code is needed"],
    detail: ["인증 앱의 코드를 입력해 주세요.", "Enter the code of your app."],
  },
  "wrong-code": {
    status: 401,
    title: ["인증 코드가 맞지 않아요", "The code is wrong"],
    detail: ["새 코드를 입력해 주세요.", "Enter a new one."],
  },
  "too-many-attempts": {
    status: 429,
    title: ["너무 여러 번 시도했어요", "Too many attempts"],
    detail: ["잠시 뒤에 다시 시도해 주세요.", "Try again later."],
  },
  csrf: {
    status: 403,
    title: ["이 화면에서 보낸 요청이 아니에요", "The request did not come from the console"],
    detail: ["콘솔 화면을 새로 고쳐 주세요.", "Reload the console."],
  },
  "role-too-low": {
    status: 403,
    title: ["권한이 부족해요", "Your role is too low"],
    detail: ["작업 공간의 소유자에게 요청해 주세요.", "Ask an owner of the workspace."],
  },
  "ranks-too-high": {
    status: 403,
    title: ["이 구성원은 바꿀 수 없어요", "You cannot change this member"],
    detail: ["소유자에게 요청해 주세요.", "Ask an owner."],
  },
  missing: {
    status: 404,
    title: ["찾을 수 없어요", "There is no such thing"],
    detail: ["주소를 확인해 주세요.", "Check the address."],
  },
  "draft-changed": {
    status: 409,
    title: ["다른 사람이 먼저 저장했어요", "Somebody else saved before"],
    detail: ["초안을 다시 읽고 합쳐서 저장해 주세요.", "Read the draft again, merge, and save."],
  },
  "set-up-already": {
    status: 409,
    title: ["이미 시작한 서버예요", "This server has an owner already"],
    detail: ["로그인해 주세요.", "Sign in."],
  },
  "last-owner": {
    status: 409,
    title: ["소유자가 한 명은 있어야 해요", "A workspace keeps an owner"],
    detail: ["먼저 다른 구성원을 소유자로 정해 주세요.", "Make somebody else an owner first."],
  },
  "codes-not-begun": {
    status: 409,
    title: ["아직 시작하지 않았어요", "Nothing was begun"],
    detail: ["먼저 QR 코드를 받아 주세요.", "Ask for a QR code first."],
  },
  "other-account": {
    status: 409,
    title: ["다른 사람에게 보낸 초대예요", "This invitation is for somebody else"],
    detail: ["초대받은 계정으로 로그인해 주세요.", "Sign in as whoever is invited."],
  },
  "link-ended": {
    status: 410,
    title: ["쓸 수 없는 링크예요", "This link has ended"],
    detail: ["새 링크를 요청해 주세요.", "Ask for a new one."],
  },
  invalid: {
    status: 422,
    title: ["입력한 내용을 확인해 주세요", "Please check what you entered"],
    detail: ["표시된 항목을 고쳐 주세요.", "Correct what is marked."],
  },
  "bot-has-errors": {
    status: 422,
    title: ["배포할 수 없어요", "The bot cannot be published"],
    detail: ["문제를 고친 뒤 다시 배포해 주세요.", "Correct the errors and publish again."],
  },
  "version-live": {
    status: 409,
    title: ["라이브 버전은 지울 수 없어요", "The live version cannot be deleted"],
    detail: ["다른 버전을 먼저 배포해 주세요.", "Publish another version first."],
  },
  "bot-file-refused": {
    status: 422,
    title: ["가져올 수 없는 봇 파일이에요", "This bot file cannot be taken in"],
    detail: ["파일을 고친 뒤 다시 가져와 주세요.", "Correct the file and import it again."],
  },
  "not-a-picture": {
    status: 422,
    title: ["사진을 읽을 수 없어요", "The picture cannot be read"],
    detail: ["PNG, JPEG, WebP, GIF 파일을 올려 주세요.", "Send a PNG, JPEG, WebP or GIF."],
  },
};

/** Whether the caller reads Korean, as the server finds it. */
export const speaksKorean = ({ request }: { request: Request }) => !(request.headers.get("accept-language") ?? "ko").startsWith("en");
/** A sentence in the caller's language. */
export const pick = (korean: boolean, [ko, en]: Pair) => (korean ? ko : en);

export class Refusal extends Error {
  constructor(
    readonly kind: string,
    readonly errors: { pointer: string; detail: Pair }[] = [],
    readonly more: Partial<Problem> & { retryAfter?: number } = {},
  ) {
    super(kind);
  }

  response(language: "ko" | "en"): Response {
    const at = language === "ko" ? 0 : 1;
    const told = TOLD[this.kind];
    if (!told) throw new Error(`the mock knows no problem ${this.kind}`);
    const { retryAfter, ...more } = this.more;
    const body: Problem = {
      type: `/problems/${this.kind}`,
      title: told.title[at],
      status: told.status,
      detail: told.detail[at],
      instance: "mock",
      ...(this.errors.length > 0 && {
        errors: this.errors.map(({ pointer, detail }) => ({ pointer, detail: detail[at] })),
      }),
      ...more,
    };
    return Response.json(body, {
      status: told.status,
      headers: {
        "content-type": "application/problem+json",
        ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      },
    });
  }
}
