// The store of the workspace that this tab works in. Once Chat was opened it stays, whatever place of the console one goes to:
// its agent is online and is told of requests until the tab is closed or another workspace is opened.

import { setWaiting } from "../shell/waiting";
import { nameOf } from "./model/lists";
import { ChatStore } from "./store";

let current: ChatStore | undefined;

export function storeOf(ws: string, me: string): ChatStore {
  if (current?.ws === ws && current.me === me) return current;
  current?.stop();
  current = new ChatStore(ws, me);
  const store = current;
  const tell = () => setWaiting({ ws, ...store.waits() });
  store.listen("counts", tell);
  store.listen(`list:${nameOf({ view: "mine", order: "recent" })}`, tell);
  store.start();
  return store;
}
