// Which channels the server plays in a preview: those that it names with their limits. A server that names none yet plays
// KakaoTalk.

import { queryOptions } from "@tanstack/react-query";

import { call } from "../api/client";
import { isProblem } from "../api/problem";

export const offeredQuery = queryOptions({
  queryKey: ["channels", "preview"],
  queryFn: async ({ signal }): Promise<string[]> => {
    try {
      const told = (await (await call("/api/channels", { signal })).json()) as { channels: { id: string; preview?: boolean }[] };
      return told.channels.filter((one) => one.preview !== false).map((one) => one.id);
    } catch (error) {
      if (isProblem(error) && error.status === 404) return ["kakao"];
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});
