// What stands around every page: the words of the language, the cache of what was read, tooltips and toasts.

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { onSessionEnded } from "./api/client";
import { keys, makeQueryClient } from "./api/queries";
import { load } from "./i18n/areas";
import { type Words, WordsProvider } from "./i18n/i18n";
import { makeRouter } from "./routes";
import { onReturn } from "./shell/connection";
import { useLook } from "./shell/look";
import { Toasts, TooltipProvider } from "./ui";

const client = makeQueryClient();
const router = makeRouter(client);

onReturn(() => void client.invalidateQueries());
onSessionEnded(() => {
  // Whoever was signed in and is not any more comes back to where they were after signing in again.
  if (client.getQueryData(keys.me) === undefined) return;
  client.clear();
  const { pathname, searchStr } = router.state.location;
  void router.navigate({ to: "/signin", search: { next: pathname + searchStr, note: "ended" }, replace: true });
});

export function App() {
  const { language } = useLook();
  const [spoken, setSpoken] = useState<{ language: typeof language; words: Words }>();
  useEffect(() => {
    let wanted = true;
    void load(language).then((words) => wanted && setSpoken({ language, words }));
    return () => {
      wanted = false;
    };
  }, [language]);
  if (!spoken) return null;
  return (
    <CSPProvider disableStyleElements>
      <WordsProvider language={spoken.language} words={spoken.words}>
        <QueryClientProvider client={client}>
          <TooltipProvider>
            <Toasts>
              <RouterProvider router={router} />
            </Toasts>
          </TooltipProvider>
        </QueryClientProvider>
      </WordsProvider>
    </CSPProvider>
  );
}
