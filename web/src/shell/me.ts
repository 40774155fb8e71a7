// Changing what one is called and how the page looks: seen at once, kept in the account.

import { api, data, marked, type Me } from "../api/client";
import { keys } from "../api/queries";
import { useAct } from "./act";
import { getLook, setLook } from "./look";

type Change = Partial<Pick<Me, "name" | "theme" | "language">>;

export function useChangeMe(): (change: Change) => Promise<boolean> {
  const act = useAct();
  return async (change) => {
    const before = getLook();
    setLook({ ...(change.theme && { theme: change.theme }), ...(change.language && { language: change.language }) });
    const went = await act<Me>({
      key: keys.me,
      guess: (me) => ({ ...me, ...change }),
      run: () => data(api.PATCH("/api/me", { params: marked, body: change })),
    });
    if (!went) setLook(before);
    return went;
  };
}
