// Which channels the server plays in a preview as they will be: those to which a bot can be connected. A server that names
// none plays KakaoTalk.

import { queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import { isProblem } from "../api/problem";
import type { components } from "../api/schema.gen";

type Offered = { [channel: string]: boolean | undefined };
export const KAKAO_ONLY: Offered = { kakao: true };

export const offeredQuery = queryOptions({
  queryKey: ["channels", "preview"],
  queryFn: async ({ signal }): Promise<Offered> => {
    try {
      const told = (await (await call("/api/channels", { signal })).json()) as { channels: Pick<components["schemas"]["ChannelShape"], "id" | "available">[] };
      return Object.fromEntries(told.channels.map((one) => [one.id, one.available]));
    } catch (error) {
      if (isProblem(error) && error.status === 404) return KAKAO_ONLY;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});
